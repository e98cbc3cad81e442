/**
 * What a reading process is asked, and what it answers: batches, since every message costs a tenth of a millisecond. Plain data, buffers
 * and whole numbers of any size, which is all that crosses between processes.
 */
import type { FileStat, FolderEntry, FreeSpace, RootIdentity } from '../disk.ts';
import type { DiskErrorKind } from '../disk-error.ts';
import type { Hint } from '../gather-hints.ts';
import type { IgnoreRules } from '../ignored.ts';
import type { PathBytes } from '../path-bytes.ts';

export type Question =
  /** Is anybody there? Asked past all that waits. */
  | { readonly ask: 'beat'; readonly path: PathBytes }
  /** The stats of many paths. */
  | { readonly ask: 'look'; readonly paths: readonly PathBytes[] }
  | { readonly ask: 'root'; readonly path: PathBytes }
  | { readonly ask: 'space'; readonly path: PathBytes }
  /** The first chunk of a folder. `stats`: those of its files, too, but for the names in `except`, which lead to other mounts. */
  | { readonly ask: 'list'; readonly folder: PathBytes; readonly stats: boolean; readonly except: readonly Buffer[] }
  | { readonly ask: 'more'; readonly listing: number }
  | { readonly ask: 'leave'; readonly listing: number }
  | { readonly ask: 'open'; readonly path: PathBytes }
  | { readonly ask: 'file'; readonly file: number }
  | { readonly ask: 'read'; readonly file: number; readonly positionBytes: number; readonly lengthBytes: number }
  | { readonly ask: 'close'; readonly file: number }
  | { readonly ask: 'watch'; readonly root: string; readonly rules: IgnoreRules | undefined }
  | { readonly ask: 'unwatch'; readonly watch: number }
  /** Of a file of Homeroll's own: its settings, keys, certificates. Links are followed. */
  | { readonly ask: 'bytes'; readonly path: PathBytes }
  | { readonly ask: 'facts'; readonly path: PathBytes }
  | { readonly ask: 'real path'; readonly path: PathBytes }
  | { readonly ask: 'writable'; readonly path: PathBytes };

/** What came of one path in a batch. */
export type Seen = FileStat | undefined | { readonly failure: Failure };

export interface Answers {
  readonly beat: true;
  readonly look: readonly Seen[];
  readonly root: RootIdentity | undefined;
  readonly space: FreeSpace;
  readonly list: Listed;
  readonly more: Listed;
  readonly leave: true;
  readonly open: { readonly file: number; readonly descriptor: number | undefined };
  readonly file: FileStat;
  readonly read: Buffer;
  readonly close: true;
  readonly watch: number;
  readonly unwatch: true;
  readonly bytes: Buffer;
  readonly facts: FileFacts;
  readonly 'real path': string;
  readonly writable: true;
}

export interface Listed {
  /** Undefined: that was all. */
  readonly listing: number | undefined;
  readonly entries: readonly FolderEntry[];
}

/** What a look through all links tells of a file. */
export interface FileFacts {
  readonly dev: bigint;
  readonly ino: bigint;
  readonly size: bigint;
  readonly mtimeNs: bigint;
  readonly ctimeNs: bigint;
  readonly mode: bigint;
}

/** An error on its way between processes. `kind`: it was a DiskError. */
export interface Failure {
  readonly kind?: DiskErrorKind;
  readonly code: string | undefined;
  readonly message: string;
}

export type ToChild = Question & { readonly id: number };

export type FromChild =
  | { readonly tell: 'ready' }
  | { readonly tell: 'answer'; readonly id: number; readonly answer: Answers[Question['ask']] }
  | { readonly tell: 'failure'; readonly id: number; readonly failure: Failure }
  | { readonly tell: 'hint'; readonly watch: number; readonly hint: Hint };
