/** Asks Home Assistant for calendars as pictures need them, and now and then again, and sees to the pictures that its answers are about. */
import type { FileRecord, NamingEntry, SourceId } from '../../domain/index.ts';
import { type CalendarHome, HomeAssistantError, readCalendar } from '../../hass/index.ts';
import type { CalendarMonth, CalendarNews, Journal } from '../../journal/index.ts';
import { type Clock, type Log, Waker } from '../../kernel/index.ts';
import type { Accounts } from '../accounts.ts';
import { isPaused } from '../orders.ts';
import type { SourceInUse } from '../step.ts';
import { applyEvent } from '../transitions.ts';
import { followEntries } from './follow.ts';
import { noteAnswer } from './note-answer.ts';
import { askAgainAtMs, longestFreshMs, windowAround } from './window.ts';

export interface CalendarsParts {
  readonly journal: Journal;
  readonly clock: Clock;
  readonly log: Log;
  readonly home: CalendarHome;
  readonly language: string;
  readonly timeZone: string;
  readonly accounts: Pick<Accounts, 'all' | 'isUsable'>;
  /** Those in the configuration. */
  readonly sources: () => readonly SourceInUse[];
  /** The entry that names an album for it which it was never put into. */
  readonly lackedEntry: (file: FileRecord, source: SourceInUse) => NamingEntry | undefined;
  /** Files were given something to do. */
  readonly onChange: () => void;
}

// Home Assistant is there, and this calendar is not, or not for us.
const troubledForMs = 900_000;
// Home Assistant is there, and did not answer this time.
const silentForMs = 60_000;
const renameAgainMs = 600_000;
// A button that somebody presses again and again, or an automation, asks no more often.
const freshForMs = 60_000;
const longestSleepMs = 3_600_000;

export class Calendars {
  readonly #parts: CalendarsParts;
  readonly #waker = new Waker();
  /** What was said of a calendar, or of a month of it, so that it is said once. */
  readonly #troubles = new Map<string, string>();
  /**
   * Until when a calendar that did not answer is left in peace, by our elapsed time. The journal's due times hold for the months that were
   * wanted by then; this holds for those that are wanted meanwhile.
   */
  readonly #restUntilMs = new Map<string, number>();
  #wakes = 0;
  /** Until then nobody knows which there are. */
  #areStatesTold = false;
  #isAtRest = true;
  #renameAtMs: number | undefined;

  constructor(parts: CalendarsParts) {
    this.#parts = parts;
  }

  /** Pictures came of a time that nobody was asked about, or an account is back. */
  wake(): void {
    this.#wakes += 1;
    this.#isAtRest = false;
    this.#waker.wake();
  }

