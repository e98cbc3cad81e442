/** What no single line shows: sources that contradict one another, the accounts, or Immich's own storage. */
import { dirname, join, resolve, sep } from 'node:path';
import { guess } from '../domain/index.ts';
import type { OwnersDocument } from './document.ts';
import type { Fault } from './explain.ts';
import type { Surroundings } from './surroundings.ts';

interface Sighting {
  readonly index: number;
  readonly name: string | undefined;
  readonly folder: string | undefined;
  readonly account: string | undefined;
}

export interface Checked {
  readonly tree: unknown;
  /** Absolute path of the owner's file. */
  readonly configFile: string;
  readonly lineOf: OwnersDocument['lineOf'];
}

// Immich keeps a file `.immich` in each of these folders of its storage, to notice when a disk is missing.
const immichFolders = ['', 'upload', 'library', 'thumbs', 'encoded-video', 'profile', 'backups'];

/** Looks at whatever could be read, so that these faults are told together with those of the schema. */
export async function checkSources({ tree, configFile, lineOf }: Checked, { realPath, exists }: Surroundings): Promise<readonly Fault[]> {
  const sources = sourcesIn(tree);
  const accounts = Object.keys(blockAt(blockAt(tree, 'immich'), 'accounts') ?? {});
  const placed = await Promise.all(
    sources.map(async (source) => ({ ...source, place: source.folder && (await realPath(resolve(dirname(configFile), source.folder))) })),
  );
  const faults: Fault[] = [];
  const written = textAt(tree, 'state');
  const state = written && (await realPath(resolve(dirname(configFile), written)));
  for (const source of placed) {
    const path = ['sources', source.index] as const;
    const sameName = placed.find(({ index, name }) => index < source.index && name !== undefined && name === source.name);
    if (sameName) {
      faults.push({
        path: [...path, 'name'],
        sentence: `"${source.name}" is the name of the source in line ${lineOf(['sources', sameName.index])} already: give this one another.`,
      });
    }
    if (accounts.length > 0) faults.push(...accountFault(source, accounts).map((sentence) => ({ path: [...path, 'account'], sentence })));
    if (!source.place) continue;
    const folderPath = [...path, 'folder'];
    if (state && isIn(state, source.place)) {
      faults.push({
        path: ['state'],
        sentence: `${state} lies in the folder of line ${lineOf(folderPath)}: name one outside of it, or Homeroll would look after its own journal.`,
      });
    }
    for (const other of placed) {
      if (other.index >= source.index || !other.place) continue;
      const line = lineOf(['sources', other.index, 'folder']);
      const relation = relate(source.place, other.place);
      if (relation)
        faults.push({
          path: folderPath,
          sentence: `${source.place} ${relation} that of line ${line}: no picture may belong to two sources.`,
        });
    }
    if (await isImmichStorage(source.place, exists)) {
      faults.push({
        path: folderPath,
        sentence: `${source.place} is where Immich itself keeps its files: name the folder your pictures come from.`,
      });
    }
  }
  return faults;
}

/** True when Immich keeps its own files in or around `folder`: backing them up would go round in circles. */
export async function isImmichStorage(folder: string, ask: Surroundings['exists']): Promise<boolean> {
  // Where nobody answers nobody knows: it is asked again at the next start.
  const exists: Surroundings['exists'] = (path) => ask(path).catch(() => false);
  for (const inner of immichFolders) if (await exists(join(folder, inner, '.immich'))) return true;
  for (let above = dirname(folder); above !== dirname(above); above = dirname(above)) {
    if (await exists(join(above, '.immich'))) return true;
  }
  return false;
}

/** True for the folder itself, too. */
export function isIn(place: string, folder: string): boolean {
  return place === folder || place.startsWith(withSlash(folder));
}

function accountFault({ account }: Sighting, accounts: readonly string[]): string[] {
  if (account === undefined) return accounts.length === 1 ? [] : [`"account" is missing: write one of ${accounts.join(', ')}.`];
  if (accounts.includes(account)) return [];
  return [
    `"${account}" is not one of your accounts.${guess(account, accounts) || ` There is ${accounts.map((name) => `"${name}"`).join(', ')}.`}`,
  ];
}

function relate(place: string, other: string): string | undefined {
  if (place === other) return 'is the same folder as';
  if (isIn(place, other)) return 'lies within';
  return isIn(other, place) ? 'holds' : undefined;
}

function withSlash(path: string): string {
  return path.endsWith(sep) ? path : path + sep;
}

function sourcesIn(tree: unknown): Sighting[] {
  const sources = typeof tree === 'object' && tree !== null && 'sources' in tree && Array.isArray(tree.sources) ? tree.sources : [];
  return sources.map((source: unknown, index) => ({
    index,
    name: textAt(source, 'name'),
    folder: textAt(source, 'folder'),
    account: textAt(source, 'account'),
  }));
}

function blockAt(tree: unknown, key: string): Readonly<Record<string, unknown>> | undefined {
  const value = typeof tree === 'object' && tree !== null ? (tree as Readonly<Record<string, unknown>>)[key] : undefined;
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : undefined;
}

function textAt(tree: unknown, key: string): string | undefined {
  const value = typeof tree === 'object' && tree !== null ? (tree as Readonly<Record<string, unknown>>)[key] : undefined;
  return typeof value === 'string' && value !== '' ? value : undefined;
}
