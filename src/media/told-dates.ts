/** Chooses from the tags that exiftool names those that Immich goes by, in Immich's order. Pure. */
import type { ToldOrigin } from '../domain/index.ts';
import { isTimeZone, wallClock } from '../kernel/index.ts';
import { type DateCandidate, isOnEarth, type Place } from './evidence.ts';
import type { Told } from './second-reader.ts';
import { readWrittenDate } from './written-date.ts';

/**
 * By group and name: `XMP:DateTimeOriginal`. Values as the package `exiftool-vendored` makes them. Where several groups tell one name,
 * Immich sees one of them; the others are `MakerNotes:Copy1:DateTimeOriginal`, with the text that exiftool said.
 */
export type Tags = Readonly<Record<string, unknown>>;

/** A moment, as that package writes it; `rawValue` is what exiftool said. */
interface Moment extends Day {
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly millisecond?: number | undefined;
  /** Of the zone that stands in the file, or that other tags of it tell. */
  readonly tzoffsetMinutes?: number | undefined;
  readonly rawValue?: string | undefined;
}
interface Day {
  readonly year: number;
  readonly month?: number | undefined;
  readonly day?: number | undefined;
}

/** Immich 2.7 to 3.2 takes the first of these. */
const inOrder = [
  'SubSecDateTimeOriginal',
  'SubSecCreateDate',
  'DateTimeOriginal',
  'CreationDate',
  'CreateDate',
  'MediaCreateDate',
  'DateTimeCreated',
  'GPSDateTime',
  'DateTimeUTC',
  'SonyDateTime2',
  'SourceImageCreateTime',
] as const;

const originOfGroup: Readonly<Record<string, ToldOrigin>> = {
  EXIF: 'EXIF',
  XMP: 'XMP',
  IPTC: 'IPTC',
  MakerNotes: 'maker note',
  SigmaRaw: 'RAW header',
  KyoceraRaw: 'RAW header',
  MinoltaRaw: 'RAW header',
  PNG: 'PNG text',
  QuickTime: 'QuickTime creation date',
  RIFF: 'AVI',
  H264: 'AVCHD',
  M2TS: 'AVCHD',
  Matroska: 'Matroska',
  MXF: 'MXF',
  ASF: 'Windows Media',
};

/** Dates that a person wrote are never looked for where Immich does not: it would show another month. */
export function toldBy(tags: Tags): Told {
  const named = namedIn(tags);
  const isFilm = String(first(named, 'MIMEType')).startsWith('video/');
  const dated = inOrder.map((wanted) => named.filter(({ name }) => name === wanted));
  // Be the one that Immich sees a day without a time, it goes on to the next name.
  const seen = dated.map(seenOf);
  const device = first(named, 'Device') as { readonly Manufacturer?: unknown; readonly ModelName?: unknown } | undefined;
  // Among the dates that the package looks through for a zone there are no copies.
  const zoneOf = ({ isCopy, value }: Named & { value: Moment }): unknown =>
    tags.zone ?? (isCopy && value.tzoffsetMinutes !== undefined ? offsetOf(value.tzoffsetMinutes) : undefined);
  const read = (one: Named & { value: Moment }): DateCandidate =>
    candidateOf(one.value, { from: originOf(one, named), name: one.name, isFilm, zone: zoneOf(one) });
  return {
    dates: seen.filter(isOfMoment).map(read),
    days: dated.flat().flatMap((one): readonly DateCandidate[] => {
      if (isDay(one.value)) return [noonOf(one.value)];
      return isOfMoment(one) && !seen.includes(one) ? [{ ...read(one), from: 'date that Immich ignores' }] : [];
    }),
    make: word(first(named, 'Make') ?? device?.Manufacturer ?? first(named, 'AndroidMake')),
    model: word(first(named, 'Model') ?? device?.ModelName ?? first(named, 'AndroidModel')),
    place: placeOf(tags),
  };
}

interface Named {
  readonly group: string;
  readonly name: string;
  readonly value: unknown;
  /** Another group tells the same, and goes before. */
  readonly isCopy: boolean;
}

function namedIn(tags: Tags): readonly Named[] {
  return Object.entries(tags).map(([key, value]) => {
    const words = key.split(':');
    const isCopy = words.length > 2;
    return { group: words[0] ?? '', name: words.at(-1) ?? '', value: isCopy ? (momentIn(value) ?? value) : value, isCopy };
  });
}

/** The package leaves the dates of copies as text. */
function momentIn(text: unknown): Moment | undefined {
  const date = typeof text === 'string' ? readWrittenDate(text) : undefined;
  if (!date) return undefined;
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = date.local.split(/\D/).map(Number);
  const [, side, hours, minutes] = /^([+-])(\d\d):(\d\d)$/.exec(date.offset ?? '') ?? [];
  const tzoffsetMinutes = side === undefined ? undefined : (Number(hours) * 60 + Number(minutes)) * (side === '-' ? -1 : 1);
  return { year, month, day, hour, minute, second, millisecond: date.millisecond, tzoffsetMinutes, rawValue: String(text) };
}

function isOfMoment(one: Named | undefined): one is Named & { readonly value: Moment } {
  return isMoment(one?.value);
}

