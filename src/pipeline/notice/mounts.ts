/** Disks and shares mounted below a source's folder: what lay on one that is not mounted now is away, not gone. */
import { type SourceId, tellPartAway, tellPartBack } from '../../domain/index.ts';
import {
  joinPath,
  leaveAlone,
  leftAloneAt,
  type PathBytes,
  type RootIdentity,
  type RootState,
  rootState,
  showPath,
} from '../../files/index.ts';
import type { Journal, SourceRecord } from '../../journal/index.ts';
import { putNews } from '../news.ts';
import type { SourceInUse } from '../step.ts';
import { parseIdentity, type RootParts, writeIdentity } from './root.ts';

/** Something was mounted here when files were last seen below. */
interface KnownMount {
  /** Relative to the source's root. */
  readonly path: PathBytes;
  readonly standsOn: string;
  /** Since when it is missed, once the household was told. */
  readonly awaySinceMs?: number;
}

/** Call before a sweep: what is seen by it must be known to lie on a mount. */
export async function rememberMounts(
  source: SourceInUse,
  { mountsBelow = [] }: RootIdentity,
  { journal, disk }: RootParts,
  signal: AbortSignal,
): Promise<void> {
  const [known, leave] = [read(journal, source.id), leaveAlone(source.ignoring())];
  const seen: KnownMount[] = [];
  for (const path of mountsBelow) {
    if (leftAloneAt(leave, path, 'folder')) continue;
    const before = known.find((mount) => mount.path.equals(path));
    const state = await rootState(disk, { path: joinPath(source.root, path), known: before && parseIdentity(before.standsOn) }, signal);
    // Whether one that was missed is back, the sweep's end tells.
    if (state.kind === 'present' && state.root.filesystem.kind !== 'pseudo') {
      seen.push({ ...before, path, standsOn: writeIdentity(state.root) });
    }
  }
  write(journal, source.id, [...seen, ...known.filter(({ path }) => !seen.some((mount) => mount.path.equals(path)))]);
}

export interface MountLook {
  readonly path: PathBytes;
  /** `unreadable`: nobody knows, so nothing there is missing, and nothing is told. */
  readonly state: 'mounted' | 'lost' | 'unreadable';
  /** Why it is unreadable, for the owner. */
  readonly why?: string;
}

/** Is still mounted what was? Asked before anything below is said to be gone. */
export async function lookAtMounts(
  source: SourceInUse,
  { journal, disk }: Pick<RootParts, 'journal' | 'disk'>,
  signal: AbortSignal,
): Promise<readonly MountLook[]> {
  const looks: MountLook[] = [];
  for (const { path, standsOn } of read(journal, source.id)) {
    const root = await rootState(disk, { path: joinPath(source.root, path), known: parseIdentity(standsOn) }, signal);
    const state = mountState(root);
    looks.push({ path, state, ...(state === 'unreadable' && root.kind === 'away' && { why: root.sentence }) });
  }
  return looks;
}

function mountState(root: RootState): MountLook['state'] {
  if (root.kind === 'away') return root.reason === 'unreadable' || root.reason === 'does not answer' ? 'unreadable' : 'lost';
  return root.root.isMountPoint ? 'mounted' : 'lost';
}

export interface SettledSweep {
  readonly looks: readonly MountLook[];
  readonly isWhole: boolean;
  readonly mountedBefore?: readonly PathBytes[] | undefined;
}

/**
 * Call after a sweep: takes back what it says is missing where something is not mounted, and tells the household once that a part is away,
 * and once that it is back. A folder in which nothing is missed need not be a mount point any more: it is forgotten as one.
 * @param isWhole whether the sweep could look everywhere
 * @param mountedBefore what was mounted as the sweep began: it may have left just when its files had been seen, and is missed by the next
 */
