/** Looks for what people ask for, as long as Homeroll runs: an order is taken within half a second. */

import type { Clock } from '../kernel/index.ts';
import { type OrderParts, takeOrders } from './orders.ts';

export interface FollowParts extends Omit<OrderParts, 'nowMs'> {
  readonly clock: Clock;
  readonly everyMs: number | undefined;
  readonly onTaken: () => void;
}

const byDefaultEveryMs = 500;

/** Until `signal` is aborted. */
export async function followOrders(
  { clock, everyMs = byDefaultEveryMs, onTaken, ...parts }: FollowParts,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    if (takeOrders({ ...parts, nowMs: clock.now() }) > 0) onTaken();
    await clock.sleep(everyMs, signal).catch(() => undefined);
  }
}
