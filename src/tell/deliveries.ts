/** Brings news to all tellers at the same time: one that is slow holds up none of the others. */
import type { NamedTeller } from './tellers.ts';
import { Way, type WayParts } from './way.ts';

export interface DeliveryParts extends WayParts {
  readonly tellers: readonly NamedTeller[];
}

export class Deliveries {
  readonly #parts: DeliveryParts;
  readonly #ways: readonly Way[];

  constructor(parts: DeliveryParts) {
    this.#parts = parts;
    const waysNow = parts.tellers.filter(({ teller }) => teller.kind !== 'mqtt' || parts.tellDevice !== undefined);
    this.#ways = waysNow.map((teller) => new Way(teller, parts));
  }

  /** There is something new in the outbox. */
  wake(): void {
    for (const way of this.#ways) way.wake();
  }

  /** Until `signal` is aborted. */
  async run(signal: AbortSignal): Promise<void> {
    const { journal, tellers } = this.#parts;
    // What waits for a way that is no longer configured would wait for ever.
    journal.outbox.giveUpUnless(tellers.map(({ name }) => name));
    await Promise.all(this.#ways.map((way) => way.run(signal)));
  }

  /** Brings what is due now, and waits for that no longer than `timeoutMs`. Not while `run` is at work. */
  async flush(timeoutMs: number, signal: AbortSignal): Promise<void> {
    const ending = new AbortController();
    const both = AbortSignal.any([signal, ending.signal]);
    const brought = Promise.all(this.#ways.map((way) => way.bringDue(both)));
    const patience = this.#parts.clock.sleep(timeoutMs, both).catch(() => undefined);
    await Promise.race([brought, patience]);
    ending.abort();
    await brought;
  }
}
