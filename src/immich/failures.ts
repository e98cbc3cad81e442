/** Decides once, where it is known, what a failure of Immich means: what happened, what to do, and whether trying again can help. */
import { OwnerError } from '../kernel/index.ts';

export type FailureKind =
  | 'away'
  | 'busy'
  | 'silent' // it took the request, and did not answer while we waited: done or not, nobody knows
  | 'unclear' // the connection ended before the answer: done or not, nobody knows
  | 'key refused'
  | 'permission missing'
  | 'too large'
  | 'quota full'
  | 'refused'
  | 'not found'
  | 'garbage' // something answered, but not as Immich does
  | 'moved'
  | 'certificate';

/** `soon`: in seconds, by itself. `later`: minutes, when Immich is back. `never`: not before a person changes something. */
export type Retry = 'soon' | 'later' | 'never';

const retryOf: Readonly<Record<FailureKind, Retry>> = {
  away: 'later',
  busy: 'soon',
  silent: 'later',
  unclear: 'soon',
  'key refused': 'never',
  'permission missing': 'never',
  'too large': 'never',
  'quota full': 'never',
  refused: 'never',
  'not found': 'never',
  garbage: 'later',
  moved: 'never',
  certificate: 'never',
};

export interface FailureFacts {
  readonly status?: number;
  /** How long Immich, or a proxy before it, asked us to wait. */
  readonly retryAfterMs?: number;
  /** The permission the key lacks, as Immich names it: `asset.upload`. */
  readonly permission?: string;
  /** True when an upload may have arrived all the same; an error answer is no proof that nothing was stored. */
  readonly mayBeStored?: boolean;
  readonly cause?: unknown;
}

/** A failure of Immich; `message` is a sentence for the owner and never holds the key. */
export class ImmichError extends OwnerError {
  readonly kind: FailureKind;
  readonly retry: Retry;
  readonly status: number | undefined;
  readonly retryAfterMs: number | undefined;
  readonly permission: string | undefined;
  readonly mayBeStored: boolean;

  constructor(kind: FailureKind, sentence: string, facts: FailureFacts = {}) {
    super(`immich ${kind}`, sentence, { cause: facts.cause });
    this.name = 'ImmichError';
    this.kind = kind;
    this.retry = retryOf[kind];
    this.status = facts.status;
    this.retryAfterMs = facts.retryAfterMs;
    this.permission = facts.permission;
    this.mayBeStored = facts.mayBeStored ?? false;
  }
}
