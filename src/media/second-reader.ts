/** The port to a reader that knows every kind of metadata, for the few files that hold more than this room reads itself. */
import type { Kind } from '../domain/index.ts';
import type { DateCandidate, MediaFacts, Place } from './evidence.ts';
import { nameCamera } from './facts.ts';

export interface SecondReading {
  /** A path through which a process of the same user reads the very file that is held open: `/proc/7/fd/21`. */
  readonly procPath: string;
  /** What the file lies on. A device that hangs must not keep the files of another waiting. */
  readonly device: string;
  readonly kind: Exclude<Kind, 'other'>;
}

export type SecondAnswer =
  | ({ readonly kind: 'told' } & Told)
  /** Nobody knows whether the file tells more; `because` is a sentence without its full stop, in the owner's words. */
  | { readonly kind: 'not read'; readonly because: string };

export interface Told {
  /** In the order in which Immich believes them. */
  readonly dates: readonly DateCandidate[];
  /** Days without a time, and months: Immich does not know them, but they are better than none. */
  readonly days: readonly DateCandidate[];
  readonly make?: string | undefined;
  readonly model?: string | undefined;
  readonly place?: Place | undefined;
}

export interface SecondReader {
  /** Never rejects for what is in the file, nor for what becomes of the reader; only with the signal's reason. */
  read(reading: SecondReading, signal: AbortSignal): Promise<SecondAnswer>;
}

/** All that both readers found. Where they differ in dates the second is right: it knows every kind. */
export function together(facts: MediaFacts, told: Told): MediaFacts {
  const camera = facts.camera ?? nameCamera(told.make, told.model);
  const place = facts.place ?? told.place;
  return {
    ...facts,
    dates: [...told.dates, ...(told.dates.length > 0 ? facts.dates : facts.dates.map(asIgnored)), ...told.days],
    ...(camera && { camera }),
    ...(place && { place }),
    holdsMore: false,
  };
}

/** What exiftool does not take for a date Immich does not either: it shows what is sent along. */
function asIgnored(date: DateCandidate): DateCandidate {
  return date.from === 'EXIF date of change' ? date : { ...date, from: 'date that Immich ignores' };
}
