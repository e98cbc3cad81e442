/** One step of the journey, as the engine sees it. */
import type { SourceConfig } from '../config/index.ts';
import type { FileRecord, SourceId, StepName, UserId, WorkingState } from '../domain/index.ts';
import type { IgnoreRules, PathBytes, StatIdentity } from '../files/index.ts';
import type { Immich } from '../immich/index.ts';
import type { Outcome } from './outcome.ts';
import type { Standstill } from './standstill.ts';

/** `disk` reads local files, `ask` puts questions to Immich, `write` sends bytes, `read` fetches them back. */
export type LaneName = 'disk' | 'ask' | 'write' | 'read';

/** An Immich user in use, learnt from the key at start. */
export interface AccountInUse {
  /** The journal's number. */
  readonly id: number;
  readonly name: string;
  readonly userId: UserId;
  readonly immich: Immich;
}

/** A source as configured, with what the journal knows of it. */
export interface SourceInUse {
  readonly id: SourceId;
  readonly config: SourceConfig;
  readonly root: PathBytes;
  readonly account: AccountInUse;
  /** How much of a stat can be believed there; known once the folder was seen. */
  identity(): StatIdentity;
  /** What is left alone in it now. */
  ignoring(): IgnoreRules;
}

export interface FileIn {
  readonly file: FileRecord;
  /** Absolute. */
  readonly path: PathBytes;
  /** Hears from steps that move bytes, so that who moves is not taken for one who waits. */
  readonly standstill?: Pick<Standstill, 'moved' | 'sent'>;
}

export interface Step {
  readonly name: StepName;
  /** States it takes files out of. */
  readonly from: readonly WorkingState[];
  readonly lane: LaneName;
  /** The most files in one claim: a few for hash, upload and prove, hundreds for check and organise. */
  readonly atOnce: number;
  /** The most bytes in one claim, if it holds more than one file: large ones go alone, so that nobody waits behind several of them. */
  readonly mostBytesAtOnce?: number;
  /**
   * Its files are given to it one after the other: they share a claim only so that the engine's own work is shared. One that Immich does
   * not answer is waited for beside the others.
   */
  readonly isOneByOne?: boolean;
  /** How long it waits for more files before it takes fewer than `atOnce`: many in one question cost Immich little more than one. */
  readonly gatherMs?: number;
  /** Never twice at the same time: what it makes in Immich must not be made by two at once. */
  readonly isAlone?: boolean;
  /** Two files with the same key are never worked on at the same time. */
  keyOf?(file: FileRecord): string | undefined;
  /**
   * Takes files of one source further. Idempotent: after a crash it may run again.
   * @returns one outcome per file, in their order
   * @throws ImmichError when Immich, not a file, is in the way; the engine decides what that means
   */
  run(files: readonly FileIn[], source: SourceInUse, signal: AbortSignal): Promise<readonly Outcome[]>;
}

/** For steps that move a file's bytes. Eight photos of a phone: what a fresh picture may have to wait behind. */
export const fewAtOnce = { atOnce: 8, mostBytesAtOnce: 4 * 1024 * 1024, isOneByOne: true } as const;
