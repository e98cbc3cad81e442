/** The tables `calendar_month` and `calendar_picture`: which months of which calendar are to be asked for, and for which pictures. */
import type { FileId } from '../domain/index.ts';
import type { Sqlite } from './sqlite.ts';

export interface CalendarMonth {
  readonly calendar: string;
  /** Of UTC, `2026-06`. */
  readonly month: string;
}

export interface NextQuestion {
  readonly nowMs: number;
  readonly longestWaitMs: number;
}

const monthSql = `strftime('%Y-%m', taken_at / 1000, 'unixepoch')`;
const wantSql = `
  INSERT INTO calendar_month (calendar, month, due_at) VALUES (?1, ?2, ?3)
  ON CONFLICT DO UPDATE SET due_at = ?3 WHERE due_at > ?3 AND (asked_at <= ?4 OR asked_at > ?3)`;
const ofSql = 'calendar IN (SELECT value FROM json_each(?1))';
const nextSql = `
  SELECT *, CASE WHEN due_at > ?3 THEN ?2 ELSE due_at END AS due FROM calendar_month WHERE ${ofSql}
  ORDER BY due, month DESC LIMIT 1`;
const pictureSql = `
  INSERT INTO calendar_picture (calendar, file_id, taken_at) VALUES (?1, ?2, ?3)
  ON CONFLICT DO UPDATE SET taken_at = ?3 WHERE taken_at <> ?3`;
const takenSql = `
  SELECT file_id FROM calendar_picture WHERE calendar = ? AND taken_at BETWEEN ? AND ? AND file_id > ? ORDER BY file_id LIMIT 500`;
const owedSql = `
  SELECT 1 FROM calendar_picture JOIN calendar_month ON calendar_month.calendar = calendar_picture.calendar AND month = ${monthSql}
  WHERE file_id = ? AND asked_at IS NULL`;

export type CalendarMonthTable = ReturnType<typeof calendarMonthTable>;

export function calendarMonthTable(database: Sqlite) {
  return {
    /** Asks for a month that was never asked for, or not since `staleMs`, or by a clock that was ahead. @returns whether it is due now that was not */
    want: ({ calendar, month }: CalendarMonth, { nowMs, staleMs }: { nowMs: number; staleMs: number }): boolean =>
      database.run(wantSql, calendar, month, Math.trunc(nowMs), Math.trunc(staleMs)).changes > 0,
    /**
     * The month of these calendars that is due first, and when, unix ms; of several the newest. What is due later than `longestWaitMs` from
     * now is due as well: the clock was set back.
     */
    next(calendars: readonly string[], { nowMs, longestWaitMs }: NextQuestion): (CalendarMonth & { readonly dueAtMs: number }) | undefined {
      const row = database.get(nextSql, JSON.stringify(calendars), Math.floor(nowMs), Math.ceil(nowMs + longestWaitMs));
      return row && { calendar: String(row.calendar), month: String(row.month), dueAtMs: Number(row.due) };
    },
    /** All that were wanted before and not asked about since `staleMs` are due now: somebody says that the calendar was changed. */
    askAnew: (calendars: readonly string[], { nowMs, staleMs }: { nowMs: number; staleMs: number }): void =>
      void database.run(
        `UPDATE calendar_month SET due_at = ?2 WHERE ${ofSql} AND due_at > ?2 AND (asked_at IS NULL OR asked_at <= ?3 OR asked_at > ?2)`,
        JSON.stringify(calendars),
        Math.trunc(nowMs),
        Math.trunc(staleMs),
      ),
    noteAsked({ calendar, month }: CalendarMonth, { nowMs, dueAtMs }: { nowMs: number; dueAtMs: number }): void {
      const sql = 'UPDATE calendar_month SET asked_at = ?, due_at = ? WHERE calendar = ? AND month = ?';
      database.run(sql, Math.trunc(nowMs), Math.trunc(dueAtMs), calendar, month);
    },
    /** It did not answer: not before then is it asked again. */
    postpone: (calendar: string, untilMs: number): void =>
      void database.run('UPDATE calendar_month SET due_at = ?2 WHERE calendar = ?1 AND due_at < ?2', calendar, Math.trunc(untilMs)),
    /** Nobody waits any longer for the answer of a calendar that the owner does not name. */
    forgetOthers: (calendars: readonly string[]): void =>
      void database.run(`DELETE FROM calendar_month WHERE asked_at IS NULL AND NOT ${ofSql}`, JSON.stringify(calendars)),

    notePicture: (calendar: string, file: FileId, takenAtMs: number): void =>
      void database.run(pictureSql, calendar, file, Math.trunc(takenAtMs)),
    /** When it was taken, as it was noted last, unix ms; undefined: no calendar was to name an album for it. */
    takenAtMs(file: FileId): number | undefined {
      const at = database.get('SELECT max(taken_at) AS at FROM calendar_picture WHERE file_id = ?', file)?.at;
      return typeof at === 'bigint' ? Number(at) : undefined;
    },
    /** Up to 500 pictures that were taken in this time, by their ids. */
    taken: (calendar: string, { fromMs, untilMs, afterId }: { fromMs: number; untilMs: number; afterId: number }): readonly FileId[] =>
      database.all(takenSql, calendar, fromMs, untilMs, afterId).map((row) => Number(row.file_id) as FileId),
    /** Home Assistant has not been heard yet about the month that the picture was taken in. */
    isOwed: (file: FileId): boolean => database.get(owedSql, file) !== undefined,
  };
}
