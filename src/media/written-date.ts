/** Understands dates as cameras and movies write them, and refuses those that no calendar knows. */

export interface WrittenDate {
  /** `2024-07-14T09:21:33`. */
  readonly local: string;
  readonly millisecond: number;
  /** `+02:00`, if it is written. */
  readonly offset?: string;
}

/** The digits of a date, in words or numbers; what is left out of the time is 0. */
export interface Digits {
  readonly year: string;
  readonly month: string;
  readonly day: string;
  readonly hour?: string | undefined;
  readonly minute?: string | undefined;
  readonly second?: string | undefined;
}

/** The first photograph that survives was taken in 1826; scans of old prints may bear any year since. */
const firstYear = 1826;

/** What clocks show that were never set, and never tell anything else. */
const epochs = new Set(['1904-01-01T00:00:00', '1970-01-01T00:00:00']);

const exifPattern = /^(\d{4})[:\-/.](\d\d)[:\-/.](\d\d)[ T](\d\d):(\d\d)(?::(\d\d))?(?:[.,](\d+))?\s*(Z|[+-]\d\d:?\d\d)?$/;

/** Reads `2024:07:14 09:21:33` and `2024-07-14T09:21:33.5+0200`; nothing for `0000:00:00 00:00:00` and its kin. */
export function readWrittenDate(text: string): WrittenDate | undefined {
  const [match, year = '', month = '', day = '', hour, minute, second, fraction, zone] = exifPattern.exec(text.trim()) ?? [];
  const local = match && localFrom({ year, month, day, hour, minute, second });
  if (!local || epochs.has(local)) return undefined;
  const offset = readOffset(zone);
  return { local, millisecond: readFraction(fraction), ...(offset && { offset }) };
}

/** As Exif prescribes it. */
const plainPattern = /^\d{4}:\d\d:\d\d \d\d:\d\d:\d\d$/;
const plainFraction = /^\d*$/;
/** Whole hours, and the few zones on earth that are not; or left blank. */
const plainOffset = /^(?:[+-]0\d:00|[+-]1[01]:00|\+1[234]:00|\+(?:0[34569]|10):30|\+(?:05|08|12):45|-03:30|[ :]*)$/;

/** What cameras write that know nothing. */
export function isBlankDate(text: string): boolean {
  return /^[ :0]*$/.test(text);
}

/** True where every reader reads the same. What is written in any other way one takes for a date and another for none. */
export function isPlainDate({ text, fraction = '', offset = '' }: Written): boolean {
  // Of a day that no calendar has, and of 24 o'clock, readers make different things.
  const isText = isBlankDate(text) || (plainPattern.test(text) && isOnTheCalendar(text));
  return isText && plainFraction.test(fraction) && plainOffset.test(offset);
}

const plainMoviePattern = /^(?:\d{4}:\d\d:\d\d |\d{4}-\d\d-\d\d[ T])\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)?$/;

/** The same of a date that a movie tells in words, as Apple's devices write it. */
export function isPlainMovieDate(text: string): boolean {
  return plainMoviePattern.test(text.trim()) && readWrittenDate(text) !== undefined;
}

function isOnTheCalendar(text: string): boolean {
  const [year = '', month = '', day = '', hour, minute, second] = text.split(/[: ]/);
  return localFrom({ year, month, day, hour, minute, second }) !== undefined;
}

interface Written {
  readonly text: string;
  readonly fraction?: string | undefined;
  readonly offset?: string | undefined;
}

/** `2024-07-14T09:21:33`, or nothing if the calendar has no such day or the clock no such time. */
export function localFrom({ year, month, day, hour = '00', minute = '00', second = '00' }: Digits): string | undefined {
  const local = `${year}-${month}-${day}T${hour}:${minute}:${second}`;
  const instant = new Date(`${local}Z`);
  const isKnown = !Number.isNaN(instant.getTime()) && instant.toISOString().startsWith(local);
  return isKnown && Number(year) >= firstYear ? local : undefined;
}

/** `+02:00` from `+0200`, `+02:00` or `Z`; nothing for what is blank or further from Greenwich than any place on earth. */
export function readOffset(text: string | undefined): string | undefined {
  if (text?.trim() === 'Z') return '+00:00';
  const [match, side, hours, minutes] = /^([+-])(\d\d):?(\d\d)$/.exec(text?.trim() ?? '') ?? [];
  return match && Number(hours) <= 14 && Number(minutes) < 60 ? `${side}${hours}:${minutes}` : undefined;
}

/** Milliseconds from the digits behind a second: `5` and `50` are both half of one. */
export function readFraction(digits: string | undefined): number {
  return /^\d+$/.test(digits?.trim() ?? '') ? Math.floor(Number(`0.${digits?.trim()}`) * 1000) : 0;
}
