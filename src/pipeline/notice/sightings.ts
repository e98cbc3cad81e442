/** Holds files that were seen in a folder against the journal: new, changed, back again, moved, or just as they were. */
import type { FileRecord, FolderId, Kind, State } from '../../domain/index.ts';
import { type Disk, DiskError, isSameFileMoved, isUnchanged, joinPath, type PathBytes, type WalkedFile } from '../../files/index.ts';
import type { Journal } from '../../journal/index.ts';
import type { Clock } from '../../kernel/index.ts';
import { type KindTable, kindOfName, pictureStem } from '../../media/index.ts';
import { batchFor } from '../batching.ts';
import type { SteadySince } from '../steady.ts';
import type { SourceInUse } from '../step.ts';
import { applyEvent, settleMembers, settlePicture } from '../transitions.ts';
import { statKeyOf } from '../unchanged.ts';
import { rankOf } from './rank.ts';

export interface NoticeParts {
  readonly journal: Journal;
  readonly disk: Disk;
  readonly clock: Clock;
  readonly kinds: () => KindTable;
  readonly steadySinceMs: SteadySince;
}

export interface Seen {
  /** Relative to the source's root. */
  readonly folder: PathBytes;
  readonly files: readonly WalkedFile[];
}

/** @returns how many were new or changed */
export async function noticeFiles(source: SourceInUse, seen: Seen, parts: NoticeParts): Promise<number> {
  const { journal } = parts;
  const folderId = journal.sources.ensureFolder(source.id, seen.folder);
  const others = journal.transaction(() =>
    seen.files.filter((file) => !isAsItWas(journal.files.byName(folderId, file.name), { source, file }, parts)),
  );
  if (others.length === 0) return 0;
  const moves = new Map<WalkedFile, FileRecord>();
  for (const file of others) {
    if (journal.files.isKnown(folderId, file.name)) continue;
    const origin = await findOrigin(source, file, parts);
    if (origin) moves.set(file, origin);
  }
  return journal.transaction(() => {
    let news = 0;
    for (const file of others) {
      const origin = moves.get(file);
      const isNews = origin ? noteMove(origin, { source, folderId, file }, parts) : noteSighting({ source, folderId, file }, parts);
      if (isNews) news += 1;
    }
    return news;
  });
}

interface Sighting {
  readonly source: SourceInUse;
  readonly folderId: FolderId;
  readonly file: WalkedFile;
}

/** The file that this one was before it was moved: known by inode and birth, and no longer at its old path. */
async function findOrigin(source: SourceInUse, { stat }: WalkedFile, { journal, disk }: NoticeParts): Promise<FileRecord | undefined> {
  const [known, ...others] = journal.files.byInode(source.id, stat).filter((one) => isSameFileMoved(one.stat, stat, source.identity()));
  // Of several names for one file each may have been the one to change it, keeping its time, and a move sets the ctime itself.
  if (!known || others.length > 0) return undefined;
  const oldPath = joinPath(source.root, joinPath(journal.sources.folderPath(known.folderId), known.name));
  return (await isNothingAt(oldPath, disk)) ? known : undefined;
}

/** Not known counts as no: the file is then read once, and that is all. */
async function isNothingAt(path: PathBytes, disk: Disk): Promise<boolean> {
  try {
    return (await disk.stat(path)) === undefined;
  } catch (error) {
    if (error instanceof DiskError) return false;
    throw error;
  }
}

/** Most files of most sweeps; nothing more is asked about them. */
function isAsItWas(known: FileRecord | undefined, { source, file }: Omit<Sighting, 'folderId'>, { journal }: NoticeParts): boolean {
  if (!known || known.state === 'gone' || !isUnchanged(known.stat, file.stat, source.identity())) return false;
  journal.sweeps.markFound(known);
  journal.files.markFoundAgain(known.id);
  return true;
}

function noteSighting({ source, folderId, file }: Sighting, parts: NoticeParts): boolean {
  const { journal, clock, steadySinceMs } = parts;
  const known = journal.files.byName(folderId, file.name);
  // Somebody may have noticed it meanwhile.
  if (isAsItWas(known, { source, file }, parts)) return false;
  const nowMs = clock.now();
  if (!known) {
    insert({ source, folderId, file }, parts);
    return true;
  }
  journal.sweeps.markFound(known);
  const dueAtMs = isSettledAtSight(source, file, { nowMs, steadySinceMs }) ? undefined : nowMs + source.config.settleMs;
  applyEvent(journal, known, known.state === 'gone' ? 'seen' : 'changed', {
    nowMs,
    reason: known.state === 'gone' ? 'it is there again' : 'it was changed',
    patch: {
      stat: statKeyOf(file.stat),
      seenAtMs: seenAtMs(source, file, { nowMs, steadySinceMs }),
      rank: rankOf(file.stat, isBacklog(source, journal)),
      isReady: dueAtMs === undefined,
      dueAtMs,
      missingSweep: undefined,
    },
  });
  return true;
}

