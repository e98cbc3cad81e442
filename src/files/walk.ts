/** Walks a source's folder, one directory at a time, in memory that does not grow with what lies there. */
import type { Disk, FileStat, FolderEntry } from './disk.ts';
import { DiskError } from './disk-error.ts';
import { type IgnoreRules, type LeaveAlone, leaveAlone, type MarkKind, markNames, usualRules, withoutNoMedia } from './ignored.ts';
import { joinPath, type PathBytes } from './path-bytes.ts';
import { type FoundMark, Marks, Passed, type WalkedFile } from './walk-notes.ts';

export type { FoundMark, WalkedFile };

/** Folders are relative to the root; the root itself is empty. */
export type Walked =
  | {
      /** Regular files of one folder, at most 256. The chunks of a folder follow each other; one without files gives one empty chunk. */
      readonly kind: 'files';
      readonly folder: PathBytes;
      /** The folder's own: another one than the root's where something is mounted below it. */
      readonly device: bigint;
      readonly files: readonly WalkedFile[];
      /** True when all of this folder was told: what was known here, and was neither told nor unreadable, is gone. */
      readonly isLast: boolean;
      /** How many entries were left alone since the last step, by their name in the table. Left out: none. */
      readonly leftAlone?: Readonly<Record<string, number>>;
      /** Those of them that are folders, left alone by a mark; relative to the source. Left out: none. */
      readonly leftFolders?: readonly PathBytes[];
      /** Marks that lie in the folder, told with its first chunk. Left out: none, or it was told before. */
      readonly marks?: readonly FoundMark[];
    }
  /** A folder that was not looked into, because a mark in it counts and is still there. */
  | { readonly kind: 'left alone'; readonly folder: PathBytes; readonly mark: MarkKind }
  /** Unseen, which is not gone: the folder with all below it, or only the file `name` in it. */
  | { readonly kind: 'unreadable'; readonly folder: PathBytes; readonly name?: Buffer; readonly why: DiskError };

export interface WalkOptions {
  /** What is left alone: files, and folders with all they hold. Left out: the table as it is. */
  readonly rules?: IgnoreRules;
  /** Where the walk begins within its source; left out: at the source's own root, which is never left alone. */
  readonly within?: PathBytes;
  readonly signal: AbortSignal;
}

/**
 * Depth first, a folder's files before its folders. Links are not followed. Filesystems mounted below are entered, except the
 * kernel's own (/proc and its like). What cannot be read is told as `unreadable` and stops nothing else.
 * @param root absolute
 */
export async function* walk(disk: Disk, root: PathBytes, options: WalkOptions): AsyncGenerator<Walked, void> {
  const round: Round = { ...options, disk, root, ...leavingBy(options.rules ?? usualRules) };
  // The way down, one generator for each level. Driven from here: nested ones would cost each step the whole depth.
  const levels = [walkFolder(round, root.subarray(0, 0), undefined)];
  try {
    for (let level = levels.at(-1); level; level = levels.at(-1)) {
      const step = await level.next();
      if (step.done) levels.pop();
      else if (step.value.kind === 'enter') levels.push(walkFolder(round, step.value.folder, step.value.parentDevice));
      else yield step.value;
    }
  } finally {
    for (const level of levels) await level.return();
  }
}

type Step = Walked | { readonly kind: 'enter'; readonly folder: PathBytes; readonly parentDevice: bigint };

interface Round extends WalkOptions {
  readonly disk: Disk;
  readonly root: PathBytes;
  readonly leave: LeaveAlone;
  /** Folders that a mark leaves alone, for as long as it lies there. */
  readonly noMedia: ReadonlySet<string>;
}

function leavingBy(rules: IgnoreRules): Pick<Round, 'leave' | 'noMedia'> {
  const noMedia = (rules.marks ?? []).flatMap(({ kind, folder }) => (kind === 'nomedia' ? [folder] : []));
  return { leave: leaveAlone(withoutNoMedia(rules)), noMedia: new Set(noMedia) };
}

// A name is 255 bytes at most, so this holds 64 KiB for each level. A folder with more folders is listed a second time instead.
const foldersToRemember = 256;
// Enough to keep the system's file threads busy, few enough that a hashing file need not queue behind a whole chunk.
const statsAtOnce = 32;

async function* walkFolder(round: Round, folder: PathBytes, parentDevice: bigint | undefined): AsyncGenerator<Step, void> {
  try {
    const device = await deviceToEnter(round, folder, parentDevice);
    if (device === undefined) return;
    if (await isLeftByMark(round, folder)) {
      yield { kind: 'left alone', folder, mark: 'nomedia' };
      return;
    }
    const names = yield* tellFiles(round, folder, device);
    for await (const name of names.length > foldersToRemember ? foldersIn(round, folder) : names) {
      yield { kind: 'enter', folder: joinPath(folder, name), parentDevice: device };
    }
  } catch (error) {
    if (!(error instanceof DiskError)) throw error;
    yield { kind: 'unreadable', folder, why: error };
  }
}

