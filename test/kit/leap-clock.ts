/** A clock that runs faster than the real one, and can be sent ahead: for waits of hours between real files and real HTTP. */
import type { Clock } from '../../src/kernel/index.ts';

export class LeapClock implements Clock {
  readonly #pace: number;
  readonly #sleepers = new Set<() => void>();
  readonly #startMs = Date.now();
  readonly #startElapsedMs = performance.now();
  #leapMs = 0;
  #setBackMs = 0;

  /** @param pace how much faster: moments that Homeroll waits for politeness are over sooner, and no test depends on it */
  constructor(pace = 20) {
    this.#pace = pace;
  }

  now(): number {
    return Math.floor(this.#startMs - this.#setBackMs + this.elapsed());
  }

  elapsed(): number {
    return (performance.now() - this.#startElapsedMs) * this.#pace + this.#leapMs;
  }

  /** Everybody who would have woken meanwhile wakes now. */
  leap(durationMs: number): void {
    this.#leapMs += durationMs;
    for (const look of [...this.#sleepers]) look();
  }

  /** Somebody sets the system's clock back: it is earlier now, and nobody wakes. */
  setBack(durationMs: number): void {
    this.#setBackMs += durationMs;
  }

  sleep(delayMs: number, signal: AbortSignal): Promise<void> {
    const dueMs = this.elapsed() + delayMs;
    return new Promise((resolve, reject) => {
      if (signal.aborted) return reject(signal.reason);
      let timer: NodeJS.Timeout | undefined;
      const done = (end: () => void): void => {
        clearTimeout(timer);
        this.#sleepers.delete(look);
        signal.removeEventListener('abort', giveUp);
        end();
      };
      const giveUp = (): void => done(() => reject(signal.reason));
      const look = (): void => {
        const leftMs = dueMs - this.elapsed();
        clearTimeout(timer);
        if (leftMs <= 0) done(resolve);
        else timer = setTimeout(look, Math.min(leftMs / this.#pace, 2 ** 31 - 1));
      };
      signal.addEventListener('abort', giveUp, { once: true });
      this.#sleepers.add(look);
      look();
    });
  }
}