function insert({ source, folderId, file }: Sighting, { journal, clock, kinds, steadySinceMs }: NoticeParts): void {
  const nowMs = clock.now();
  const kind = kindOfName(file.name, kinds());
  const state: State = isSettledAtSight(source, file, { nowMs, steadySinceMs }) ? 'settled' : 'noticed';
  const stem = pictureStem(file.name);
  const id = journal.files.insert({
    sourceId: source.id,
    folderId,
    name: file.name,
    stem,
    kind,
    role: kind === 'sidecar' ? 'sidecar' : 'main',
    stat: statKeyOf(file.stat),
    seenAtMs: seenAtMs(source, file, { nowMs, steadySinceMs }),
    state,
    rank: rankOf(file.stat, isBacklog(source, journal)),
    isReady: state === 'settled',
    batchId: batchFor(journal, source.id, nowMs),
    ...(state === 'noticed' && { dueAtMs: nowMs + source.config.settleMs }),
  });
  journal.sweeps.markFound({ id, sourceId: source.id });
  journal.history.add(id, { atMs: nowMs, to: state });
  settlePicture(journal, { folderId, stem, sourceId: source.id }, nowMs);
}

const isNotSentYet: ReadonlySet<State> = new Set(['wanted', 'hashed', 'missing']);

/** The same file under another path keeps its state, its proof and its albums. What was not wanted there may be wanted here. */
function noteMove(origin: FileRecord, { source, folderId, file }: Sighting, parts: NoticeParts): boolean {
  const { journal, clock, kinds } = parts;
  const nowMs = clock.now();
  const present = journal.files.byId(origin.id);
  // Of two hard links to what was moved only one can be it: the other is a file of its own.
  const isThere = present?.folderId === origin.folderId && present.name.equals(origin.name);
  if (!isThere) return noteSighting({ source, folderId, file }, parts);
  const from = joinPath(journal.sources.folderPath(origin.folderId), origin.name).toString('utf8');
  const stem = pictureStem(file.name);
  const kind: Kind = kindOfName(file.name, kinds());
  journal.files.update(origin.id, { folderId, name: file.name, stem, kind, stat: statKeyOf(file.stat), missingSweep: undefined });
  journal.sweeps.markFound(origin);
  journal.mentions.forget(origin.id, 'lost');
  const moved = journal.files.byId(origin.id);
  if (!moved) return false;
  journal.history.add(origin.id, { atMs: nowMs, from: moved.state, to: moved.state, reason: `moved from ${from}` });
  if (moved.state === 'gone' || moved.state === 'unwanted' || kind !== origin.kind) {
    applyEvent(journal, moved, moved.state === 'gone' ? 'seen' : 'changed', { nowMs, reason: `moved from ${from}` });
  } else if (isNotSentYet.has(moved.state)) {
    // The rules were asked about the old path, and may say otherwise of the new one.
    applyEvent(journal, moved, 'rulesChanged', { nowMs, reason: `moved from ${from}` });
  }
  // Either may be left alone with something it waited for.
  settleMembers(journal, { folderId, stem, sourceId: source.id }, nowMs);
  settleMembers(journal, origin, nowMs);
  return true;
}

/** On a local disk a file that nobody touched for the quiet time is finished; a share may lie about times, so it is looked at twice. */
function isSettledAtSight(source: SourceInUse, { stat }: WalkedFile, { nowMs, steadySinceMs }: Moment): boolean {
  if (source.identity() !== 'local') return false;
  // What was written before the clock was set may look older than it is.
  return Math.max(lastTouchedMs(stat), steadySinceMs()) + source.config.settleMs <= nowMs;
}

interface Moment extends Pick<NoticeParts, 'steadySinceMs'> {
  readonly nowMs: number;
}

function seenAtMs(source: SourceInUse, file: WalkedFile, moment: Moment): number {
  return isSettledAtSight(source, file, moment) ? moment.nowMs - source.config.settleMs : moment.nowMs;
}

function lastTouchedMs({ mtimeNs, ctimeNs }: WalkedFile['stat']): number {
  return Number((mtimeNs > ctimeNs ? mtimeNs : ctimeNs) / 1_000_000n);
}

function isBacklog(source: SourceInUse, journal: Journal): boolean {
  return journal.sources.byId(source.id).backlogAtMs === undefined;
}
