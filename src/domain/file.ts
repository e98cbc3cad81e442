/** A file as the journey knows it: one path on disk, what was learnt of it, and where it stands. */
import type { AssetId, FileId, FolderId, Sha1, SourceId } from './ids.ts';
import type { Kind } from './kind.ts';
import type { State } from './state.ts';
import type { TakenAt } from './taken-at.ts';

/** What a file is within its picture. Only `main` files are counted. */
export type Role = 'main' | 'motion' | 'sidecar';

/** What tells whether a file is still the one that was looked at. */
export interface StatKey {
  readonly sizeBytes: number;
  readonly mtimeNs: bigint;
  readonly ctimeNs: bigint;
  readonly birthtimeNs: bigint;
  readonly device: bigint;
  readonly inode: bigint;
}

/** What was read out of the file itself. */
export interface MediaNotes {
  readonly taken?: TakenAt;
  readonly camera?: string;
  /** Apple's identifier that the halves of a live photo share. */
  readonly contentIdentifier?: string;
  readonly durationMs?: number;
  /** Of a still the film that it carries in its own file, of a short film itself. */
  readonly filmMark?: string;
}

export interface FileRecord {
  readonly id: FileId;
  readonly sourceId: SourceId;
  readonly folderId: FolderId;
  /** The bytes on disk: names need not be text. */
  readonly name: Buffer;
  /** What groups the files of one picture within a folder. */
  readonly stem: Buffer;
  readonly kind: Kind;
  readonly role: Role;
  readonly stat: StatKey;
  readonly seenAtMs: number;
  readonly state: State;
  /** Why it is not further along, in the owner's words. */
  readonly reason?: string;
  readonly sha1?: Sha1;
  readonly assetId?: AssetId;
  readonly notes: MediaNotes;
  /** Who goes first: fresh above backlog, then newest. */
  readonly rank: number;
  /** A step may claim it now. */
  readonly isReady: boolean;
  /** When a step should look again. */
  readonly dueAtMs?: number;
  /** Failed tries since the last advance. */
  readonly tries: number;
  /** Grows with every write to the row: a step's answer counts only for the row it was given. */
  readonly revision: number;
  readonly batchId?: number;
}
