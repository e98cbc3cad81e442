/** Answers the buttons under messages on phones: gives the order, and says in the message's own place what became of it. */
import { isOpen, noteOrder, orderAbout, whyNews } from '../desk/index.ts';
import { buttonsOf, type Pressed, phoneContent, pressedOf, sortOf, tagOf, type Verb, withoutCommands } from '../domain/index.ts';
import { type HomeAssistant, HomeAssistantError, type HomeEvent } from '../hass/index.ts';
import type { Journal, News } from '../journal/index.ts';
import { type Clock, type CrashPoints, type Log, Waker } from '../kernel/index.ts';
import { takeFromPhone } from '../tell/index.ts';
import { type Owed, owedReplies, rememberOwed } from './owed.ts';

export interface PhoneAnswersParts {
  readonly journal: Journal;
  readonly home: HomeAssistant;
  readonly clock: Clock;
  readonly log: Log;
  readonly crashPoints: CrashPoints;
  /** The phones that are told, by their tellers' names. */
  readonly phones: readonly { readonly name: string; readonly action: string }[];
  /** Tells two Homerolls of one household apart. */
  readonly homeroll: string;
}

// A Homeroll at work takes an order within half a second.
const lookEveryMs = 500;
const longestMemoryMs = 30 * 86_400_000;
// Somebody who presses all buttons there are does not fill the memory.
const mostWaiting = 100;

interface Reply {
  readonly title: string;
  readonly text: string;
  readonly tag: string;
  readonly buttons: readonly Verb[];
  readonly newsId: string;
}

export class PhoneAnswers {
  readonly #parts: PhoneAnswersParts;
  readonly #pressed: { readonly pressed: Pressed; readonly event: HomeEvent }[] = [];
  readonly #waker = new Waker();

  constructor(parts: PhoneAnswersParts) {
    this.#parts = parts;
  }

  /** Until `signal` is aborted. */
  async run(signal: AbortSignal): Promise<void> {
    const { home, homeroll } = this.#parts;
    const stopHearing = home.onEvent('mobile_app_notification_action', (event) => {
      const pressed = pressedOf(homeroll, event.data.action);
      if (!pressed || this.#pressed.length >= mostWaiting) return;
      this.#pressed.push({ pressed, event });
      this.#waker.wake();
    });
    const stopWaiting = home.onUp(() => this.#waker.wake());
    try {
      while (!signal.aborted) {
        this.#waker.arm();
        for (let one = this.#pressed.shift(); one; one = this.#pressed.shift()) await this.#answer(one.pressed, one.event, signal);
        await this.#settleDebts(signal);
        await this.#rest(signal);
      }
    } finally {
      stopHearing();
      stopWaiting();
    }
  }

  async #answer({ newsId, verb }: Pressed, { data }: HomeEvent, signal: AbortSignal): Promise<void> {
    const { journal, clock } = this.#parts;
    const news = journal.outbox.byId(newsId);
    const nowMs = clock.now();
    const isExpired = news && (nowMs - news.madeAtMs > longestMemoryMs || !isOpen(news, verb, { journal, nowMs }));
    if (!news) await this.#replyTo(this.#phonesIn(data), forgotten(data), signal);
    else if (isExpired) await this.#reply(news, `That is settled already: ${withoutCommands(news.text)}`, { isSettled: true }, signal);
    else if (verb === 'why') await this.#reply(news, whyNews(news, { journal, nowMs }).join('\n'), { isSettled: false }, signal);
    else this.#order(news, verb);
  }

  #order(news: News, verb: Verb): void {
    const { journal, clock } = this.#parts;
    const order = orderAbout(news, verb);
    if (!order || this.#isUnderWay(news)) return;
    journal.durably(() => {
      const id = noteOrder(journal, order, clock.now());
      journal.outbox.noteOrder(news.id, id);
      rememberOwed(journal, [...owedReplies(journal), { newsId: news.id, order: id }]);
    });
    this.#parts.crashPoints.reach('after a button was noted');
  }

  /** A second press before the first was answered does nothing. */
  #isUnderWay({ facts }: News): boolean {
    return typeof facts.order === 'number' && this.#parts.journal.orders.answer(facts.order) === undefined;
  }

  async #settleDebts(signal: AbortSignal): Promise<void> {
    const { journal, home } = this.#parts;
    for (const owed of owedReplies(journal)) {
      const answer = journal.orders.answer(owed.order);
      const news = journal.outbox.byId(owed.newsId);
      if (!home.isUp || (answer === undefined && news !== undefined)) continue;
      const isTold = !news || (await this.#reply(news, withoutCommands(answer ?? '') || (answer ?? ''), { isSettled: true }, signal));
      if (isTold) this.#forget(owed);
    }
  }

  #forget({ newsId, order }: Owed): void {
    const { journal } = this.#parts;
    rememberOwed(
      journal,
      owedReplies(journal).filter((one) => one.newsId !== newsId || one.order !== order),
    );
  }

  /** In the place of the message, with its buttons as long as there is something to decide. */
  async #reply(news: News, text: string, { isSettled }: { readonly isSettled: boolean }, signal: AbortSignal): Promise<boolean> {
    const { phones, journal } = this.#parts;
    const title = typeof news.facts.source === 'string' ? news.facts.source : 'Homeroll';
    const buttons = isSettled ? [] : buttonsOf(news).filter((verb) => verb !== 'why');
    const content = { title, text, tag: tagOf(sortOf(news)), buttons, newsId: news.id };
    const actions = phones.flatMap(({ name, action }) => (name === news.teller ? [action] : []));
    const isTold = await this.#replyTo(actions, content, signal);
    // The answer stands there now, and stays until its owner has read it.
    if (isTold && isSettled) for (const action of actions) takeFromPhone(journal, { action, tag: content.tag });
    return isTold;
  }

  /** @returns false: Home Assistant is away, and it can be tried again */
  async #replyTo(actions: readonly string[], reply: Reply, signal: AbortSignal): Promise<boolean> {
    const { home, homeroll, log } = this.#parts;
    for (const action of actions) {
      try {
        await home.act({ domain: 'notify', action, data: phoneContent({ ...reply, phone: action, homeroll }) }, signal);
      } catch (error) {
        if (signal.aborted) return false;
        if (!(error instanceof HomeAssistantError)) throw error;
        if (error.isPassing) return false;
        log.warn(`A phone could not be answered: ${error.message}`, { phone: action });
      }
    }
    return true;
  }

  /** Of news that nobody knows any more the phone is known only where it says so itself. */
  #phonesIn({ action_data: given }: HomeEvent['data']): readonly string[] {
    const all = this.#parts.phones.map(({ action }) => action);
    const named = typeof given === 'object' && given !== null && 'phone' in given ? given.phone : undefined;
    return typeof named === 'string' && all.includes(named) ? [named] : all;
  }

  #rest(signal: AbortSignal): Promise<void> {
    const { clock, journal, home } = this.#parts;
    const isOwing = home.isUp && owedReplies(journal).length > 0;
    return this.#waker.wait(clock, isOwing ? clock.now() + lookEveryMs : undefined, signal);
  }
}

/** The journal it was written in is gone. */
function forgotten(data: HomeEvent['data']): Reply {
  return {
    title: 'Homeroll',
    text: 'That is settled already: Homeroll does not know this message any more.',
    tag: typeof data.tag === 'string' && data.tag.startsWith('homeroll-') ? data.tag : tagOf('forgotten'),
    buttons: [],
    newsId: '',
  };
}
