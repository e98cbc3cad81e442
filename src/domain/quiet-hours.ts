/** The hours of a night in which Homeroll may do what nobody waits for. Pure: a moment and a time zone in, a night out. */
import { instantOf, wallClock } from '../kernel/index.ts';

/** Wall-clock times, `01:00`; `to` is on the next day where it is not after `from`. */
export interface QuietHours {
  readonly from: string;
  readonly to: string;
}

export interface Night {
  /** Days since 1 January 1970 of the date on which it begins. Each night has a number of its own. */
  readonly number: number;
  readonly startMs: number;
  readonly endMs: number;
}

/** `01:00-06:00`, `23:30 - 5:00`; undefined when it is none, or has no length. */
export function parseQuietHours(text: string): QuietHours | undefined {
  const [, from = '', to = ''] = /^\s*(\d{1,2}:\d{2})\s*[-–]\s*(\d{1,2}:\d{2})\s*$/.exec(text) ?? [];
  const [begin, end] = [parseTimeOfDay(from), parseTimeOfDay(to)];
  return begin === undefined || end === undefined || begin === end ? undefined : { from: begin, to: end };
}

/** The night that is now or, where none is, the next to come. */
export function nightAt(nowMs: number, hours: QuietHours, timeZone: string): Night {
  const today = dayNumber(wallClock(nowMs, timeZone));
  for (let number = today - 1; ; number += 1) {
    const night = nightOf(number, hours, timeZone);
    // Where clocks skip the quiet hours there is no such night.
    if (night.endMs > night.startMs && night.endMs > nowMs) return night;
  }
}

/** The number of the day that it is. */
export function dayAt(nowMs: number, timeZone: string): number {
  return dayNumber(wallClock(nowMs, timeZone));
}

/** The first moment after `afterMs` at which clocks show `time`. */
export function nextTimeOfDay(afterMs: number, time: string, timeZone: string): number {
  for (let day = dayAt(afterMs, timeZone); ; day += 1) {
    const atMs = instantOf(`${dateOf(day)}T${time}:00`, timeZone);
    if (atMs > afterMs) return atMs;
  }
}

function nightOf(number: number, { from, to }: QuietHours, timeZone: string): Night {
  const startMs = instantOf(`${dateOf(number)}T${from}:00`, timeZone);
  return { number, startMs, endMs: instantOf(`${dateOf(to > from ? number : number + 1)}T${to}:00`, timeZone) };
}

const dayMs = 86_400_000;

function dayNumber(local: string): number {
  return Math.floor(Date.parse(`${local.slice(0, 10)}T00:00:00Z`) / dayMs);
}

function dateOf(number: number): string {
  return new Date(number * dayMs).toISOString().slice(0, 10);
}

/** `20:00`, `7:30`; undefined when it is none. */
export function parseTimeOfDay(text: string): string | undefined {
  const padded = text.padStart(5, '0');
  return /^([01]\d|2[0-3]):[0-5]\d$/.test(padded) ? padded : undefined;
}
