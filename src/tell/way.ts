/** One way that news go: takes what is due for its teller, in order, tries again what failed, and remembers both in the outbox. */
import type { Journal, News } from '../journal/index.ts';
import { assertNever, type Clock, type Log, type Random } from '../kernel/index.ts';
import type { Post, Posted } from './post.ts';
import type { NamedTeller } from './tellers.ts';

/** Resolves when the device's broker has it; waits as long as that is away. */
export type TellDevice = (news: News, signal: AbortSignal) => Promise<void>;

export interface WayParts {
  readonly journal: Pick<Journal, 'outbox'>;
  readonly post: Post;
  /** Left out: there is no device now, and its news wait. */
  readonly tellDevice?: TellDevice | undefined;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
}

const atOnce = 20;
const firstDelayMs = 10_000;
const longestDelayMs = 3_600_000;
// A receiver that refuses gets a day to be mended by a person; after that the news is of yesterday.
const patienceWithRefusalMs = 86_400_000;

export class Way {
  readonly #teller: NamedTeller;
  readonly #parts: WayParts;
  #isWoken = false;
  #wakeSleeper: () => void = () => undefined;

  constructor(teller: NamedTeller, parts: WayParts) {
    this.#teller = teller;
    this.#parts = parts;
  }

  wake(): void {
    this.#isWoken = true;
    this.#wakeSleeper();
  }

  /** Until `signal` is aborted. */
  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      this.#isWoken = false;
      await this.bringDue(signal);
      await this.#rest(signal);
    }
  }

  /** Ends early, without a word, when `signal` is aborted: what was not brought is still in the outbox. */
  async bringDue(signal: AbortSignal): Promise<void> {
    for (let due = this.#due(); due.length > 0 && !signal.aborted; due = this.#due()) {
      for (const news of due) {
        const posted = await this.#bring(news, signal).catch((error: unknown) => {
          if (signal.aborted) return undefined;
          throw error;
        });
        if (!posted) return;
        this.#note(news, posted);
      }
    }
  }

  #due(): readonly News[] {
    const nowMs = this.#parts.clock.now();
    // Twice, since the wait is drawn around its length.
    return this.#parts.journal.outbox.dueFor(this.#teller.name, { nowMs, longestWaitMs: 2 * longestDelayMs, limit: atOnce });
  }

  async #rest(signal: AbortSignal): Promise<void> {
    if (this.#isWoken || signal.aborted) return;
    const { clock, journal } = this.#parts;
    const alarm = new AbortController();
    const woken = new Promise<void>((resolve) => {
      this.#wakeSleeper = resolve;
    });
    const dueAtMs = journal.outbox.nextDueAtMs(this.#teller.name);
    // Without an alarm there is still the wake, and a look now and then harms nobody.
    const sleepMs = dueAtMs === undefined ? longestDelayMs : Math.max(0, dueAtMs - clock.now());
    await Promise.race([woken, clock.sleep(sleepMs, AbortSignal.any([signal, alarm.signal])).catch(() => undefined)]);
    alarm.abort();
  }

  async #bring(news: News, signal: AbortSignal): Promise<Posted> {
    const { id, kind, text, facts, madeAtMs } = news;
    const { teller } = this.#teller;
    switch (teller.kind) {
      case 'log':
        this.#parts.log.info(text, { news: kind });
        return { kind: 'taken' };
      case 'webhook':
        return this.#parts.post(teller, { id, kind, text, facts, at: new Date(madeAtMs).toISOString() }, signal);
      case 'mqtt':
        await this.#parts.tellDevice?.(news, signal);
        return { kind: 'taken' };
      case 'phone':
      case 'speaker':
        throw new Error('not built yet');
      default:
        return assertNever(teller);
    }
  }

  #note(news: News, posted: Posted): void {
    const { journal, clock, random, log } = this.#parts;
    const nowMs = clock.now();
    if (posted.kind === 'taken') {
      journal.outbox.markDelivered(news.id, nowMs);
      return;
    }
    const isGivenUp = posted.isRefused && nowMs - news.madeAtMs >= patienceWithRefusalMs;
    const delayMs = Math.min(longestDelayMs, firstDelayMs * 2 ** Math.min(news.tries, 20)) * (0.75 + random.next() / 2);
    journal.outbox.markFailed(news.id, posted.problem, isGivenUp ? undefined : nowMs + delayMs);
    const facts = { teller: news.teller };
    if (isGivenUp) log.warn(`A message could not be delivered and is given up: ${posted.problem}.`, facts);
    // Told at the first failure only.
    else if (news.tries === 0) log.warn(`A message could not be delivered and is tried again: ${posted.problem}.`, facts);
  }
}
