/** The port to a disk: all that Homeroll ever asks of one. Reading only. */
import type { Filesystem } from './filesystem.ts';
import type { PathBytes } from './path-bytes.ts';

export type EntryKind = 'file' | 'folder' | 'link' | 'other';

export interface FileStat {
  readonly kind: EntryKind;
  readonly sizeBytes: number;
  readonly mtimeNs: bigint;
  readonly ctimeNs: bigint;
  /** When the file was made; 0 where the filesystem does not know. */
  readonly birthtimeNs: bigint;
  readonly device: bigint;
  readonly inode: bigint;
  readonly links: number;
}

export interface FolderEntry {
  readonly name: Buffer;
  /** `unknown`: the filesystem lists names only, a stat must tell. */
  readonly kind: EntryKind | 'unknown';
  /** Told along where that is cheaper than to ask for each: see {@link ListWish}. */
  readonly stat?: FileStat;
}

export interface ListWish {
  /** The stats of the files are asked for next: a disk at the end of a way tells them along. */
  readonly stats?: boolean;
}

/** What a source's folder stands on. Kept by the journal, to tell an unmounted disk from deleted pictures. */
export interface RootIdentity {
  readonly device: bigint;
  readonly inode: bigint;
  readonly birthtimeNs: bigint;
  readonly filesystem: Filesystem;
  readonly isMountPoint: boolean;
  /** Where something is mounted below it, relative to it; undefined where the system does not tell. Never kept by the journal. */
  readonly mountsBelow?: readonly PathBytes[];
}

export interface FreeSpace {
  readonly freeBytes: number;
  readonly totalBytes: number;
}

/** One regular file held open. Its holder closes it, best by `await using`. */
export interface OpenFile extends AsyncDisposable {
  /** `/proc/7/fd/21`: through which another process of the same user reads the very file that is held. Missing where there is no /proc. */
  readonly procPath?: string;
  stat(): Promise<FileStat>;
  /** Fills the start of `into` from `positionBytes`; says how many bytes came (fewer than asked: ask on; 0: the end). */
  read(into: Buffer, positionBytes: number, lengthBytes: number): Promise<number>;
  close(): Promise<void>;
}

/**
 * Every call throws DiskError where the disk refuses. The single calls take no AbortSignal: a system call, once made, cannot be
 * called back, so they who make many of them ask their signal in between.
 */
export interface Disk {
  /** Looks at the path itself, never through a link. `undefined`: nothing is there. */
  stat(path: PathBytes): Promise<FileStat | undefined>;
  /** The entries of a folder in chunks of at most 256, in the disk's order, never a whole listing in memory. */
  entries(folder: PathBytes, signal: AbortSignal, wish?: ListWish): AsyncIterable<readonly FolderEntry[]>;
  /** Opens a regular file for reading, without following a link in its name and without waiting for a pipe's other end. */
  open(path: PathBytes): Promise<OpenFile>;
  /** What a folder stands on; a link is followed, since owners may point a source at one. `undefined`: nothing is there. */
  root(path: PathBytes): Promise<RootIdentity | undefined>;
  freeSpace(path: PathBytes): Promise<FreeSpace>;
  /** What is mounted where the path lies, by the system's table: no disk is asked. Undefined, or missing, where the system has none. */
  mountedAt?(path: PathBytes): string | undefined;
}
