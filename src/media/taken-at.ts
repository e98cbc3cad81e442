/** Decides when a picture was taken: the most believable of all dates that the file, its name and its disk offer. */
import { type DateOrigin, lastResorts, type TakenAt } from '../domain/index.ts';
import { instantOf, wallClock } from '../kernel/index.ts';
import type { DateCandidate } from './evidence.ts';
import { firstMovieMs } from './movie.ts';
import { dateInName } from './name-date.ts';
import { readFraction, readOffset, readWrittenDate } from './written-date.ts';

export interface Surroundings {
  readonly fileName: string;
  readonly modifiedAtMs: number;
  /** The owner's zone: where a picture does not tell its own, it was taken there. */
  readonly timeZone: string;
}

const dayMs = 24 * 60 * 60 * 1000;
/** What four digits of a year can tell, and a day for every zone. */
const [firstMs, lastMs] = [Date.UTC(1, 0, 2), Date.UTC(9999, 11, 30)];

/**
 * The date to believe, with its origin. Always finds one: the time of modification is the last resort. What metadata tells goes
 * first, in the order of the candidates; a name goes before the last change, since a scan is younger than its picture.
 *
 * What a person may have set by hand (EXIF, QuickTime's date) is believed unless no calendar knows it, a future date
 * too. A movie's head is a machine's word: it must not be older than movie files, nor more than a day younger than the
 * file's last change, where that in turn can be believed. (A day, for cameras that write their wall clock as UTC.)
 */
export function takenAt(candidates: readonly DateCandidate[], around: Surroundings): TakenAt {
  const readings = [...candidates.map((candidate) => read(candidate, around)), readName(around)].filter((reading) => reading !== undefined);
  // Stable: of what metadata tells the candidates' own order decides.
  const [best] = readings.toSorted((a, b) => rankOf(a.from) - rankOf(b.from));
  return best ?? atInstant(around.modifiedAtMs, around.timeZone, 'modification time');
}

/** The first of the candidates that can be believed, if there is one. */
export function toldAt(candidates: readonly DateCandidate[], around: Surroundings): TakenAt | undefined {
  return candidates.map((candidate) => read(candidate, around)).find((reading) => reading !== undefined);
}

function rankOf(from: DateOrigin): number {
  return lastResorts.indexOf(from as (typeof lastResorts)[number]);
}

function read(candidate: DateCandidate, around: Surroundings): TakenAt | undefined {
  if ('epochMs' in candidate) {
    return isBelievable(candidate.epochMs, around.modifiedAtMs) ? atInstant(candidate.epochMs, around.timeZone, candidate.from) : undefined;
  }
  const date = readWrittenDate(candidate.text);
  if (!date) return undefined;
  const offset = readOffset(candidate.offset) ?? date.offset;
  // Apple's date written as UTC names the instant but not the place: the wall clock is then the owner's.
  if (candidate.from === 'QuickTime creation date' && offset === '+00:00') {
    return atInstant(instantOf(date.local, 'UTC') + date.millisecond, around.timeZone, candidate.from);
  }
  const millisecond = date.millisecond || readFraction(candidate.fraction);
  const from = candidate.from === 'EXIF' && offset ? 'EXIF with time zone' : candidate.from;
  return atWallClock({ ...date, millisecond }, offset ?? around.timeZone, from);
}

function readName({ fileName, timeZone }: Surroundings): TakenAt | undefined {
  const date = dateInName(fileName);
  if (!date) return undefined;
  return date.isUtc
    ? atInstant(instantOf(date.local, 'UTC') + date.millisecond, timeZone, 'file name')
    : atWallClock(date, timeZone, 'file name');
}

function isBelievable(headMs: number, modifiedAtMs: number): boolean {
  const isChangeBelievable = modifiedAtMs >= firstMovieMs;
  return headMs >= firstMovieMs && headMs <= (isChangeBelievable ? modifiedAtMs + dayMs : lastMs);
}

function atWallClock({ local, millisecond }: { local: string; millisecond: number }, zone: string, from: DateOrigin): TakenAt {
  return { local, epochMs: instantOf(local, zone) + millisecond, from };
}

function atInstant(instantMs: number, zone: string, from: DateOrigin): TakenAt {
  // Disks hand out fractions of a millisecond, and broken ones dates beyond all calendars.
  const epochMs = Math.trunc(Math.min(Math.max(instantMs || 0, firstMs), lastMs));
  return { local: wallClock(epochMs, zone), epochMs, from };
}