/** Relative to the source. */
function within({ within: start }: Round, folder: PathBytes): PathBytes {
  return start ? joinPath(start, folder) : folder;
}

async function isLeftByMark(round: Round, folder: PathBytes): Promise<boolean> {
  if (round.noMedia.size === 0 || !round.noMedia.has(within(round, folder).toString('latin1'))) return false;
  return (await round.disk.stat(joinPath(joinPath(round.root, folder), Buffer.from(markNames.nomedia))))?.kind === 'file';
}

/** Looks again at what was listed as a folder, since a link may stand there by now. `undefined`: not to be entered. */
async function deviceToEnter({ disk, root }: Round, folder: PathBytes, parentDevice: bigint | undefined): Promise<bigint | undefined> {
  const path = joinPath(root, folder);
  const found = parentDevice === undefined ? await disk.root(path) : await disk.stat(path);
  if (!found || ('kind' in found && found.kind !== 'folder')) throw new DiskError('vanished', path);
  if (parentDevice === undefined || found.device === parentDevice) return found.device;
  const mounted = await disk.root(path);
  return mounted?.filesystem.kind === 'pseudo' ? undefined : found.device;
}

/** Tells the files of one folder; returns the names of its folders, or one name more than are remembered. */
async function* tellFiles(round: Round, folder: PathBytes, device: bigint): AsyncGenerator<Walked, readonly Buffer[]> {
  const folders: Buffer[] = [];
  let files: WalkedFile[] = [];
  const path = joinPath(round.root, folder);
  const passed = new Passed(round.leave, within(round, folder));
  const marks = new Marks(round.disk, path);
  for await (const entries of round.disk.entries(path, round.signal, { stats: true })) {
    // Before the first file is told: marks say whether it is wanted.
    if (files.length > 0) yield { kind: 'files', folder, device, files, isLast: false, ...passed.take(), ...(await marks.lookForMore()) };
    files = [];
    const wanted = entries.filter((entry) => entry.kind !== 'link' && entry.kind !== 'other' && !passed.by(entry));
    for (let start = 0; start < wanted.length; start += statsAtOnce) {
      round.signal.throwIfAborted();
      for (const seen of await Promise.all(wanted.slice(start, start + statsAtOnce).map((entry) => look(round.disk, path, entry)))) {
        if (seen.kind === 'unreadable') yield { kind: 'unreadable', folder, name: seen.name, why: seen.why };
        else if (seen.isKindNew && passed.by(seen)) continue;
        else if (seen.kind === 'file') files.push(marks.see({ name: seen.name, stat: seen.stat }));
        else if (seen.kind === 'folder' && folders.length <= foldersToRemember) folders.push(seen.name);
      }
    }
  }
  yield { kind: 'files', folder, device, files, isLast: true, ...passed.take(), ...marks.take() };
  return folders;
}

async function* foldersIn(round: Round, folder: PathBytes): AsyncGenerator<Buffer, void> {
  const path = joinPath(round.root, folder);
  const passed = new Passed(round.leave, within(round, folder));
  for await (const entries of round.disk.entries(path, round.signal)) {
    for (const entry of entries) {
      if (entry.kind !== 'folder' && entry.kind !== 'unknown') continue;
      if (entry.kind === 'unknown' && (await look(round.disk, path, entry)).kind !== 'folder') continue;
      if (!passed.by({ name: entry.name, kind: 'folder' })) yield entry.name;
    }
  }
}

/** `isKindNew`: the listing did not tell it. */
type Seen =
  | { readonly kind: 'file'; readonly name: Buffer; readonly stat: FileStat; readonly isKindNew: boolean }
  | { readonly kind: 'unreadable'; readonly name: Buffer; readonly why: DiskError }
  | { readonly kind: 'folder' | 'other'; readonly name: Buffer; readonly isKindNew: boolean };

async function look(disk: Disk, folder: PathBytes, { name, kind, stat: told }: FolderEntry): Promise<Seen> {
  if (kind === 'folder') return { kind, name, isKindNew: false };
  try {
    const stat = told ?? (await disk.stat(joinPath(folder, name)));
    const isKindNew = stat?.kind !== kind;
    if (stat?.kind === 'file') return { kind: 'file', name, stat, isKindNew };
    return { kind: stat?.kind === 'folder' ? 'folder' : 'other', name, isKindNew };
  } catch (error) {
    // Forbidden is said by the folder, of all its files alike; the share being away as well.
    if (!(error instanceof DiskError) || error.kind === 'forbidden' || error.kind === 'away') throw error;
    return { kind: 'unreadable', name, why: error };
  }
}
