/** How far the work is, as a block that changes in place or as a line now and then. Pure. */
import { formatDuration, formatSize, grouped, type Numbers, progress } from '../domain/index.ts';
import type { Paint } from './paint.ts';
import { plain, shortened } from './text.ts';

/** One look at the work. */
export interface Sample {
  readonly atMs: number;
  readonly files: Numbers;
  readonly bytes: Numbers;
  /** Sent and read back since the start. */
  readonly movedBytes: number;
  readonly inHand?: string;
}

export interface Pace {
  readonly bytesPerSecond?: number;
  readonly leftMs?: number;
}

/** Every byte that waits is still to be sent and to be read back. */
function leftBytes({ bytes }: Sample): number {
  return 2 * (bytes.waiting + bytes.unjudged) + bytes.stored;
}

/** @param samples of the last seconds, the oldest first */
export function paceOf(samples: readonly Sample[]): Pace {
  const [first, last] = [samples[0], samples.at(-1)];
  if (!first || !last || last.atMs - first.atMs < 1_000) return {};
  const seconds = (last.atMs - first.atMs) / 1_000;
  const bytesPerSecond = (last.movedBytes - first.movedBytes) / seconds;
  const gainedPerSecond = (leftBytes(first) - leftBytes(last)) / seconds;
  const leftMs = (leftBytes(last) / gainedPerSecond) * 1_000;
  return {
    ...(bytesPerSecond > 0 && { bytesPerSecond }),
    // While the first sweep still finds files, the rest grows, and while nothing moves nobody knows.
    ...(bytesPerSecond > 0 && gainedPerSecond > 0 && leftMs >= 1_000 && { leftMs }),
  };
}

/** True while something is on its way. */
export function isUnderWay({ files }: Sample): boolean {
  return files.waiting + files.unjudged + files.stored > 0;
}

/** @param share 0 to 1, of which are done */
export function progressBar(share: number, columns: number, paint: Paint): string {
  const filled = Math.floor(share * columns);
  return paint.green('━'.repeat(filled)) + paint.dim('━'.repeat(columns - filled));
}

/** The block for a terminal: a bar with the numbers, and what is in hand. No line is wider than `columns`. */
export function progressBlock(sample: Sample, pace: Pace, { columns, paint }: { columns: number; paint: Paint }): readonly string[] {
  const { files } = sample;
  const width = Math.max(10, Math.min(30, columns - 50));
  const share = files.wanted + files.unjudged === 0 ? 0 : (files.safe + files.stored / 2 + files.letGo) / (files.wanted + files.unjudged);
  const speed = [
    pace.bytesPerSecond === undefined ? '' : `${formatSize(pace.bytesPerSecond)}/s`,
    pace.leftMs === undefined ? '' : `${formatDuration(pace.leftMs)} left`,
  ].filter(Boolean);
  const head = shortened(
    [`${grouped(files.safe)} of ${grouped(files.wanted + files.unjudged)} safe`, ...speed].join(' · '),
    columns - width - 1,
  );
  const rest = placesOf(files);
  const inHand = sample.inHand === undefined ? [] : [paint.dim(shortened(plain(sample.inHand), columns))];
  return [`${progressBar(share, width, paint)} ${paint.bold(head)}`, ...(rest === '' ? [] : [shortened(rest, columns)]), ...inHand];
}

/** A line for a log: `12 of 31 safe · 3.2 MB/s · 4 seconds left (3 waiting, 1 stored)` */
export function progressLine({ files }: Sample, pace: Pace): string {
  const rest = placesOf(files);
  return `${progress({ numbers: files, ...pace })}${rest === '' ? '' : ` (${rest})`}`;
}

function placesOf({ unjudged, waiting, stored, blocked, letGo, unwanted }: Numbers): string {
  const places: readonly (readonly [number, string])[] = [
    [unjudged, 'to look at'],
    [waiting, 'waiting'],
    [stored, 'stored'],
    [blocked, blocked === 1 ? 'needs you' : 'need you'],
    [letGo, 'let go'],
    [unwanted, 'not wanted'],
  ];
  return places
    .filter(([count]) => count > 0)
    .map(([count, means]) => `${grouped(count)} ${means}`)
    .join(', ');
}
