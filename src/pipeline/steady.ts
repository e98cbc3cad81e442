/** Notices when the system's clock is set: what was seen a second ago must not pass for old, nor wait for years. */
import type { Clock } from '../kernel/index.ts';

/** Since when the clock runs as it does, unix ms, as far as anybody asked. */
export type SteadySince = () => number;

// NTP's small corrections matter to nobody; a computer that slept looks like a clock that was set, and files settle a little later.
const jumpMs = 1_000;

export function steadySince(clock: Clock): SteadySince {
  let aheadMs = clock.now() - clock.elapsed();
  let sinceMs = Number.NEGATIVE_INFINITY;
  return () => {
    const nowMs = clock.now();
    const nowAheadMs = nowMs - clock.elapsed();
    if (Math.abs(nowAheadMs - aheadMs) > jumpMs) sinceMs = nowMs;
    aheadMs = nowAheadMs;
    return sinceMs;
  };
}
