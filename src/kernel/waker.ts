/** The sleep of a life: until somebody wakes it or the next thing is due, whichever comes first. */
import type { Clock } from './clock.ts';

/** Made once: a reason of its own for every nap would cost more than the nap. */
const awake = new Error('awake');

export class Waker {
  #isAwake = false;
  #wakeSleeper: (() => void) | undefined;
  #restWaiters: (() => void)[] = [];

  /** Somebody woke it since it was armed. */
  get isAwake(): boolean {
    return this.#isAwake;
  }

  /** A wake from here on is not missed by the next `wait`. */
  arm(): void {
    this.#isAwake = false;
  }

  wake(): void {
    this.#isAwake = true;
    this.#wakeSleeper?.();
  }

  tellRest(): void {
    const waiters = this.#restWaiters;
    this.#restWaiters = [];
    for (const tell of waiters) tell();
  }

  nextRest(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal.aborted) return reject(signal.reason);
      const giveUp = (): void => reject(signal.reason);
      signal.addEventListener('abort', giveUp, { once: true });
      this.#restWaiters.push(() => {
        signal.removeEventListener('abort', giveUp);
        resolve();
      });
    });
  }

  /** Resolves when woken, when `dueAtMs` has come, or when the signal is aborted. */
  async wait(clock: Clock, dueAtMs: number | undefined, signal: AbortSignal): Promise<void> {
    if (this.#isAwake || signal.aborted) return;
    const alarm = new AbortController();
    const woken = new Promise<void>((resolve) => {
      this.#wakeSleeper = resolve;
    });
    const stop = (): void => this.#wakeSleeper?.();
    signal.addEventListener('abort', stop, { once: true });
    let isDue = false;
    const ring = (): void => {
      isDue = true;
    };
    const due = dueAtMs === undefined ? [] : [clock.sleep(Math.max(0, dueAtMs - clock.now()), alarm.signal).then(ring, () => undefined)];
    await Promise.race([woken, ...due]);
    signal.removeEventListener('abort', stop);
    this.#wakeSleeper = undefined;
    // A timer that rang is over by itself.
    if (!isDue) alarm.abort(awake);
  }
}
