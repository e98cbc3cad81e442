/** Knocks at whatever is shut, each at its own pace, until it is open or everything ends. */
import { type Clock, isAbort, type Log, sentenceOf } from '../kernel/index.ts';

export interface Visit {
  /** How long until the next knock; undefined: it is open. */
  waitMs(): number | undefined;
  /** What it rejects with, apart from an abort, is logged, and nobody stops knocking for it: a disk may be full just now. */
  knock(signal: AbortSignal): Promise<void>;
}

export class Knocking {
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #underWay = new Set<Promise<void>>();
  readonly #ending = new AbortController();
  #nudge = new AbortController();

  constructor({ clock, log }: { readonly clock: Clock; readonly log: Log }) {
    this.#clock = clock;
    this.#log = log;
  }

  begin(visit: Visit, by: AbortSignal): void {
    const signal = AbortSignal.any([by, this.#ending.signal]);
    const knocking = this.#knock(visit, signal).finally(() => this.#underWay.delete(knocking));
    this.#underWay.add(knocking);
  }

  /** Nobody waits any longer for the next knock. */
  knockNow(): void {
    const before = this.#nudge;
    this.#nudge = new AbortController();
    before.abort();
  }

  /** Knocks no more; resolves when no knock is under way. */
  async stop(): Promise<void> {
    this.#ending.abort();
    await Promise.allSettled(this.#underWay);
  }

  async #knock(visit: Visit, signal: AbortSignal): Promise<void> {
    for (let waitMs = visit.waitMs(); waitMs !== undefined; waitMs = visit.waitMs()) {
      const nudged = AbortSignal.any([signal, this.#nudge.signal]);
      await this.#clock.sleep(waitMs, nudged).catch(() => undefined);
      if (signal.aborted || visit.waitMs() === undefined) return;
      await visit.knock(signal).catch((error: unknown) => {
        if (!signal.aborted && !isAbort(error)) this.#log.error('a knock went wrong', { error: sentenceOf(error) });
      });
    }
  }
}
