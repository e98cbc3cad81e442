/** A Home Assistant in the simulated household: who is at home, and what stands in the family's calendar, now and ever before. */
import type { Span } from '../../src/domain/index.ts';
import { CalendarByHand } from '../kit/calendar-by-hand.ts';
import { HomeByHand } from '../kit/home-by-hand.ts';
import { streamOf } from './chance.ts';
import { dayMs, family } from './config.ts';
import { type AlbumRow, isPlannedBy } from './truth.ts';
import type { VirtualClock } from './virtual-clock.ts';

export interface Entry {
  readonly uid: string;
  readonly title: string;
  readonly span: Span;
}

/** What an album is planned by. */
export const keyOfEntry = ({ uid }: Pick<Entry, 'uid'>): string => `${family}\n${uid}\n`;

/** Whether a household has one. */
export function hasHome(seed: number): boolean {
  return streamOf(seed, 'home').next() < 0.4;
}

const answersAfterMs = 2_000;
const never = new AbortController().signal;

export class SimulatedHome {
  readonly assistant = new HomeByHand();
  readonly #calendar: CalendarByHand;
  readonly #clock: VirtualClock;
  readonly #entries = new Map<string, Entry>();
  #count = 1;
  #unclear: string | undefined;
  /** What was last seen, and since when: nothing while nobody knows. */
  #seen: 'empty' | 'full' | undefined;
  #seenSinceMs = 0;

  constructor(clock: VirtualClock) {
    this.#clock = clock;
    this.#calendar = new CalendarByHand(this.assistant, family);
    this.#calendar.onAsk = () => clock.sleep(answersAfterMs, never);
    this.assistant.say(family, 'off');
    this.people(1);
  }

  // Who is there.

  people(count: number): void {
    this.#count = count;
    this.#look();
  }

  /** @param state what it says in place of how many are at home; undefined: it knows that again */
  knowNobody(state: string | undefined): void {
    this.#unclear = state;
    this.#look();
  }

  goAway(): void {
    this.assistant.goAway();
    this.#look();
  }

  comeUp(): void {
    this.assistant.comeUp();
    this.#look();
  }

  /** For how long Home Assistant has been saying so. */
  seenForMs(seen: 'empty' | 'full'): number {
    return this.#seen === seen ? this.#clock.elapsed() - this.#seenSinceMs : 0;
  }

  #look(): void {
    this.assistant.say('zone.home', this.#unclear ?? String(this.#count));
    const isKnown = this.assistant.isUp && this.#unclear === undefined;
    const known = this.#count > 0 ? 'full' : 'empty';
    const seen = isKnown ? known : undefined;
    if (seen !== this.#seen) this.#seenSinceMs = this.#clock.elapsed();
    this.#seen = seen;
  }

  /** Everybody comes, and leaves for good: what waits for either gets its time. */
  calmDown(later: (delayMs: number, act: () => void) => void): void {
    this.people(0);
    later(1_200_000, () => this.people(2));
    later(2_400_000, () => this.people(0));
  }

  // What is written down.

  get entries(): readonly Entry[] {
    return [...this.#entries.values()];
  }

  write(entry: Entry): void {
    this.#entries.set(entry.uid, entry);
    this.#calendar.write(entry.uid, { summary: entry.title, ...bordersOf(entry.span) });
  }

  remove({ uid }: Entry): void {
    this.#entries.delete(uid);
    this.#calendar.remove(uid);
  }

  /** The entry that stands in the calendar now, whose album this is. */
  entryOf(album: AlbumRow): Entry | undefined {
    return this.entries.find((entry) => isPlannedBy(album, keyOfEntry(entry)));
  }
}

/** As a calendar tells it: the last day is not in it. */
function bordersOf(span: Span): { readonly start: string; readonly end: string } {
  if (span.kind === 'times') return { start: new Date(span.fromMs).toISOString(), end: new Date(span.untilMs).toISOString() };
  return { start: span.from, end: new Date(Date.parse(span.to) + dayMs).toISOString().slice(0, 10) };
}
