/** Notices that the work on files stands still: Immich was asked or sent something, and nothing comes. Others need not wait for that. */
import type { Clock } from '../kernel/index.ts';

/** Everything has left, and Immich has not answered. Unix ms. */
export interface AwaitedAnswer {
  readonly sinceMs: number;
  /** How long the answer is waited for before Immich is asked whether it has the file. */
  readonly untilMs: number;
}

const lookEveryMs = 1_000;
// Most answers come within a tenth of a second. Looks are counted and not the time between them: a computer that slept, or was busy with
// itself, has not listened.
const looksUntilStill = 5;

const over = new Error('the work is over');

export class Standstill {
  readonly #clock: Clock;
  readonly #ending = new AbortController();
  #looks = 0;
  #enoughLooks = looksUntilStill;
  #sent: AwaitedAnswer | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Nothing came or went for some seconds. */
  get isStill(): boolean {
    return this.#looks >= this.#enoughLooks;
  }

  /** Undefined while it moves, and while something else than an answer is missing. */
  get awaited(): AwaitedAnswer | undefined {
    return this.isStill ? this.#sent : undefined;
  }

  /** Bytes went or came, or an answer did. */
  moved(): void {
    this.#looks = 0;
    this.#enoughLooks = looksUntilStill;
    this.#sent = undefined;
  }

  /**
   * All of it has left: now only Immich can move it.
   * @param graceMs how much longer than others it takes, since it is large
   */
  sent({ patienceMs, graceMs }: { readonly patienceMs: number; readonly graceMs: number }): void {
    this.#looks = 0;
    this.#enoughLooks = looksUntilStill + Math.ceil(graceMs / lookEveryMs);
    const nowMs = this.#clock.now();
    this.#sent = { sinceMs: nowMs, untilMs: nowMs + patienceMs };
  }

  /** Calls `onStill` at each look at which nothing moves, until `end` is called. */
  async watch(onStill: () => void): Promise<void> {
    const { signal } = this.#ending;
    while (!signal.aborted) {
      await this.#clock.sleep(lookEveryMs, signal).catch(() => undefined);
      if (signal.aborted) return;
      this.#looks += 1;
      if (this.isStill) onStill();
    }
  }

  end(): void {
    this.#looks = 0;
    this.#ending.abort(over);
  }
}
