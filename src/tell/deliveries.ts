/** Brings news to all tellers at the same time: one that is slow holds up none of the others. */
import type { Journal, News } from '../journal/index.ts';
import type { Ids } from '../kernel/index.ts';
import { type BringerParts, bringersOf } from './bringers.ts';
import type { NamedTeller } from './tellers.ts';
import { Way, type WayParts } from './way.ts';

const dayMs = 24 * 3_600_000;
// Longer than any button under them counts; after that they would only make the journal grow.
const rememberedMs = 90 * dayMs;

export interface DeliveryParts extends Omit<WayParts, 'tellInstead' | 'onInstead' | 'journal'>, BringerParts {
  readonly journal: Pick<Journal, 'outbox' | 'facts' | 'transaction' | 'durably'>;
  readonly tellers: readonly NamedTeller[];
  readonly ids: Ids;
}

export class Deliveries {
  readonly #parts: DeliveryParts;
  readonly #ways: readonly Way[];

  constructor(parts: DeliveryParts) {
    this.#parts = parts;
    // Until there is a device its news wait.
    const tellers = parts.tellers.filter(({ teller }) => teller.kind !== 'mqtt' || parts.tellDevice !== undefined);
    const ofWay: WayParts = { ...parts, tellInstead: (news) => this.#tellPhones(news), onInstead: () => this.wake() };
    const bringers = bringersOf(tellers, parts);
    this.#ways = bringers.map((bringer, index) => new Way(tellers[index]?.name ?? '', bringer, ofWay));
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
    await Promise.all([this.#forgetOldNews(signal), ...this.#ways.map((way) => way.run(signal))]);
  }

  async #forgetOldNews(signal: AbortSignal): Promise<void> {
    const { journal, clock } = this.#parts;
    while (!signal.aborted) {
      journal.outbox.forgetEnded(clock.now() - rememberedMs);
      await clock.sleep(dayMs, signal).catch(() => undefined);
    }
  }

  /** Resolves when all that is due now was brought, at the latest after `timeoutMs`. Only while `run` is at work. */
  async whenTold(timeoutMs: number, signal: AbortSignal): Promise<void> {
    const enough = new AbortController();
    const patience = this.#parts.clock.sleep(timeoutMs, AbortSignal.any([signal, enough.signal])).catch(() => undefined);
    await Promise.race([Promise.all(this.#ways.map((way) => way.whenAtRest())), patience]);
    enough.abort();
  }

  /** On each phone that may hear them and was not told already, at once. @returns those that no phone may hear */
  #tellPhones(news: readonly News[]): readonly News[] {
    const { journal, tellers, ids, clock } = this.#parts;
    const phones = tellers.filter(({ teller }) => teller.kind === 'phone');
    return news.filter((one) => {
      const hearers = phones.filter((phone) => phone.mayHear(one));
      for (const { name } of hearers) {
        const known = journal.outbox.alike(one, name);
        if (known?.isWaiting) journal.outbox.hurry(known.id, clock.now());
        if (!known) journal.outbox.put({ ...one, id: ids.uuid(), teller: name, facts: { ...one.facts, isAtOnce: true } });
      }
      return hearers.length === 0;
    });
  }
}
