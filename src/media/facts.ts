/** One question for every kind of file: what does it say of its picture? */
import type { Kind } from '../domain/index.ts';
import { type Bytes, peekInto } from './bytes.ts';
import type { DateCandidate, MediaFacts, Place } from './evidence.ts';
import { readExif } from './exif.ts';
import { readMovie } from './movie.ts';

/**
 * What the file says of its picture. Never rejects for what is in the file, however broken; only when `readAt` does.
 * Reads at most 1 MB of any file, and of a healthy one some hundred bytes to a few KB.
 */
export async function readMediaFacts(bytes: Bytes, kind: Kind): Promise<MediaFacts> {
  if (kind !== 'photo' && kind !== 'video') return { dates: [], holdsMore: false };
  const peek = peekInto(bytes);
  const [expected, other] = kind === 'photo' ? [readExif, readMovie] : [readMovie, readExif];
  const facts = asFacts(await expected(peek));
  if (!saysNothing(facts)) return facts;
  // Names lie: online services hand out movies named .jpg. Asking the other reader costs a few bytes.
  const others = asFacts(await other(peek));
  return { ...others, holdsMore: others.holdsMore || facts.holdsMore };
}

function saysNothing(facts: MediaFacts): boolean {
  return facts.dates.length === 0 && Object.keys(facts).length === 2;
}

interface Said {
  readonly dates: readonly DateCandidate[];
  readonly make?: string | undefined;
  readonly model?: string | undefined;
  readonly place?: Place | undefined;
  readonly contentIdentifier?: string | undefined;
  readonly durationMs?: number | undefined;
  readonly holdsMore: boolean;
}

function asFacts({ dates, make, model, place, contentIdentifier, durationMs, holdsMore }: Said): MediaFacts {
  const camera = nameCamera(make, model);
  return {
    dates,
    holdsMore,
    ...(camera && { camera }),
    ...(place && { place }),
    ...(contentIdentifier && { contentIdentifier }),
    ...(durationMs !== undefined && { durationMs }),
  };
}

/** `NIKON CORPORATION` and `NIKON D750` make `NIKON D750`; `Apple` and `iPhone 15` make `Apple iPhone 15`. */
export function nameCamera(make = '', model = ''): string {
  const [maker, name] = [make, model].map((text) => text.replace(/[\p{Cc}\s]+/gu, ' ').trim()) as [string, string];
  const firstWord = maker.split(' ')[0] ?? '';
  const isSaidTwice = firstWord !== '' && name.toLowerCase().startsWith(firstWord.toLowerCase());
  return (isSaidTwice ? name : `${maker} ${name}`).trim();
}
