/** Says whether a still and a film were taken in the same moment, by their dates. Pure. */
import { type DateOrigin, lastResorts, type TakenAt } from '../domain/index.ts';

/**
 * What two files of one name may share though they have nothing to do with each other: the name itself, the time at which a program copied
 * both, and the time at which one exported both. None of it proves anything.
 */
const provesNothing: ReadonlySet<DateOrigin> = new Set(lastResorts);

/** What cameras write with hour, minute and second, or not at all. */
const tellsSeconds: ReadonlySet<DateOrigin> = new Set(['EXIF with time zone', 'EXIF', 'movie header']);

/**
 * A phone takes the still in the middle of about three seconds of film, and dates the film by its begin, its end, or the moment at which it was
 * written. Five seconds hold all of these, and whole seconds in place of fractions.
 */
const sameMomentMs = 5_000;

const minuteMs = 60_000;
/** What clocks on Earth are ahead of UTC, in minutes: whole hours, and the few places that count otherwise. */
const zonesMinutes: readonly number[] = [
  ...Array.from({ length: 27 }, (_, index) => (index - 12) * 60),
  ...[-570, -210, -150, 210, 270, 330, 345, 390, 525, 570, 630, 765, 825],
];

/**
 * True when both dates tell of one moment. A film mostly tells UTC and a still only what a clock on the wall showed: then the two may differ by
 * any time zone, as long as it is one.
 */
export function isSameMoment(corrected: TakenAt | undefined, correctedFilm: TakenAt | undefined): boolean {
  if (!corrected || !correctedFilm || !isMoment(corrected) || !isMoment(correctedFilm)) return false;
  const [still, film] = [asItWas(corrected), asItWas(correctedFilm)];
  if (isNear(still.epochMs - film.epochMs)) return true;
  // As a wall clock is written, the still may be a zone away from the instant of the film; 0 of a camera that writes its wall clock as UTC.
  const aheadMs = Date.parse(`${still.local}Z`) - film.epochMs;
  if (still.from === 'EXIF with time zone') return isNear(aheadMs);
  return zonesMinutes.some((minutes) => isNear(aheadMs - minutes * minuteMs));
}

/** Before any clock was set right: a film's is set by the very still that it is held against here, which would prove nothing. */
function asItWas({ from, local, epochMs, correctedBy, elseShown }: TakenAt): Pick<TakenAt, 'from' | 'local' | 'epochMs'> {
  if (correctedBy === undefined) return { from, local, epochMs };
  const before = elseShown ?? local;
  // What Immich shows of a film's instant is UTC. Of a still it is the wall clock, and what was corrected is taken back.
  const isWritten = from.startsWith('EXIF');
  const byMs = Date.parse(`${local}Z`) - Date.parse(`${before}Z`);
  return { from, local: before, epochMs: isWritten ? epochMs - byMs : Date.parse(`${before}Z`) };
}

/** XMP, IPTC and their kin may tell the day only, which is read as its noon: then all of a day would be one moment. */
function isMoment({ from, local }: TakenAt): boolean {
  if (provesNothing.has(from)) return false;
  return tellsSeconds.has(from) || !/T(00|12):00:00$/.test(local);
}

function isNear(differenceMs: number): boolean {
  return Math.abs(differenceMs) <= sameMomentMs;
}
