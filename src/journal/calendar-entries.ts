/** The tables `calendar_entry` and `calendar_news`: what Home Assistant said of calendars, as it was last heard, and when that was news about. */
import type { CalendarEntry, Span } from '../domain/index.ts';
import type { Sqlite, SqlRow } from './sqlite.ts';

/** What an entry is known by in its calendar. */
export interface EntryName {
  readonly calendar: string;
  /** The calendar's own name for it; empty: it tells none. */
  readonly uid: string;
  readonly occurrence: string;
}

export interface EntryRecord extends CalendarEntry, EntryName {
  readonly id: number;
  readonly revision: number;
  readonly isGone: boolean;
}

/** What may change of an entry. */
export type EntryFacts = Pick<CalendarEntry, 'title' | 'span'>;

/** A time at which entries came, changed or went, as far as pictures of that time may be concerned, unix ms. */
export interface CalendarNews {
  readonly id: number;
  readonly calendar: string;
  readonly fromMs: number;
  readonly untilMs: number;
}

const dayMs = 86_400_000;

// An all-day entry is that of the picture's own day, which begins and ends up to 14 hours off UTC.
const aroundSql = `
  SELECT * FROM calendar_entry WHERE calendar = ? AND from_at <= ? AND until_at >= ? AND gone_at IS NULL ORDER BY from_at, key LIMIT 200`;
const beginningSql = 'SELECT * FROM calendar_entry WHERE calendar = ? AND from_at BETWEEN ? AND ? AND gone_at IS NULL';
const sameSql = 'SELECT * FROM calendar_entry WHERE calendar = ? AND from_at = ? AND until_at = ? AND all_day = ? AND title = ?';
const addSql = `
  INSERT INTO calendar_entry (calendar, uid, occurrence, key, title, all_day, from_at, until_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`;

const changeSql = `
  UPDATE calendar_entry SET title = ?, all_day = ?, from_at = ?, until_at = ?, gone_at = NULL, revision = revision + 1 WHERE id = ?`;

// Whole days are those of the pictures' own places.
const newsSql = `
  INSERT INTO calendar_news (calendar, from_at, until_at)
  SELECT calendar, from_at - all_day * ${dayMs}, until_at + all_day * ${dayMs} FROM calendar_entry WHERE id = ?
  ON CONFLICT DO NOTHING`;

export type CalendarEntryTable = ReturnType<typeof calendarEntryTable>;

export function calendarEntryTable(database: Sqlite) {
  const one = (sql: string, ...values: Parameters<Sqlite['get']>[1][]): EntryRecord | undefined => {
    const row = database.get(sql, ...values);
    return row && recordOf(row);
  };
  const noteNews = (id: number): void => void database.run(newsSql, id);
  return {
    /** Those in which a picture of this instant may have been taken; where it was, nobody knows from that. */
    around: (calendar: string, atMs: number): readonly EntryRecord[] =>
      database.all(aroundSql, calendar, Math.trunc(atMs + dayMs), Math.trunc(atMs - dayMs)).map(recordOf),
    beginningIn: (calendar: string, { fromMs, untilMs }: { fromMs: number; untilMs: number }): readonly EntryRecord[] =>
      database.all(beginningSql, calendar, fromMs, untilMs).map(recordOf),
    named: ({ calendar, uid, occurrence }: EntryName): EntryRecord | undefined =>
      one('SELECT * FROM calendar_entry WHERE calendar = ? AND uid = ? AND occurrence = ?', calendar, uid, occurrence),
    byKey: (key: string): EntryRecord | undefined => one('SELECT * FROM calendar_entry WHERE key = ?', key),
    /** Of the same time and title: those without a uid first. */
    same(calendar: string, { title, span }: EntryFacts): EntryRecord | undefined {
      const { allDay, fromMs, untilMs } = columnsOf(span);
      return one(`${sameSql} ORDER BY uid LIMIT 1`, calendar, fromMs, untilMs, allDay, title);
    },

    /** @returns its id */
    add({ calendar, uid, occurrence }: EntryName, { title, span, key }: CalendarEntry): number {
      const { allDay, fromMs, untilMs } = columnsOf(span);
      const id = Number(database.run(addSql, calendar, uid, occurrence, key, title, allDay, fromMs, untilMs).lastId);
      noteNews(id);
      return id;
    },
    /** It is called otherwise, at another time, or in the calendar again. What it held until now may be another's. */
    change(id: number, { title, span }: EntryFacts): void {
      const { allDay, fromMs, untilMs } = columnsOf(span);
      noteNews(id);
      database.run(changeSql, title, allDay, fromMs, untilMs, id);
      noteNews(id);
    },
    /** The calendar tells names now, and told none before. */
    rename: (id: number, { uid, occurrence }: Pick<EntryName, 'uid' | 'occurrence'>): void =>
      void database.run('UPDATE calendar_entry SET uid = ?, occurrence = ? WHERE id = ?', uid, occurrence, id),
    markGone(id: number, nowMs: number): void {
      database.run('UPDATE calendar_entry SET gone_at = ? WHERE id = ?', Math.trunc(nowMs), id);
      noteNews(id);
    },

    /** The calendar itself has another name now. Its entries stay those that they are, with the albums that bear their keys. */
    renameCalendar(from: string, to: string): void {
      for (const table of ['calendar_entry', 'calendar_news', 'calendar_month', 'calendar_picture'])
        database.run(`UPDATE OR IGNORE ${table} SET calendar = ? WHERE calendar = ?`, to, from);
    },

    nextNews(): CalendarNews | undefined {
      const row = database.get('SELECT * FROM calendar_news ORDER BY id LIMIT 1');
      return row && { id: Number(row.id), calendar: String(row.calendar), fromMs: Number(row.from_at), untilMs: Number(row.until_at) };
    },
    /** The pictures of that time were looked at. */
    forgetNews: (id: number): void => void database.run('DELETE FROM calendar_news WHERE id = ?', id),
  };
}

function columnsOf(span: Span): { readonly allDay: number; readonly fromMs: number; readonly untilMs: number } {
  if (span.kind === 'times') return { allDay: 0, fromMs: Math.trunc(span.fromMs), untilMs: Math.trunc(span.untilMs) };
  return { allDay: 1, fromMs: Date.parse(span.from), untilMs: Date.parse(span.to) + dayMs };
}

const dayOf = (midnightMs: number): string => new Date(midnightMs).toISOString().slice(0, 10);

function recordOf(row: SqlRow): EntryRecord {
  const [fromMs, untilMs] = [Number(row.from_at), Number(row.until_at)];
  return {
    id: Number(row.id),
    revision: Number(row.revision),
    calendar: String(row.calendar),
    uid: String(row.uid),
    occurrence: String(row.occurrence),
    key: String(row.key),
    title: String(row.title),
    span: row.all_day === 1n ? { kind: 'days', from: dayOf(fromMs), to: dayOf(untilMs - dayMs) } : { kind: 'times', fromMs, untilMs },
    isGone: row.gone_at !== null,
  };
}