export function settleMounts(
  source: SourceInUse,
  { looks, isWhole, mountedBefore = [] }: SettledSweep,
  parts: RootParts,
): { readonly excused: number; readonly sentences: readonly string[] } {
  const { journal } = parts;
  const { sweeps } = journal.sources.byId(source.id);
  return journal.transaction(() => {
    let excused = 0;
    const sentences: string[] = [];
    const known = read(journal, source.id).flatMap((mount): readonly KnownMount[] => {
      const { state, why } = looks.find(({ path }) => path.equals(mount.path)) ?? { state: 'unreadable' };
      if (state === 'mounted') return [noteBack(source, mount, parts)];
      const missed = journal.files.excuseMissing(source.id, sweeps, mount.path);
      const wasThere = mountedBefore.some((path) => path.equals(mount.path));
      const isForgotten = missed === 0 && state === 'lost' && isWhole && !wasThere;
      if (isForgotten) noteBack(source, mount, parts);
      if (missed === 0) return isForgotten ? [] : [mount];
      excused += missed;
      sentences.push(state === 'unreadable' && why !== undefined ? why : sentenceOf(source, mount));
      return [state === 'lost' ? noteAway(source, mount, parts) : mount];
    });
    write(journal, source.id, known);
    return { excused, sentences };
  });
}

/** The owner says that what is away will not come back: from now on its files count like any others. */
export function forgetLostMounts(journal: Journal, sourceId: SourceId): void {
  const known = read(journal, sourceId);
  write(
    journal,
    sourceId,
    known.filter(({ awaySinceMs }) => awaySinceMs === undefined),
  );
}

/** Of each part of a source that is away, a sentence. */
export function lostMounts(
  journal: Pick<Journal, 'facts'>,
  { id, root, name }: Pick<SourceRecord, 'id' | 'root' | 'name'>,
): readonly string[] {
  const lost = read(journal, id).filter(({ awaySinceMs }) => awaySinceMs !== undefined);
  return lost.map((mount) => sentenceOf({ root, config: { name } }, mount));
}

function sentenceOf(
  { root, config }: { readonly root: PathBytes; readonly config: { readonly name: string } },
  { path }: KnownMount,
): string {
  const where = showPath(joinPath(root, path));
  return `Nothing is mounted at ${where}, as it was before. Mount it; nothing in it counts as deleted. If it will not come back, say: homeroll resume --source "${config.name}".`;
}

function noteAway(source: SourceInUse, mount: KnownMount, { journal, clock, news, log }: RootParts): KnownMount {
  if (mount.awaySinceMs !== undefined) return mount;
  const [nowMs, folder] = [clock.now(), showPath(joinPath(source.root, mount.path))];
  log.warn(sentenceOf(source, mount), { source: source.config.name });
  const text = tellPartAway({ source: source.config.name, folder });
  putNews(journal, news, { kind: 'part away', text, facts: { source: source.config.name, folder }, nowMs });
  return { ...mount, awaySinceMs: nowMs };
}

function noteBack(source: SourceInUse, mount: KnownMount, { journal, clock, news }: RootParts): KnownMount {
  const { awaySinceMs, ...present } = mount;
  if (awaySinceMs === undefined) return mount;
  const [nowMs, folder] = [clock.now(), showPath(joinPath(source.root, mount.path))];
  const text = tellPartBack({ source: source.config.name, folder, awayMs: nowMs - awaySinceMs });
  putNews(journal, news, { kind: 'part back', text, facts: { source: source.config.name, folder }, nowMs });
  return present;
}

const factName = (sourceId: SourceId): string => `mounts: ${sourceId}`;

/** Paths need not be text. */
interface WrittenMount extends Omit<KnownMount, 'path'> {
  readonly pathBase64: string;
}

function read(journal: Pick<Journal, 'facts'>, sourceId: SourceId): readonly KnownMount[] {
  const written = JSON.parse(journal.facts.get(factName(sourceId)) ?? '[]') as readonly WrittenMount[];
  return written.map(({ pathBase64, ...mount }) => ({ ...mount, path: Buffer.from(pathBase64, 'base64') }));
}

function write(journal: Pick<Journal, 'facts'>, sourceId: SourceId, mounts: readonly KnownMount[]): void {
  const written: readonly WrittenMount[] = mounts.map(({ path, ...mount }) => ({ ...mount, pathBase64: path.toString('base64') }));
  if (written.length > 0) journal.facts.set(factName(sourceId), JSON.stringify(written));
  else journal.facts.forget(factName(sourceId));
}
