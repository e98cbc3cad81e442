/** The sentences about what is left alone on a disk, and how it is taken back. Pure. */
import { counted, grouped, pictures, sum, type Tally } from './counting.ts';
import type { LeftAloneName } from './left-alone-names.ts';

/** By what something is left alone: a name of the table, or a mark that lies in a folder. */
export type LeftAloneBy = LeftAloneName | LeftAloneMark;

export interface LeftAloneMark {
  readonly mark: 'nomedia' | 'patterns';
  /** Where it lies, relative to the source; one character for each byte. */
  readonly folder: string;
}

/** How it is counted and shown: the name of the table, or of the mark. */
export function nameOfLeftAlone(by: LeftAloneBy): string {
  if ('name' in by) return by.name;
  return by.mark === 'nomedia' ? '.nomedia' : '.homerollignore';
}

const notWanted = 'not wanted: ';

/**
 * Why a file is not wanted, in the words of `why`.
 * @param where what is left alone, relative to the source, for people
 * @param markAt where the mark lies that says so, for people
 */
export function whyLeftAlone(by: LeftAloneBy, { where, markAt }: { readonly where: string; readonly markAt: string }): string {
  if ('name' in by) return `${notWanted}"${where}" is left alone (${by.what}); ignore: { not: ["${by.name}"] } takes it back`;
  return by.mark === 'nomedia'
    ? `${notWanted}"${markAt}" says so; nomedia: ignore takes it back`
    : `${notWanted}"${markAt}" leaves "${where}" alone; a line in it that begins with ! takes it back`;
}

// Each may be one of a hundred folders.
const mostReasons = 3;

/** `12 photos from Phone that waited are no longer sent: "Camera/.trash" is left alone (a bin); ignore: { not: [".trash"] } takes it back.` */
export function tellLeftAlone({
  source,
  left,
  reasons,
}: {
  readonly source: string;
  readonly left: Tally;
  /** In the words of `why`, each once. */
  readonly reasons: readonly string[];
}): string {
  const shown = reasons.slice(0, mostReasons).map((reason) => reason.replace(notWanted, ''));
  const more = reasons.length > shown.length ? [`and ${counted(reasons.length - shown.length, 'more folder')}`] : [];
  const are = sum(left) === 1 ? 'is' : 'are';
  return `${pictures(left)} from ${source} that waited ${are} no longer sent: ${[...shown, ...more].join('; ')}.`;
}

/** `@eaDir (thumbnails, 300×), .recycle (a bin, 2×)`, the most frequent first. @param counts by the name in the table, or of the mark */
export function listLeftAlone(counts: Readonly<Record<string, number>>, names: readonly LeftAloneName[]): string {
  const what = (name: string): string => names.find((one) => one.name === name)?.what ?? 'a mark';
  return Object.entries(counts)
    .toSorted(([, a], [, b]) => b - a)
    .map(([name, count]) => `${name} (${what(name)}, ${grouped(count)}×)`)
    .join(', ');
}

/** A mark that would leave alone what was wanted until now. Until it is answered, all goes on as before. */
export function askAboutMark({
  source,
  mark,
  wanted,
  isAll,
}: {
  readonly source: string;
  /** Absolute path, for people. */
  readonly mark: string;
  /** How many photos and videos that were wanted it would leave alone. */
  readonly wanted: number;
  /** It would leave the whole source alone. */
  readonly isAll: boolean;
}): string {
  const what = isAll ? `all of ${source}` : `${counted(wanted, 'file')} of ${source}`;
  const were = isAll ? '' : ` that ${wanted === 1 ? 'was' : 'were'} wanted until now`;
  return `"${mark}" would leave ${what} alone${were}. Nothing changes until you answer: homeroll let-go "${mark}" lets it count, homeroll keep "${mark}" goes on as before.`;
}
