/** Finds the date in a file's name, where phones, messengers, scanners and people put it. Random digits are no date. */
import { localFrom } from './written-date.ts';

export interface NameDate {
  /** Wall clock to the second; at noon where the name tells the day only, which keeps the day in nearly every zone. */
  readonly local: string;
  readonly millisecond: number;
  /** True where the name says UTC, and for Google's camera: `PXL_` names tell UTC, not the wall clock. */
  readonly isUtc: boolean;
}

/** @param gap what may stand between its parts: the same both times */
const day = (gap: string): string => String.raw`(?<year>(?:19|20)\d\d)(?<gap>${gap})(?<month>\d\d)\k<gap>(?<day>\d\d)`;
const time = String.raw`(?<hour>\d\d|(?<= at )\d)[-_.:h]?(?<minute>\d\d)[-_.:m]?(?<second>\d\d)(?:[-_.]?(?<fraction>\d{3})(?!\d))?(?:\s?(?<half>[AaPp][Mm]))?`;

/** In the order in which they are tried; each must stand free of other digits. */
const patterns: readonly RegExp[] = [
  // IMG_20240714_092133, 20240714092133, signal-2024-07-14-09-21-33-123, 2024-07-14 09.21.33, … 2024-07-14 at 9.21.33 PM
  new RegExp(String.raw`(?<!\d)${day('[-_.]?')}(?: at |[-_ T.])?${time}(?!\d)`),
  // 2024-07-14 Anna's birthday, Scan 1987.05.03
  new RegExp(String.raw`(?<!\d)${day('[-_.]')}(?!\d)`),
  // IMG-20240714-WA0001, 20240714_1: eight digits alone count only where cameras and scanners begin a name
  new RegExp(String.raw`^(?:[A-Za-z]{2,10}[-_ ])?${day('')}(?!\d)`),
];

/** 2024-07-14_09-21-33_UTC, 2024-07-14T09:21:33Z */
const utcAfter = /^(?:Z|[-_ ]?UTC)(?![A-Za-z])/;

/** The date that a name tells, or nothing. */
export function dateInName(fileName: string): NameDate | undefined {
  for (const pattern of patterns) {
    const match = pattern.exec(fileName);
    const found = match?.groups;
    const local = found && localFrom(digitsOf(found));
    if (!local) continue;
    const saysUtc = fileName.startsWith('PXL_') || utcAfter.test(fileName.slice(match.index + match[0].length));
    return { local, millisecond: Number(found.fraction ?? 0), isUtc: saysUtc && found.hour !== undefined };
  }
  return undefined;
}

function digitsOf({ year = '', month = '', day = '', hour, minute, second, half }: Record<string, string | undefined>) {
  if (hour === undefined) return { year, month, day, hour: '12' };
  const hourOf12 = half && (Number(hour) % 12) + (half.toLowerCase() === 'pm' ? 12 : 0);
  return { year, month, day, hour: String(hourOf12 ?? hour).padStart(2, '0'), minute, second };
}
