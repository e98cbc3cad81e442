/** Writes down what a calendar said: which entries are new, renamed, moved, or in it no more. */
import type { Span } from '../../domain/index.ts';
import type { CalendarAnswer, HeardEntry } from '../../hass/index.ts';
import type { EntryName, EntryRecord, Journal } from '../../journal/index.ts';
import { isSurelyIn, type Window } from './window.ts';

export interface AnswerParts {
  readonly journal: Pick<Journal, 'calendarEntries'>;
  readonly calendar: string;
  readonly window: Window;
  readonly nowMs: number;
}

/** Call inside a transaction. */
export function noteAnswer({ entries, isCut }: CalendarAnswer, parts: AnswerParts): void {
  const { journal, calendar, window, nowMs } = parts;
  const heard = new Set<number>();
  // First those that are where they were: what bears the same uid and is elsewhere may be one that moved, or another of its series.
  const unmoved = entries.filter((entry) => isUnmoved(entry, parts));
  for (const entry of new Set([...unmoved, ...entries])) heard.add(noteEntry(entry, heard, parts));
  if (isCut) return;
  for (const record of journal.calendarEntries.beginningIn(calendar, window)) {
    if (!heard.has(record.id) && isSurelyIn(beginOf(record.span), window)) journal.calendarEntries.markGone(record.id, nowMs);
  }
}

function isUnmoved(entry: HeardEntry, { journal, calendar }: AnswerParts): boolean {
  const record = journal.calendarEntries.named(nameOf(calendar, entry));
  return record !== undefined && beginOf(record.span) === beginOf(entry.span);
}

/** @returns the number of its record */
function noteEntry(entry: HeardEntry, heard: ReadonlySet<number>, parts: AnswerParts): number {
  const { journal, calendar } = parts;
  const found = find(entry, heard, parts);
  if (!('id' in found)) return journal.calendarEntries.add(found, { ...entry, key: keyOf(found) });
  const isOther = found.title !== entry.title || !isSameSpan(found.span, entry.span);
  if (isOther || found.isGone) journal.calendarEntries.change(found.id, entry);
  // It was known by its title and begin, and the calendar tells its name now.
  if (entry.uid !== undefined && found.uid === '') journal.calendarEntries.rename(found.id, nameOf(calendar, entry));
  return found.id;
}

/** The record of an entry, or what it is to be known by from now on. */
function find(entry: HeardEntry, heard: ReadonlySet<number>, { journal, calendar, window }: AnswerParts): EntryRecord | EntryName {
  const { calendarEntries } = journal;
  const name = nameOf(calendar, entry);
  const record = calendarEntries.named(name);
  if (!record) {
    // The calendar tells names and told none before, or the other way round.
    const same = calendarEntries.same(calendar, entry);
    const isThat = same && !heard.has(same.id) && (entry.uid === undefined || same.uid === '');
    return isThat ? same : known(name, journal);
  }
  const begin = beginOf(record.span);
  if (begin === beginOf(entry.span) && !heard.has(record.id)) return record;
  // It moved only if it is no longer where it was, and that is known only of the days that were asked about.
  if (isSurelyIn(begin, window) && !heard.has(record.id)) return record;
  return known({ ...name, occurrence: `${name.occurrence} ${beginInWords(entry.span)}` }, journal);
}

/** One that was named anew keeps the key of its first name. */
function known(name: EntryName, { calendarEntries }: AnswerParts['journal']): EntryRecord | EntryName {
  return calendarEntries.named(name) ?? calendarEntries.byKey(keyOf(name)) ?? name;
}

function nameOf(calendar: string, { uid = '', occurrence, isOfSeries, title, span }: HeardEntry): EntryName {
  if (uid === '') return { calendar, uid, occurrence: `${beginInWords(span)} ${title}` };
  return { calendar, uid, occurrence: occurrence ?? (isOfSeries ? beginInWords(span) : '') };
}

function keyOf({ calendar, uid, occurrence }: EntryName): string {
  return [calendar, uid, occurrence].join('\n');
}

function beginOf(span: Span): number {
  return span.kind === 'times' ? span.fromMs : Date.parse(span.from);
}

function beginInWords(span: Span): string {
  return span.kind === 'times' ? new Date(span.fromMs).toISOString() : span.from;
}

function isSameSpan(one: Span, other: Span): boolean {
  if (one.kind === 'times') return other.kind === 'times' && one.fromMs === other.fromMs && one.untilMs === other.untilMs;
  return other.kind === 'days' && one.from === other.from && one.to === other.to;
}
