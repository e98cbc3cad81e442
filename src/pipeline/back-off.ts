/** How long to wait before a file is tried again: doubling, with jitter, for as long as it takes. */
import type { Random } from '../kernel/index.ts';

const firstWaitMs = 5_000;
// One hour: long enough to be quiet, short enough that a mended cause shows the same evening.
export const longestWaitMs = 3_600_000;

/**
 * @param tries failed tries so far, 0 before the first
 * @param leastMs what Immich asked for (Retry-After); an hour at most, as every wait
 */
export function backOffMs(tries: number, { random, leastMs }: { readonly random: Random; readonly leastMs: number }): number {
  const wholeMs = Math.min(longestWaitMs, firstWaitMs * 2 ** Math.min(tries, 20));
  // Between half and all of it, so that a thousand files do not come back in the same second.
  return Math.max(Math.min(leastMs, longestWaitMs), wholeMs / 2 + (wholeMs / 2) * random.next());
}
