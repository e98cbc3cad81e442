/** Time as an argument: the one place that reads the system clock and sets timers. */

export interface Clock {
  /** Unix milliseconds. May jump when somebody sets the system's clock: never subtract two of these to measure a wait. */
  now(): number;
  /** Milliseconds that only grow, from an arbitrary start. */
  elapsed(): number;
  /** Resolves after `delayMs`; rejects with the signal's reason as soon as it is aborted. */
  sleep(delayMs: number, signal: AbortSignal): Promise<void>;
}

// setTimeout fires at once beyond this (2^31 - 1), so longer sleeps are taken in pieces.
const longestTimerMs = 2_147_483_647;

export const systemClock: Clock = {
  now: () => Date.now(),
  elapsed: () => performance.now(),
  async sleep(delayMs, signal) {
    for (let leftMs = Math.max(0, delayMs); ; leftMs -= longestTimerMs) {
      await nap(Math.min(leftMs, longestTimerMs), signal);
      if (leftMs <= longestTimerMs) return;
    }
  },
};

function nap(delayMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason);
    const giveUp = (): void => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', giveUp);
      resolve();
    }, delayMs);
    signal.addEventListener('abort', giveUp, { once: true });
  });
}
