/** One way that news go: takes what is due for its teller, in order, tries again what failed, and remembers both in the outbox. */
import type { Journal, News } from '../journal/index.ts';
import { assertNever, type Clock, type Log, type Random, Waker } from '../kernel/index.ts';
import type { Bringer, Brought, Fate } from './bringer.ts';

export interface WayParts {
  readonly journal: Pick<Journal, 'outbox' | 'transaction'>;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  /** Puts them for the phones; within the transaction in which they leave this way. @returns those for which there is none */
  readonly tellInstead: (news: readonly News[]) => readonly News[];
  /** What was put for the phones is on the disk. */
  readonly onInstead: () => void;
}

const firstDelayMs = 10_000;
const longestDelayMs = 3_600_000;
// A bringer that errs about its own timing is asked every second, and not all the time.
const shortestPauseMs = 1_000;
// A receiver that refuses gets a day to be mended by a person; after that the news is of yesterday.
const patienceWithRefusalMs = 86_400_000;

export class Way {
  readonly #name: string;
  readonly #bringer: Bringer;
  readonly #parts: WayParts;
  readonly #waker = new Waker();
  /** What waits by the bringer's timing may be brought now. */
  #isChance = false;
  #isAtRest = false;
  #restWaiters: (() => void)[] = [];
  /** What was said of it last, until something comes through. */
  #toldProblem: string | undefined;

  /** @param name of the teller */
  constructor(name: string, bringer: Bringer, parts: WayParts) {
    this.#name = name;
    this.#bringer = bringer;
    this.#parts = parts;
  }

  wake(): void {
    this.#isAtRest = false;
    this.#waker.wake();
  }

  /** Resolves when nothing is due on it now, and nothing on its way. Only while `run` is at work. */
  whenAtRest(): Promise<void> {
    return this.#isAtRest ? Promise.resolve() : new Promise((resolve) => this.#restWaiters.push(resolve));
  }

  /** Until `signal` is aborted. */
  async run(signal: AbortSignal): Promise<void> {
    const unwatch = this.#bringer.watch?.(() => {
      this.#isChance = true;
      this.wake();
    });
    try {
      while (!signal.aborted) {
        this.#waker.arm();
        this.#isAtRest = false;
        await this.#bringDue(signal);
        await this.#rest(signal);
      }
    } finally {
      unwatch?.();
    }
  }

  /** Ends early, without a word, when `signal` is aborted: what was not brought is still in the outbox. */
  async #bringDue(signal: AbortSignal): Promise<void> {
    for (let due = this.#due(); due.length > 0 && !signal.aborted; due = this.#due()) {
      const bringing = this.#bringer.bring(due, signal);
      for (;;) {
        const next = await bringing.next().catch((error: unknown) => {
          if (signal.aborted) return undefined;
          throw error;
        });
        if (!next) return;
        if (next.done) break;
        this.#note(next.value);
      }
    }
  }

  #due(): readonly News[] {
    const { journal, clock } = this.#parts;
    const nowMs = clock.now();
    // All at once, so that what belongs together is brought together.
    if (this.#isChance) journal.outbox.makeDue(this.#name, nowMs);
    this.#isChance = false;
    // Twice, since the wait is drawn around its length.
    const question = { nowMs, longestWaitMs: 2 * longestDelayMs, limit: this.#bringer.atOnce };
    return journal.outbox.dueFor(this.#name, question);
  }

  async #rest(signal: AbortSignal): Promise<void> {
    if (this.#waker.isAwake || signal.aborted) return;
    this.#tellRest();
    const { clock, journal } = this.#parts;
    // Without an alarm there is still the wake, and a look now and then harms nobody.
    const dueAtMs = journal.outbox.nextDueAtMs(this.#name) ?? clock.now() + longestDelayMs;
    await this.#waker.wait(clock, dueAtMs, signal);
  }

  #tellRest(): void {
    this.#isAtRest = true;
    const waiters = this.#restWaiters;
    this.#restWaiters = [];
    for (const tell of waiters) tell();
  }

  #note({ news, fate }: Brought): void {
    const { journal, clock, log } = this.#parts;
    const nowMs = clock.now();
    switch (fate.kind) {
      case 'taken':
        if (this.#toldProblem !== undefined) log.info('Messages get through again.', { teller: this.#name });
        this.#toldProblem = undefined;
        this.#write(news, ({ id }) => journal.outbox.markDelivered(id, nowMs));
        break;
      case 'later': {
        const atMs = Math.max(nowMs + shortestPauseMs, Math.min(fate.atMs, nowMs + longestDelayMs));
        this.#write(news, ({ id }) => journal.outbox.postpone(id, atMs));
        break;
      }
      case 'let go':
        this.#write(news, ({ id }) => journal.outbox.letGo(id, fate.because));
        for (const { text } of news) log.info(`Not told any more, since ${fate.because}: ${text}`, { teller: this.#name });
        break;
      case 'instead':
        this.#noteInstead(news, fate.because);
        break;
      case 'failed':
        this.#noteFailed(news, fate);
        break;
      default:
        assertNever(fate);
    }
  }

  #write(news: readonly News[], write: (one: News) => void): void {
    this.#parts.journal.transaction(() => {
      for (const one of news) write(one);
    });
  }

  /** They leave this way in the transaction in which they are put for the phones: never told on neither, and never on both. */
  #noteInstead(news: readonly News[], because: string): void {
    const { journal, tellInstead, onInstead } = this.#parts;
    const untold = journal.transaction(() => {
      const left = tellInstead(news);
      for (const one of news) if (!left.includes(one)) journal.outbox.letGo(one.id, `told on the phones: ${because}`);
      return left;
    });
    if (untold.length < news.length) {
      this.#warnOnce(because, `${because} Meanwhile its news go to the phones.`);
      onInstead();
    }
    if (untold.length > 0) this.#noteFailed(untold, { problem: `${because} There is no phone to tell it on`, isRefused: false });
  }

  #noteFailed(news: readonly News[], { problem, isRefused, restMs = 0 }: Omit<Fate & { readonly kind: 'failed' }, 'kind'>): void {
    const { journal, clock, random, log } = this.#parts;
    const nowMs = clock.now();
    const isGivenUp = ({ madeAtMs }: News): boolean => isRefused && nowMs - madeAtMs >= patienceWithRefusalMs;
    this.#write(news, (one) => {
      const delayMs = Math.min(longestDelayMs, firstDelayMs * 2 ** Math.min(one.tries, 20)) * (0.75 + random.next() / 2);
      const waitMs = Math.max(delayMs, Math.min(restMs, longestDelayMs));
      journal.outbox.markFailed(one.id, problem, isGivenUp(one) ? undefined : nowMs + waitMs);
    });
    for (const _ of news.filter(isGivenUp))
      log.warn(`A message could not be delivered and is given up: ${problem}.`, { teller: this.#name });
    if (!news.every(isGivenUp)) this.#warnOnce(problem, `A message could not be delivered and is tried again: ${problem}.`);
  }

  /** One fact, one line, however many messages wait for it. */
  #warnOnce(problem: string, sentence: string): void {
    if (this.#toldProblem !== problem) this.#parts.log.warn(sentence, { teller: this.#name });
    this.#toldProblem = problem;
  }
}
