/** Finds the wall clock of a movie whose head tells only an instant, or wrongly says local time where UTC belongs. Pure. */
import type { TakenAt } from '../domain/index.ts';
import { instantOf } from '../kernel/index.ts';
import type { DateCandidate } from './evidence.ts';
import { dateInName } from './name-date.ts';
import { readWrittenDate } from './written-date.ts';

/** A wall clock that something beside the head tells of the same moment. */
export interface ClockClue {
  /** `2024-07-14T09:21:33` */
  readonly local: string;
  /** Who tells it, for people: `its name`. */
  readonly by: string;
}

export interface MovieAround {
  /** In the order in which they are believed. */
  readonly clues: readonly ClockClue[];
  /** Unknown: 0. */
  readonly durationMs: number;
  /** Where it was taken, as far as that is known. */
  readonly timeZone: string;
}

/** All time zones on earth are whole quarters of an hour from Greenwich, and within these. */
const quarterMs = 15 * 60_000;
const [westernmostMs, easternmostMs] = [-12 * 3_600_000, 14 * 3_600_000];
/** Between the moment of the name and that of the head a program opens files and a sensor wakes up. */
const sameMomentMs = 10_000;

/** @param taken told as an instant; @returns it with the wall clock of the first clue that tells the same moment; as it was where there is none, or where that is the same. */
export function setMovieClock(taken: TakenAt, { clues, durationMs, timeZone }: MovieAround): TakenAt {
  for (const { local, by } of clues) {
    const apartMs = quartersApart(Date.parse(`${local}Z`) - taken.epochMs, durationMs);
    if (apartMs === undefined) continue;
    // The owner's own zone, or that of the place, said so already.
    if (Math.abs(Date.parse(`${local}Z`) - Date.parse(`${taken.local}Z`)) < quarterMs / 2) return taken;
    // Equal digits: the head tells the wall clock, as if it were UTC. Otherwise it tells the instant, and the clue how far the place is off.
    const epochMs = apartMs === 0 ? instantOf(local, timeZone) : taken.epochMs;
    return { ...taken, local, epochMs, correctedBy: `the wall clock in ${by}` };
  }
  return taken;
}

/** True where the file tells a moment only, and the wall clock is the owner's, or the place's. */
export function isToldAsInstant({ from, epochMs }: TakenAt, dates: readonly DateCandidate[]): boolean {
  return dates.some((date) => {
    if (date.from !== from) return false;
    if ('epochMs' in date) return Math.trunc(date.epochMs) === epochMs;
    return from === 'QuickTime creation date' && readWrittenDate(date.text)?.offset === '+00:00';
  });
}

/** Heads are written when a recording begins, or when it ends: whole quarters from one of both, or undefined. */
function quartersApart(differenceMs: number, durationMs: number): number | undefined {
  return [differenceMs, differenceMs + durationMs]
    .map((ms) => ({ apartMs: Math.round(ms / quarterMs) * quarterMs, ms }))
    .filter(({ apartMs, ms }) => Math.abs(ms - apartMs) <= sameMomentMs && apartMs >= westernmostMs && apartMs <= easternmostMs)
    .map(({ apartMs }) => apartMs + 0)[0];
}

/** What a name tells of the wall clock to the second, or nothing. */
export function clueInName(fileName: string): ClockClue | undefined {
  const date = dateInName(fileName);
  return date && !date.isUtc && !date.isDayOnly ? { local: date.local, by: 'its name' } : undefined;
}
