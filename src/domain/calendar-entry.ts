/** Entries of a calendar, and what the album of one is called: `Birthday, 14 June 2026`. Pure. */
import { oneLine } from './one-line.ts';
import type { Span } from './span.ts';
import type { TitlePattern } from './title-pattern.ts';

/** Which entries of which calendar name albums. */
export interface CalendarWish {
  /** `calendar.family` */
  readonly calendar: string;
  /** Left out: all of its entries. */
  readonly only?: TitlePattern;
}

export interface CalendarEntry {
  /** What its album is planned by. It stays when the entry is renamed or moved, and is never the name of another album: it has lines. */
  readonly key: string;
  readonly title: string;
  readonly span: Span;
}

/** The wall clock of an instant where the owner lives, `2024-07-14T09:21:33`. */
export type LocalOf = (epochMs: number) => string;

/** One without a title names nothing. */
export function isWished({ title }: Pick<CalendarEntry, 'title'>, { only }: CalendarWish): boolean {
  return title !== '' && (only?.matches(title) ?? true);
}

export function entryAlbumName({ title, span }: Pick<CalendarEntry, 'title' | 'span'>, language: string, localOf: LocalOf): string {
  const [from, to] = span.kind === 'days' ? [span.from, span.to] : daysOf(span.fromMs, span.untilMs, localOf);
  return oneLine(`${title}, ${daysInWords(from, to, language)}`);
}

/** A party that ends at midnight has not reached the next day. */
function daysOf(fromMs: number, untilMs: number, localOf: LocalOf): readonly [string, string] {
  return [localOf(fromMs).slice(0, 10), localOf(Math.max(fromMs, untilMs - 1)).slice(0, 10)];
}

/** `14 June 2026`, `14–20 June 2026`, `28 June – 3 July 2026`, `28 December 2026 – 3 January 2027`. */
export function daysInWords(from: string, to: string, language: string): string {
  const [first, last] = [partsOf(from, language), partsOf(to, language)];
  const end = `${last.day} ${last.month} ${last.year}`;
  if (from === to) return end;
  if (first.year !== last.year) return `${first.day} ${first.month} ${first.year} – ${end}`;
  return from.slice(0, 7) === to.slice(0, 7) ? `${first.day}–${end}` : `${first.day} ${first.month} – ${end}`;
}

function partsOf(day: string, language: string): { readonly day: number; readonly month: string; readonly year: number } {
  const month = new Intl.DateTimeFormat(language, { month: 'long', timeZone: 'UTC' }).format(new Date(`${day}T00:00:00Z`));
  return { day: Number(day.slice(8, 10)), month, year: Number(day.slice(0, 4)) };
}
