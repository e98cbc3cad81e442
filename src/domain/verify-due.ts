/**
 * Which contents are to be read back again, and when: a slice each night, drawn by SHA-1, and whatever was missed. Also when many that
 * are gone from Immich are a question and not the owner's hand. Pure.
 */
import type { Sha1 } from './ids.ts';
import type { Night } from './quiet-hours.ts';

/** A content, as far as it decides when it is due. */
export interface Provable {
  readonly sha1: Sha1;
  /** Undefined: never, or the proof is void. */
  readonly provenAtMs?: number;
}

/** A stretch of time in which nothing is read twice. */
export type Round = Pick<Night, 'number' | 'startMs'>;

export interface DueQuestion {
  readonly round: Round;
  readonly nowMs: number;
  /** `verify every`. */
  readonly everyMs: number;
}

const dayMs = 86_400_000;

/** How many nights there are in `verify every`: in each of them one slice is read. */
export function slicesIn(everyMs: number): number {
  return Math.max(1, Math.floor(everyMs / dayMs));
}

/** The slice that a content belongs to, the same for ever. By other digits than those that draw a sample, or a sample would fill a few slices only. */
export function sliceOf(sha1: Sha1, slices: number): number {
  return Math.floor(place(sha1) * slices);
}

/** True when a content is to be read in this round: its slice has its night, or its proof is older than `verify every`. */
export function isDue(content: Provable, { round, nowMs, everyMs }: DueQuestion): boolean {
  if (isReadIn(round, content, nowMs)) return false;
  const slices = slicesIn(everyMs);
  return isOverdue(content, { round, everyMs }) || sliceOf(content.sha1, slices) === round.number % slices;
}

/** Its night was missed, or there never was one. */
export function isOverdue({ provenAtMs }: Provable, { round, everyMs }: Pick<DueQuestion, 'round' | 'everyMs'>): boolean {
  return provenAtMs === undefined || round.startMs - provenAtMs >= everyMs;
}

/** Read since the round began. A proof of the future is of a clock that was set back since: nothing is known by it. */
export function isReadIn({ startMs }: Pick<Round, 'startMs'>, { provenAtMs }: Provable, nowMs: number): boolean {
  return provenAtMs !== undefined && provenAtMs >= startMs && provenAtMs <= nowMs;
}

/**
 * A share of all contents.
 * @param offset 0 to 1; another one draws others
 */
export function isInSample(sha1: Sha1, { share, offset }: { readonly share: number; readonly offset: number }): boolean {
  return (place(sha1) + offset) % 1 < share;
}

/** Of a handful nobody wants to be asked, and of a large library some are always taken out. */
const fewestToAskAbout = 20;
const shareToAskAbout = 0.01;

/** True when so many are gone since the last look that a person is asked: a server may have been restored from an old backup. */
export function isQuestion({ missing, known }: { readonly missing: number; readonly known: number }): boolean {
  return missing > fewestToAskAbout && missing > known * shareToAskAbout;
}

/** Where a content lies among all, 0 to 1. */
function place(sha1: Sha1): number {
  return Number.parseInt(sha1.slice(8, 16), 16) / 2 ** 32;
}
