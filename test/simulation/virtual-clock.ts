/** A clock that jumps from one timer to the next as soon as everything in the process is quiet. */
import type { Clock } from '../../src/kernel/index.ts';

interface Timer {
  readonly atMs: number;
  readonly order: number;
  fire(): void;
}

export class VirtualClock implements Clock {
  readonly #startMs: number;
  #elapsedMs = 0;
  #asideMs = 0;
  #timers: Timer[] = [];
  #order = 0;

  constructor(startMs: number) {
    this.#startMs = startMs;
  }

  /** What the wall clock shows: people set it forward and back. */
  now(): number {
    return this.trueNow() + this.#asideMs;
  }

  /** What it would show if nobody had touched it. */
  trueNow(): number {
    return this.#startMs + this.#elapsedMs;
  }

  elapsed(): number {
    return this.#elapsedMs;
  }

  /** Sets the wall clock so far from the truth; waits go on as they were. */
  setAside(byMs: number): void {
    this.#asideMs = byMs;
  }

  sleep(delayMs: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal.aborted) return reject(signal.reason);
      const giveUp = (): void => {
        this.#timers = this.#timers.filter((other) => other !== timer);
        reject(signal.reason);
      };
      const timer: Timer = {
        // Whole milliseconds, as a real clock tells them: fractions would never quite reach what is due.
        atMs: this.#elapsedMs + Math.ceil(Math.max(0, delayMs)),
        order: this.#order++,
        fire: () => {
          signal.removeEventListener('abort', giveUp);
          resolve();
        },
      };
      signal.addEventListener('abort', giveUp, { once: true });
      this.#insert(timer);
    });
  }

  /** Lets time pass until `untilMs` (elapsed), or until `isEnough` says so. */
  async run(untilMs: number, isEnough: () => boolean = () => false): Promise<void> {
    for (;;) {
      await quiet();
      if (isEnough()) return;
      const next = this.#timers[0];
      if (!next || next.atMs > untilMs) break;
      this.#timers.shift();
      this.#elapsedMs = Math.max(this.#elapsedMs, next.atMs);
      next.fire();
    }
    this.#elapsedMs = Math.max(this.#elapsedMs, Math.ceil(untilMs));
  }

  /** Whoever slept here is gone: its timers never fire. */
  forgetAll(): void {
    this.#timers = [];
  }

  #insert(timer: Timer): void {
    let low = 0;
    let high = this.#timers.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const other = this.#timers[middle];
      if (other && (other.atMs < timer.atMs || (other.atMs === timer.atMs && other.order < timer.order))) low = middle + 1;
      else high = middle;
    }
    this.#timers.splice(low, 0, timer);
  }
}

/** The same passing of time behind a wall clock of its own, such as that of the machine Immich runs on. */
export function clockAside(clock: VirtualClock, asideMs: () => number): Clock {
  return {
    now: () => clock.trueNow() + asideMs(),
    elapsed: () => clock.elapsed(),
    sleep: (delayMs, signal) => clock.sleep(delayMs, signal),
  };
}

/**
 * Resolves when every promise and every `process.nextTick` that was under way has run: setImmediate comes after both. Nothing in a
 * simulation waits for real input or output, so what is quiet then stays quiet until time passes.
 */
async function quiet(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}
