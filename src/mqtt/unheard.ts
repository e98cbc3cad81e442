/**
 * Events that were sent, and that Home Assistant may not have heard: the broker keeps none, and takes them for whoever is just leaving, too.
 * Kept in the journal, since a Homeroll that starts anew must know them as well.
 */
import type { Journal } from '../journal/index.ts';
import type { HomeEvent } from './events.ts';

export interface Sent {
  readonly event: HomeEvent;
  /** Unix ms; of the last time. */
  readonly atMs: number;
  readonly times: number;
  /** Home Assistant went, or came, about that time: it is sent again. */
  readonly isMissed: boolean;
}

const factName = 'events perhaps unheard';
// Of a night's worth the newest count.
const most = 50;

export class Unheard {
  readonly #journal: Pick<Journal, 'facts'>;

  constructor(journal: Pick<Journal, 'facts'>) {
    this.#journal = journal;
  }

  get all(): readonly Sent[] {
    return JSON.parse(this.#journal.facts.get(factName) ?? '[]') as readonly Sent[];
  }

  /** It is sent now, perhaps once more. */
  note(event: HomeEvent, nowMs: number): void {
    const all = this.all;
    const times = all.find((sent) => isSame(sent.event, event))?.times ?? 0;
    this.#keep(
      [...all.filter((sent) => !isSame(sent.event, event)), { event, atMs: nowMs, times: times + 1, isMissed: false }].slice(-most),
    );
  }

  /** @param heard attributes of Home Assistant's entity, or the event itself */
  forget(heard: Readonly<Record<string, unknown>>): void {
    const all = this.all;
    if (all.some(({ event }) => isSame(event, heard))) this.#keep(all.filter(({ event }) => !isSame(event, heard)));
  }

  /** Nobody may have heard what was sent since then. */
  markMissed(sinceMs: number): void {
    const all = this.all;
    const isSo = ({ atMs, isMissed }: Sent): boolean => !isMissed && atMs >= sinceMs;
    if (all.some(isSo)) this.#keep(all.map((sent) => (isSo(sent) ? { ...sent, isMissed: true } : sent)));
  }

  #keep(all: readonly Sent[]): void {
    if (all.length === 0) this.#journal.facts.forget(factName);
    else this.#journal.facts.set(factName, JSON.stringify(all));
  }
}

function isSame(one: Readonly<Record<string, unknown>>, other: Readonly<Record<string, unknown>>): boolean {
  return ['event_type', 'at', 'sentence'].every((key) => one[key] === other[key]);
}
