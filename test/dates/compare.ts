/** Holds how Homeroll files a picture against what Immich will show, and says why they differ where that is known. Pure. */
import type { DateOrigin } from '../../src/domain/index.ts';

/** The zone of the household that the pictures are filed in. */
export const ownersZone = 'Europe/Berlin';

export interface Dated {
  readonly name: string;
  /** With its dot. */
  readonly extension: string;
  readonly isVideo: boolean;
  /** When the file was last changed on disk. */
  readonly modifiedAtMs: number;
  readonly ours: { readonly local: string; readonly from: DateOrigin };
  /** `trouble`: what exiftool said of a file that it could not read to its end. */
  readonly immichs: { readonly local: string; readonly by: string; readonly zone?: string; readonly trouble?: string };
}

export type Comparison = 'same moment' | 'same month' | Reason | 'another month';

export interface Reason {
  readonly title: string;
  /** One or two sentences for docs/reliability.md. */
  readonly why: string;
  readonly explains: (dated: Dated) => boolean;
}

const dayMs = 86_400_000;
const quarterMs = 15 * 60_000;
/** As in Homeroll: no camera wrote a film with a head before. */
const firstFilmMs = Date.UTC(1990, 0, 1);
/** Also as in Homeroll: no picture was taken then. */
const neverSet: ReadonlySet<string> = new Set(['1904-01-01T00:00:00', '1970-01-01T00:00:00']);
/** From the disk or the name: what is no date of the file's own. */
const besideTheFile: ReadonlySet<DateOrigin> = new Set(['file name', 'EXIF date of change', 'modification time']);

export const reasons: readonly Reason[] = [
  {
    title: "a film's head in UTC",
    why: 'The head of a film tells the moment in UTC, and nothing tells the place. Homeroll counts it on the clock of your `time zone`, where the picture was most likely taken; Immich shows it on the clock of Greenwich.',
    explains: ({ isVideo, ours, immichs }) =>
      isVideo &&
      !besideTheFile.has(ours.from) &&
      immichs.zone === 'UTC' &&
      instantMs(ours.local, ownersZone) === instantMs(immichs.local, 'UTC'),
  },
  {
    title: "local time in a film's head",
    why: 'The camera wrote its wall clock where UTC belongs, and the name, or a still of the same stem, tells the same moment whole quarters of an hour apart. Homeroll takes that wall clock; Immich goes by the head.',
    explains: ({ isVideo, ours, immichs }) => {
      const apartMs = Math.abs(instantMs(ours.local, 'UTC') - instantMs(immichs.local, 'UTC'));
      return (
        isVideo && ours.from !== 'modification time' && immichs.by !== 'nothing' && apartMs % quarterMs === 0 && apartMs <= 14 * 60 * 60_000
      );
    },
  },
  {
    title: 'a clock that was never set',
    why: "A film's head tells a year before there were such films, or a day after the film was last changed; or a picture tells the first second of 1904 or 1970, from which clocks count. Homeroll takes the next best date, Immich shows what the file says.",
    explains: ({ isVideo, ours, immichs, modifiedAtMs }) => {
      if (neverSet.has(immichs.local)) return true;
      const shownMs = instantMs(immichs.local, 'UTC');
      return isVideo && besideTheFile.has(ours.from) && (shownMs < firstFilmMs || shownMs > modifiedAtMs + dayMs);
    },
  },
  {
    title: 'a broken file',
    why: "Homeroll finds a date in what is left of a broken file. Immich's reader gives the file up, and shows the earlier of the dates it is sent.",
    explains: ({ ours, immichs }) => immichs.by === 'nothing' && immichs.trouble !== undefined && !besideTheFile.has(ours.from),
  },
];

export function compare(dated: Dated): Comparison {
  const [ours, immichs] = [dated.ours.local.slice(0, 19), dated.immichs.local];
  if (ours === immichs) return 'same moment';
  if (ours.slice(0, 7) === immichs.slice(0, 7)) return 'same month';
  return reasons.find(({ explains }) => explains(dated)) ?? 'another month';
}

/** @param local a wall clock, whatever follows its seconds */
function instantMs(local: string, zone: string): number {
  return Temporal.PlainDateTime.from(local).toZonedDateTime(zone).epochMilliseconds;
}
