/** Which files of a source are left alone, why, and how many the last sweep came by. */
import type { SourceConfig } from '../config/index.ts';
import { nameOfLeftAlone, type SourceId, whyLeftAlone } from '../domain/index.ts';
import {
  type EntryKind,
  type IgnoreRules,
  joinPath,
  type LeaveAlone,
  type LeftAlone,
  leftAloneAt,
  type PathBytes,
  showPath,
} from '../files/index.ts';
import type { Journal } from '../journal/index.ts';

/** What holds for a source now: the table of names, less what its owner takes back, and the marks that count. */
export function ignoreRulesOf(
  { ignore, nomedia }: Pick<SourceConfig, 'ignore' | 'nomedia'>,
  known?: { readonly id: SourceId; readonly journal: Pick<Journal, 'marks' | 'facts'> },
): IgnoreRules {
  const marks = known?.journal.marks.thatCount(known.id).filter(({ kind }) => kind !== 'nomedia' || nomedia !== 'ignore') ?? [];
  const unwatched = known ? unwatchedIn(known.journal, known.id) : [];
  return {
    takenBack: ignore?.not ?? [],
    ...(unwatched.length > 0 && { unwatched }),
    ...(marks.length > 0 && {
      marks: marks.map(({ kind, folder, counts = '' }) => ({ kind, folder: folder.toString('latin1'), text: counts })),
    }),
  };
}

/** Why a file is not wanted where it lies, whatever the rules say of it; undefined: it is looked at. @param path relative to its source */
export function whyLeftAloneAt(leave: LeaveAlone, path: PathBytes, kind: EntryKind | 'unknown' = 'file'): string | undefined {
  const left = leftAloneAt(leave, path, kind);
  return left && sayLeftAlone(left);
}

export function sayLeftAlone({ by, path }: LeftAlone): string {
  const markAt = 'mark' in by ? showPath(joinPath(Buffer.from(by.folder, 'latin1'), Buffer.from(nameOfLeftAlone(by)))) : '';
  return whyLeftAlone(by, { where: showPath(path), markAt });
}

/** Each costs the watcher a comparison for each file. */
export const mostUnwatched = 64;

const unwatchedName = (sourceId: SourceId): string => `unwatched: ${sourceId}`;

/** Folders that the last whole sweep passed by because of a mark, the first few: they need not be watched. */
export function noteUnwatched(journal: Pick<Journal, 'facts'>, sourceId: SourceId, folders: readonly PathBytes[]): void {
  const written = folders.slice(0, mostUnwatched).map((folder) => folder.toString('latin1'));
  if (written.length === 0) journal.facts.forget(unwatchedName(sourceId));
  else journal.facts.set(unwatchedName(sourceId), JSON.stringify(written));
}

function unwatchedIn(journal: Pick<Journal, 'facts'>, sourceId: SourceId): readonly string[] {
  return JSON.parse(journal.facts.get(unwatchedName(sourceId)) ?? '[]') as readonly string[];
}

const factName = (sourceId: SourceId): string => `left alone: ${sourceId}`;

/** How often a whole sweep came by something that is left alone, by its name in the table. */
export function noteLeftAlone(journal: Pick<Journal, 'facts'>, sourceId: SourceId, counts: Readonly<Record<string, number>>): void {
  if (Object.keys(counts).length === 0) journal.facts.forget(factName(sourceId));
  else journal.facts.set(factName(sourceId), JSON.stringify(counts));
}

export function leftAloneIn(journal: Pick<Journal, 'facts'>, sourceId: SourceId): Readonly<Record<string, number>> {
  return JSON.parse(journal.facts.get(factName(sourceId)) ?? '{}') as Readonly<Record<string, number>>;
}