  /** Somebody asks for it: entries may have been written of times long ago, too. */
  askAnew(): void {
    const { journal, clock } = this.#parts;
    const nowMs = clock.now();
    this.#restUntilMs.clear();
    journal.calendarMonths.askAnew(this.#named(), { nowMs, staleMs: nowMs - freshForMs });
    this.wake();
  }

  /** Resolves when nothing is to be asked now, or nobody is there to answer. */
  async whenAtRest(signal: AbortSignal): Promise<void> {
    while (!this.#isAtRest) await this.#waker.nextRest(signal);
  }

  /** Until `signal` is aborted. */
  async run(signal: AbortSignal): Promise<void> {
    const { home, journal, clock } = this.#parts;
    journal.calendarMonths.forgetOthers(this.#named());
    const hear = (): void => {
      this.#areStatesTold = true;
      this.wake();
    };
    const stops = [home.follow(this.#named(), hear), home.onUp(() => this.wake())];
    try {
      while (!signal.aborted) {
        this.#waker.arm();
        const wakes = this.#wakes;
        await this.#seeToNews(signal);
        await this.#askAll(signal);
        await this.#followAll(signal);
        if (wakes === this.#wakes) {
          this.#isAtRest = true;
          this.#waker.tellRest();
        }
        await this.#waker.wait(clock, this.#nextMs(), signal);
      }
    } catch (error) {
      if (!signal.aborted) throw error;
    } finally {
      for (const stop of stops) stop();
    }
  }

  /** Somebody may set the clock back while it sleeps: so never for long. */
  #nextMs(): number {
    const { clock } = this.#parts;
    const rests = [...this.#restUntilMs.values()].map((untilMs) => clock.now() + Math.max(0, untilMs - clock.elapsed()));
    const dues = [this.#renameAtMs, this.#nextMonth()?.dueAtMs].filter((dueAtMs) => dueAtMs !== undefined);
    return Math.min(...dues, ...rests, clock.now() + longestSleepMs);
  }

  #named(): readonly string[] {
    const wishes = this.#parts.sources().flatMap(({ config }) => config.calendars ?? []);
    return [...new Set(wishes.map(({ calendar }) => calendar))];
  }

  /** The month that is to be asked for next, of a calendar that can be asked. */
  #nextMonth(): (CalendarMonth & { readonly dueAtMs: number }) | undefined {
    const { home, journal, clock } = this.#parts;
    if (!home.isUp) return undefined;
    for (const [calendar, untilMs] of this.#restUntilMs) if (untilMs <= clock.elapsed()) this.#restUntilMs.delete(calendar);
    const there = this.#named().filter((calendar) => this.#isThere(calendar) && !this.#restUntilMs.has(calendar));
    return there.length === 0 ? undefined : journal.calendarMonths.next(there, { nowMs: clock.now(), longestWaitMs: longestFreshMs });
  }

  /** Home Assistant writes an error into its log when it is asked for a calendar that it does not have. */
  #isThere(calendar: string): boolean {
    const state = this.#parts.home.entity(calendar)?.state;
    return state !== undefined && state !== 'unavailable';
  }

  #sayWhichAreMissing(): void {
    const { home } = this.#parts;
    if (!home.isUp || !this.#areStatesTold) return;
    for (const calendar of this.#named()) {
      const isKnown = home.entity(calendar) !== undefined;
      if (!isKnown) this.#say(calendar, `Home Assistant has no ${calendar}, so it names no albums; homeroll doctor says more.`);
      else if (this.#troubles.get(calendar)?.startsWith('Home Assistant has no ')) this.#say(calendar, undefined);
    }
  }

  async #askAll(signal: AbortSignal): Promise<void> {
    const { clock } = this.#parts;
    this.#sayWhichAreMissing();
    while (!signal.aborted) {
      const next = this.#nextMonth();
      if (!next || next.dueAtMs > clock.now()) return;
      await this.#ask(next, signal);
      await this.#seeToNews(signal);
    }
  }

  async #ask(asked: CalendarMonth, signal: AbortSignal): Promise<void> {
    const { home, journal, clock } = this.#parts;
    const { calendar, month } = asked;
    const window = windowAround(month);
    try {
      const answer = await readCalendar(home, { calendar, ...window }, signal);
      const nowMs = clock.now();
      journal.transaction(() => {
        noteAnswer(answer, { journal, calendar, window, nowMs });
        journal.calendarMonths.noteAsked(asked, { nowMs, dueAtMs: askAgainAtMs(month, nowMs) });
      });
      this.#say(calendar, undefined);
      if (answer.isCut)
        this.#say(`${calendar} ${month}`, `More than 500 entries of ${calendar} lie around ${month}: the last name no albums.`);
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof HomeAssistantError)) throw error;
      if (!home.isUp) return;
      if (!error.isPassing)
        this.#say(calendar, `${calendar} cannot be read, so it names no albums; homeroll doctor says more. ${error.message}`);
      const restMs = error.isPassing ? silentForMs : troubledForMs;
      this.#restUntilMs.set(calendar, clock.elapsed() + restMs);
      journal.calendarMonths.postpone(calendar, clock.now() + restMs);
    }
  }

  /** Once, and again only when it is something else. */
  #say(about: string, sentence: string | undefined): void {
    if (this.#troubles.get(about) === sentence) return;
    if (sentence === undefined) this.#troubles.delete(about);
    else this.#troubles.set(about, sentence);
    if (sentence === undefined) this.#parts.log.info(`${about} can be read again.`);
    else this.#parts.log.warn(sentence);
  }

  /** The pictures of times at which entries came, changed or went. A crash in between makes them be looked at once more. */
  async #seeToNews(signal: AbortSignal): Promise<void> {
    const { journal, clock } = this.#parts;
    for (let news = journal.calendarEntries.nextNews(); news && !signal.aborted; news = journal.calendarEntries.nextNews()) {
      for (let afterId: number | undefined = 0; afterId !== undefined; ) {
        afterId = this.#lookAt(news, afterId);
        // An entry may last for years: others have their turn between its pages.
        if (afterId !== undefined) await clock.sleep(0, signal);
      }
      journal.calendarEntries.forgetNews(news.id);
    }
  }

  /** @returns where the next page begins */
  #lookAt({ calendar, fromMs, untilMs }: CalendarNews, afterId: number): number | undefined {
    const { journal, onChange } = this.#parts;
    const ids = journal.calendarMonths.taken(calendar, { fromMs, untilMs, afterId });
    let count = 0;
    journal.transaction(() => {
      for (const id of ids) {
        const file = journal.files.byId(id);
        if (file && this.#isLookedAtAnew(file)) count += 1;
      }
    });
    if (count > 0) onChange();
    return ids.length < 500 ? undefined : ids.at(-1);
  }

  /** @returns whether it is to be organised once more */
  #isLookedAtAnew(file: FileRecord): boolean {
    const { journal, clock, lackedEntry } = this.#parts;
    const source = this.#sourceOf(file.sourceId);
    const isBeingOrganised = file.state === 'proven' || file.state === 'unproven';
    const isDone = file.state === 'safe' || file.state === 'kept';
    const lacked = source && (isDone || isBeingOrganised) ? lackedEntry(file, source) : undefined;
    const entry = lacked && journal.calendarEntries.byKey(lacked.key);
    if (!entry) return false;
    if (isDone)
      applyEvent(journal, file, 'entryFound', { nowMs: clock.now(), reason: `taken during "${entry.title}" in ${entry.calendar}` });
    // Whoever has it in hand does not know the entry: what they say counts no more, and it is asked again.
    else journal.files.update(file.id, {});
    return true;
  }

  #sourceOf(id: SourceId): SourceInUse | undefined {
    return this.#parts.sources().find((source) => source.id === id);
  }

  async #followAll(signal: AbortSignal): Promise<void> {
    const { accounts, clock, journal } = this.#parts;
    if (isPaused(journal)) return;
    let isAllDone = true;
    for (const account of accounts.all) {
      if (accounts.isUsable(account)) isAllDone = (await followEntries(account, this.#parts, signal)) && isAllDone;
    }
    this.#renameAtMs = isAllDone ? undefined : clock.now() + renameAgainMs;
  }
}