interface Context {
  readonly from: ToldOrigin;
  readonly name: string;
  readonly isFilm: boolean;
  /** That the package found out, by whatever tells it best: an offset, the place. */
  readonly zone: unknown;
}

function candidateOf(moment: Moment, { from, name, isFilm, zone }: Context): DateCandidate {
  const isHead = from === 'QuickTime creation date' && (name === 'CreateDate' || name === 'MediaCreateDate');
  const isUtc = moment.tzoffsetMinutes === 0 && (isHead || /(?:Z|[+-]00:?00)$/.test(moment.rawValue ?? ''));
  const origin = isHead ? 'movie header' : from;
  // A film's UTC names the moment, not the place. Without "Z" it is only the package's guess: a camera's clock, as in AVI.
  if (isFilm && isUtc) return { from: origin, epochMs: Date.parse(`${textOf(moment)}Z`) };
  const isGuess = isFilm && moment.tzoffsetMinutes === 0;
  if (moment.tzoffsetMinutes !== undefined && !isGuess) return onClockOf(zone, moment, origin);
  return { from: origin, text: textOf(moment) };
}

/** Immich shows a moment on the clock of the file's zone, whichever zone is written beside the moment, and on that of UTC where it has none. */
function onClockOf(found: unknown, moment: Moment, from: ToldOrigin): DateCandidate {
  const minutes = moment.tzoffsetMinutes ?? 0;
  const zone = typeof found === 'string' ? isoZone(found) : 'UTC';
  if (!isTimeZone(zone)) return { from, text: textOf(moment), offset: offsetOf(minutes) };
  const secondMs = Date.parse(`${textOf({ ...moment, millisecond: 0 })}Z`) - minutes * 60_000;
  const local = wallClock(secondMs, zone);
  const offset = offsetOf((Date.parse(`${local}Z`) - secondMs) / 60_000);
  return { from, text: `${local}.${padded(moment.millisecond ?? 0, 3)}`, offset };
}

/** `UTC-3:30`, as the package writes it, is `-03:30` for calendars. */
function isoZone(zone: string): string {
  const [, sign, hours, minutes = '00'] = /^UTC([+-])(\d{1,2})(?::(\d\d))?$/.exec(zone) ?? [];
  return sign === undefined ? zone : `${sign}${hours?.padStart(2, '0')}:${minutes}`;
}

/** A scan is often dated by its day, its month or its year only. */
function noonOf({ year, month = 1, day = 1 }: Day): DateCandidate {
  return { from: 'date that Immich ignores', text: textOf({ year, month, day, hour: 12, minute: 0, second: 0 }) };
}

function originOf({ group, name, value }: Named, all: readonly Named[]): ToldOrigin {
  if (name === 'GPSDateTime') return 'GPS';
  if (name === 'DateTimeCreated') return 'IPTC';
  if (group !== 'Composite') return originOfGroup[group] ?? 'other metadata';
  if (name.startsWith('SubSec') || all.some((one) => one.group === 'EXIF' && one.name === name)) return 'EXIF';
  const raw = rawOf(value);
  const isXmp = all.some((one) => one.group === 'XMP' && xmpDates.has(one.name) && raw !== undefined && rawOf(one.value) === raw);
  return isXmp ? 'XMP' : 'IPTC';
}

const xmpDates: ReadonlySet<string> = new Set(['DateCreated', 'CreateDate', 'DateTimeOriginal']);

function rawOf(value: unknown): string | undefined {
  return (value as Partial<Moment> | undefined)?.rawValue;
}

function isMoment(value: unknown): value is Moment {
  return isDated(value) && 'hour' in value;
}

function isDay(value: unknown): value is Day {
  return isDated(value) && !('hour' in value);
}

function isDated(value: unknown): value is object {
  return typeof value === 'object' && value !== null && 'year' in value && typeof value.year === 'number';
}

const padded = (number: number, digits = 2): string => String(Math.trunc(number)).padStart(digits, '0');

function textOf({ year, month, day, hour, minute, second, millisecond = 0 }: Moment): string {
  const date = `${padded(year, 4)}-${padded(month)}-${padded(day)}`;
  return `${date}T${padded(hour)}:${padded(minute)}:${padded(second)}.${padded(millisecond, 3)}`;
}

function offsetOf(minutes: number): string {
  const size = Math.abs(Math.trunc(minutes));
  return `${minutes < 0 ? '-' : '+'}${padded(size / 60)}:${padded(size % 60)}`;
}

function placeOf({ GPSLatitude: latitude, GPSLongitude: longitude }: Tags): Place | undefined {
  const place = typeof latitude === 'number' && typeof longitude === 'number' ? { latitude, longitude } : undefined;
  return place && isOnEarth(place) ? place : undefined;
}

function first(all: readonly Named[], wanted: string): unknown {
  return seenOf(all.filter(({ name, group }) => name === wanted && group !== name))?.value;
}

/** The one of several of one name that Immich sees. Where that is empty exiftool leaves it out, and the first copy is seen. */
function seenOf(same: readonly Named[]): Named | undefined {
  return same.find(({ isCopy }) => !isCopy) ?? same[0];
}

function word(value: unknown): string | undefined {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}
