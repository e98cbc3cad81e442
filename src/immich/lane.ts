/** So many at once and no more; the others wait their turn. Who takes very long lends its place to the next. */
import type { Clock } from '../kernel/index.ts';

export interface Lane {
  /** Runs `work` when there is room, first come first served. Rejects with the signal's reason when aborted while waiting. */
  run<T>(work: () => Promise<T>, signal: AbortSignal): Promise<T>;
}

export interface Lending {
  readonly clock: Clock;
  /** Who has been in for so long counts no more. */
  readonly afterMs: number;
  /** But so many at the most: a server that answers nobody must not be asked without end. */
  readonly most: number;
}

/** One of those who are in. */
interface Place {
  readonly sinceMs: number;
  isLent: boolean;
}

export function lane(width: number, lending?: Lending): Lane {
  let free = width;
  const waiting = new Set<() => void>();
  /** In the order in which they came. Empty where nothing is lent. */
  const inside = new Set<Place>();
  let looking: AbortController | undefined;

  const enter = (signal: AbortSignal): Promise<void> | undefined => {
    signal.throwIfAborted();
    if (free > 0) {
      free--;
      return undefined;
    }
    return new Promise((resolve, reject) => {
      const proceed = (): void => {
        signal.removeEventListener('abort', giveUp);
        resolve();
      };
      const giveUp = (): void => {
        waiting.delete(proceed);
        stopLookingIfNoneWaits();
        reject(signal.reason);
      };
      waiting.add(proceed);
      signal.addEventListener('abort', giveUp, { once: true });
      lookForPlaces();
    });
  };
  const leave = (): void => {
    const [next] = waiting;
    if (!next) {
      free++;
      return;
    }
    waiting.delete(next);
    stopLookingIfNoneWaits();
    next();
  };

  const stopLookingIfNoneWaits = (): void => {
    if (waiting.size > 0) return;
    looking?.abort();
    looking = undefined;
  };
  const lendLongest = ({ clock, afterMs, most }: Lending): number | undefined => {
    const lent = [...inside].filter(({ isLent }) => isLent).length;
    const longest = [...inside].find(({ isLent }) => !isLent);
    if (!longest || lent >= most) return undefined;
    const leftMs = longest.sinceMs + afterMs - clock.elapsed();
    if (leftMs > 0) return leftMs;
    longest.isLent = true;
    leave();
    return 0;
  };
  /** Only while somebody waits: a timer for each question would be one too many. */
  const lookForPlaces = (): void => {
    if (!lending || looking) return;
    const ending = new AbortController();
    looking = ending;
    const look = async (): Promise<void> => {
      while (!ending.signal.aborted) {
        // Where all that may be lent is lent, somebody who leaves makes room.
        const leftMs = lendLongest(lending) ?? lending.afterMs;
        if (leftMs > 0) await lending.clock.sleep(leftMs, ending.signal).catch(() => undefined);
      }
    };
    void look();
  };

  return {
    async run(work, signal) {
      await enter(signal);
      const place: Place | undefined = lending && { sinceMs: lending.clock.elapsed(), isLent: false };
      if (place) inside.add(place);
      try {
        return await work();
      } finally {
        if (place) inside.delete(place);
        if (!place?.isLent) leave();
      }
    },
  };
}
