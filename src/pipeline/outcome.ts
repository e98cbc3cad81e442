/** What a step says of a file: an event of the journey, or that it must be tried again. */
import type { AssetId, FileEvent, FileId, MediaNotes, Role, Sha1, StatKey } from '../domain/index.ts';

import type { MentionKind } from '../journal/index.ts';

/** What became known of a content in the file's account. */
export type ContentNews =
  | { readonly kind: 'stored'; readonly sha1: Sha1; readonly assetId: AssetId }
  /** A live photo's video: the still that shows it; `nobody`: it is hidden, and none does; undefined: it is seen by itself. */
  | { readonly kind: 'shown'; readonly sha1: Sha1; readonly by: AssetId | 'nobody' | undefined }
  /** A film that had been hidden behind a photo by mistake: seen by itself now, joined to its own still, or left as it is for a reason. */
  | { readonly kind: 'parted'; readonly sha1: Sha1; readonly becomes: 'seen' | 'joined' | { readonly left: string } }
  | { readonly kind: 'proven'; readonly sha1: Sha1; readonly provenAtMs: number }
  /** The original was read back, and is other bytes. */
  | { readonly kind: 'broken'; readonly sha1: Sha1 }
  | { readonly kind: 'let go'; readonly sha1: Sha1 }
  /** It lies in Immich's trash, and not by way of us. */
  | { readonly kind: 'met'; readonly sha1: Sha1 };

/** What a step learnt, written in the same transaction as the move. */
export interface Learnt {
  /** Size and times as they are now, and when they were first seen so. */
  readonly stat?: { readonly key: StatKey; readonly seenAtMs: number };
  readonly sha1?: Sha1;
  /** The file begins with all of what it was before: nothing was replaced. */
  readonly isWrittenOn?: boolean;
  readonly assetId?: AssetId;
  readonly role?: Role;
  readonly notes?: MediaNotes;
  readonly contents?: readonly ContentNews[];
  /** Files of the same picture that went along. */
  readonly companions?: readonly { readonly id: FileId; readonly event: FileEvent; readonly reason?: string; readonly role?: Role }[];
}

export type Outcome =
  | {
      readonly kind: 'event';
      readonly event: FileEvent;
      readonly reason?: string;
      readonly learnt?: Learnt;
      readonly mention?: MentionKind;
    }
  /** It failed in a way that may pass: counts as a try. When is up to the engine, but it waits at least `waitMs`. */
  | {
      readonly kind: 'retry';
      readonly reason: string;
      readonly waitMs?: number;
      /** The failure itself took its time: waiting longer would help nobody. */
      readonly isAtOnce?: boolean;
      readonly learnt?: Learnt;
    }
  /** Nothing failed, it is just not time yet: no try is counted. */
  | { readonly kind: 'wait'; readonly reason: string; readonly untilMs: number; readonly learnt?: Learnt };

/** An event with what belongs to it. */
export function happened(
  event: FileEvent,
  more: { readonly reason?: string; readonly learnt?: Learnt; readonly mention?: MentionKind } = {},
): Outcome {
  return { kind: 'event', event, ...more };
}

export function retry(reason: string, waitMs?: number): Outcome {
  return { kind: 'retry', reason, ...(waitMs !== undefined && { waitMs }) };
}
