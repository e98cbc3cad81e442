/** Reads a calendar of Home Assistant: the entries of some days, each with its name in the calendar, where the calendar tells one. */
import { z } from 'zod';
import { entryTitle, type Span } from '../domain/index.ts';
import { type HomeAssistant, HomeAssistantError } from './home-assistant.ts';

/** What is needed of Home Assistant to read its calendars, and to know when. */
export type CalendarHome = Pick<HomeAssistant, 'isUp' | 'onUp' | 'entity' | 'follow' | 'act' | 'askFirst'>;

export interface CalendarQuestion {
  /** `calendar.family` */
  readonly calendar: string;
  /** Unix ms. */
  readonly fromMs: number;
  readonly untilMs: number;
}

export interface HeardEntry {
  /** The calendar's own name for it, which all of a series share; undefined: it tells none. */
  readonly uid?: string;
  /** Which one of a series it is; undefined: it is no series, or that is not told. */
  readonly occurrence?: string;
  readonly isOfSeries: boolean;
  readonly title: string;
  readonly span: Span;
}

export interface CalendarAnswer {
  /** Those that lie in the time asked for, or reach into it; by their begin. */
  readonly entries: readonly HeardEntry[];
  /** There were more than are told. */
  readonly isCut: boolean;
}

// Sixteen a day in a month: more than anybody lives through.
const mostEntries = 500;
// Both are part of what an entry is known by.
const longestName = 500;

const heardEntry = z.object({
  start: z.string(),
  end: z.string(),
  summary: z.string().nullish(),
  uid: z.string().max(longestName).nullish(),
  recurrence_id: z.string().max(longestName).nullish(),
  rrule: z.string().nullish(),
});
// One entry that nobody can read keeps no other from being heard.
const heardEntries = z.array(z.unknown());
const subscribed = z.object({ events: heardEntries });
const answered = z.record(z.string(), z.object({ events: heardEntries }));

/** @throws HomeAssistantError */
export async function readCalendar(
  home: Pick<CalendarHome, 'act' | 'askFirst'>,
  question: CalendarQuestion,
  signal: AbortSignal,
): Promise<CalendarAnswer> {
  const entries = (await rawEntries(home, question, signal)).flatMap((raw) => entryOf(raw) ?? []);
  const sorted = entries.toSorted((one, other) => beginOf(one) - beginOf(other));
  return { entries: sorted.slice(0, mostEntries), isCut: sorted.length > mostEntries };
}

/** The subscription tells each entry's uid. Older ones than 2026 do not know it; the action, which they do, tells none. */
async function rawEntries(
  home: Pick<CalendarHome, 'act' | 'askFirst'>,
  question: CalendarQuestion,
  signal: AbortSignal,
): Promise<readonly unknown[]> {
  const { calendar } = question;
  const [start, end] = [question.fromMs, question.untilMs].map((ms) => new Date(ms).toISOString());
  try {
    const said = await home.askFirst({ type: 'calendar/event/subscribe', entity_id: calendar, start, end }, signal);
    const { data } = subscribed.safeParse(said);
    if (data) return data.events;
  } catch (error) {
    if (!(error instanceof HomeAssistantError) || error.code !== 'unknown') throw error;
  }
  const data = { start_date_time: start, end_date_time: end };
  const said = await home.act({ domain: 'calendar', action: 'get_events', entities: [calendar], data, isAnswerWanted: true }, signal);
  const entries = answered.safeParse(said).data?.[calendar]?.events;
  if (entries) return entries;
  throw new HomeAssistantError('refused', `Home Assistant said nothing of ${calendar}: look there whether its entries are shown.`);
}

function entryOf(raw: unknown): HeardEntry | undefined {
  const { data } = heardEntry.safeParse(raw);
  const span = data && spanOf(data.start, data.end);
  if (!span) return undefined;
  const { uid, recurrence_id: occurrence, rrule, summary } = data;
  return {
    ...(uid && { uid }),
    ...(occurrence && { occurrence }),
    isOfSeries: Boolean(rrule) || Boolean(occurrence),
    title: entryTitle(summary ?? ''),
    span,
  };
}

const isDay = /^\d{4}-\d{2}-\d{2}$/;
const dayMs = 86_400_000;

/** All-day entries end on the day after their last. One that ends before it begins holds no picture. */
function spanOf(start: string, end: string): Span | undefined {
  const [fromMs, untilMs] = [Date.parse(start), Date.parse(end)];
  if (Number.isNaN(fromMs) || Number.isNaN(untilMs) || untilMs < fromMs) return undefined;
  if (!isDay.test(start) || !isDay.test(end)) return { kind: 'times', fromMs, untilMs };
  const lastMs = Math.max(fromMs, untilMs - dayMs);
  return { kind: 'days', from: start, to: new Date(lastMs).toISOString().slice(0, 10) };
}

function beginOf({ span }: HeardEntry): number {
  return span.kind === 'times' ? span.fromMs : Date.parse(span.from);
}
