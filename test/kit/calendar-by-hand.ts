/** A calendar in a Home Assistant in memory: a test writes entries into it, renames and moves them, and sees how often it was asked. */
import type { HomeByHand } from './home-by-hand.ts';

export interface WrittenEntry {
  readonly start: string;
  readonly end: string;
  readonly summary: string;
  readonly recurrence_id?: string;
}

export class CalendarByHand {
  readonly #entries = new Map<string, WrittenEntry>();
  /** The months, `2024-06`, in whose middle each question had its own. */
  readonly asked: string[] = [];
  /** Called before it answers. */
  onAsk: () => void | Promise<void> = () => undefined;

  constructor(home: HomeByHand, calendar = 'calendar.family') {
    home.say(calendar, 'off');
    home.answers.set('calendar/event/subscribe', async ({ entity_id, start, end }) => {
      const [from, until] = [Date.parse(String(start)), Date.parse(String(end))];
      this.asked.push(new Date((from + until) / 2).toISOString().slice(0, 7));
      await this.onAsk();
      const events = [...this.#entries].flatMap(([uid, entry]) => {
        const isIn = Date.parse(entry.start) < until && Date.parse(entry.end) > from;
        return isIn && entity_id === calendar ? [{ uid: uid.replace(/#.*/, ''), ...entry }] : [];
      });
      return { events };
    });
  }

  /** @param uid may end in `#1` where several share one */
  write(uid: string, entry: WrittenEntry): void {
    this.#entries.set(uid, entry);
  }

  remove(uid: string): void {
    this.#entries.delete(uid);
  }
}
