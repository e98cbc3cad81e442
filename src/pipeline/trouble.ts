/** What is wrong with a server or an account, what that rests on, and how long until somebody knocks again. Pure. */
import type { StepName } from '../domain/index.ts';
import type { FailureKind, ImmichError } from '../immich/index.ts';
import { longestWaitMs } from './back-off.ts';

export interface Trouble {
  readonly kind: FailureKind;
  /** For the owner. */
  readonly sentence: string;
  readonly sinceMs: number;
  /** Immich named a time itself. */
  readonly retryAfterMs: number | undefined;
  /** Knocks so far that were answered alike. */
  readonly knocks: number;
  readonly isTold: boolean;
  /** The time it asked for is over: one file goes ahead, and its fate decides. */
  readonly isTrying: boolean;
}

/** These are about the server, and so about every account on it. Who is told to wait is spoken to alone. */
export function isOfServer({ kind, retryAfterMs }: ImmichError): boolean {
  return (kind === 'away' && retryAfterMs === undefined) || kind === 'moved' || kind === 'certificate';
}

/** It may pass by itself. */
export function isPassing({ retry }: ImmichError): boolean {
  return retry !== 'never';
}

/** Only a person can mend it, at Immich. */
export function needsPerson(kind: FailureKind): boolean {
  return kind === 'key refused' || kind === 'permission missing';
}

/** It speaks for itself: no second question is needed to know that it is not about one file. */
export function isCertain(error: ImmichError): boolean {
  const { kind, status, mayBeStored, retryAfterMs } = error;
  if (kind === 'key refused' || kind === 'moved' || kind === 'certificate') return true;
  if (retryAfterMs !== undefined && (kind === 'away' || kind === 'busy')) return true;
  // Nobody was there to take the call. One that was taken and then dropped may be about what it carried.
  return kind === 'away' && status === undefined && !mayBeStored;
}

// Five seconds at most between its return and ours.
const knockEveryMs = 5_000;
// A busy Immich is not helped by being asked more often.
const busyEveryMs = 60_000;
// A refused key every five seconds would be half a million refused logins in a month, and looks like a break-in.
const refusedEveryMs = 600_000;

export function knockAfterMs({ kind, retryAfterMs, knocks }: Pick<Trouble, 'kind' | 'retryAfterMs' | 'knocks'>): number {
  if (retryAfterMs !== undefined) return Math.min(longestWaitMs, Math.max(retryAfterMs, knockEveryMs));
  const longestMs = needsPerson(kind) ? refusedEveryMs : kind === 'busy' ? busyEveryMs : knockEveryMs;
  return Math.min(longestMs, knockEveryMs * 2 ** Math.min(knocks, 20));
}

/** The permission without which a step can do nothing at all. Others concern single files, or a part of the step. */
export const neededBy: Readonly<Partial<Record<StepName, string>>> = {
  check: 'asset.upload',
  upload: 'asset.upload',
  prove: 'asset.download',
  organise: 'asset.upload',
};
