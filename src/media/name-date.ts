/** Finds the date in a file's name, where phones, messengers, scanners and people put it. Random digits are no date. */
import { withoutConflictMarks } from './name-conflict.ts';
import { dateForms, epochForms } from './name-forms.ts';
import { isAfterNoon } from './name-words.ts';
import { localFrom } from './written-date.ts';

export interface NameDate {
  /** Wall clock to the second; at noon where the name tells the day only, which keeps the day in nearly every zone. */
  readonly local: string;
  readonly millisecond: number;
  /** True where the name says UTC or counts from 1970, and for the cameras and programs that are known to write UTC. */
  readonly isUtc: boolean;
  /** True where the name tells the day only. */
  readonly isDayOnly: boolean;
}

type Found = Readonly<Record<string, string | undefined>>;

/** 2024-07-14_09-21-33_UTC, 2024-07-14T09:21:33Z; OneDrive's camera upload on iPhones: 20240714_072133123_iOS */
const utcAfter = /^(?:Z|[-_ ]?UTC|_iOS)(?![A-Za-z])/;
/** Google's camera. */
const utcBefore = /(?<![A-Za-z])PXL_$/;
/** Chat programs on phones are not older; what lies later is no date of a picture that exists. */
const [firstEpochMs, lastEpochMs] = [Date.UTC(2005, 0, 1), Date.UTC(2050, 0, 1)];
/** Two digits of a year come from dashcams and phones only. */
const [firstShortYear, lastShortYear] = [2005, 2049];

/** The date that a name tells, or nothing. A conflict copy tells the date of the name that it copies. */
export function dateInName(fileName: string): NameDate | undefined {
  const name = withoutConflictMarks(inPlainDigits(fileName.normalize('NFC')));
  return firstOf(dateForms, name, readDate) ?? firstOf(epochForms, name, readEpoch);
}

function firstOf(
  forms: readonly RegExp[],
  name: string,
  read: (found: Found, around: { readonly before: string; readonly after: string }) => NameDate | undefined,
): NameDate | undefined {
  for (const form of forms) {
    for (const match of name.matchAll(form)) {
      const around = { before: name.slice(0, match.index), after: name.slice(match.index + match[0].length) };
      const date = match.groups && read(match.groups, around);
      if (date) return date;
    }
  }
  return undefined;
}

function readDate(found: Found, { before, after }: { readonly before: string; readonly after: string }): NameDate | undefined {
  const local = localFrom(digitsOf(found));
  if (!local) return undefined;
  const isDayOnly = found.hour === undefined;
  const saysUtc = utcBefore.test(before) || utcAfter.test(after);
  return { local, millisecond: Number(found.fraction ?? 0), isUtc: saysUtc && !isDayOnly, isDayOnly };
}

function readEpoch({ epochMs, epochSeconds }: Found): NameDate | undefined {
  const ms = epochMs === undefined ? Number(epochSeconds) * 1000 : Number(epochMs);
  if (!(ms >= firstEpochMs && ms < lastEpochMs)) return undefined;
  return { local: new Date(ms).toISOString().slice(0, 19), millisecond: ms % 1000, isUtc: true, isDayOnly: false };
}

function digitsOf({ year, shortYear, month = '', day = '', hour, minute, second, half, halfBefore }: Found) {
  const fullYear = year ?? yearOf(shortYear);
  const date = { year: fullYear, month: month.padStart(2, '0'), day: day.padStart(2, '0') };
  if (hour === undefined) return { ...date, hour: '12' };
  const word = half ?? halfBefore;
  // Some write "21.05 PM": a clock of 24 hours with the half of the day beside it.
  const hours = word === undefined || Number(hour) > 12 ? Number(hour) : (Number(hour) % 12) + (isAfterNoon(word) ? 12 : 0);
  return { ...date, hour: String(hours).padStart(2, '0'), minute: minute?.padStart(2, '0'), second: second?.padStart(2, '0') };
}

function yearOf(shortYear = ''): string {
  const full = 2000 + Number(shortYear);
  return full >= firstShortYear && full <= lastShortYear ? String(full) : '';
}

/** Systems in Arabic and Persian write ٢٠٢٤ for 2024. */
function inPlainDigits(name: string): string {
  return name.replace(/[٠-٩۰-۹]/g, (digit) => String((digit.codePointAt(0) ?? 0) & 0xf));
}
