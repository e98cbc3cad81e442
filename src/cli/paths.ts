/** Finds out which file of the journal somebody means by a path: relative, through links, or as bytes. */
import { basename, dirname, join, resolve } from 'node:path';
import type { SourceConfig, Surroundings } from '../config/index.ts';
import { whyUnknown } from '../desk/index.ts';
import { DiskError, type EntryKind, NoAnswer, type PathBytes } from '../files/index.ts';
import type { Journal } from '../journal/index.ts';
import { OwnerError } from '../kernel/index.ts';

export interface PathWish {
  readonly path: string | undefined;
  /** The bytes in base64, or true: `path` is base64. For names that are no text. */
  readonly pathBase64: string | boolean | undefined;
}

/** Absolute paths that may be meant, the likeliest first. @throws OwnerError when none was named */
export async function pathsMeant(
  { path, pathBase64 }: PathWish,
  sources: readonly SourceConfig[],
  { realPath }: Pick<Surroundings, 'realPath'>,
): Promise<readonly PathBytes[]> {
  const base64 = pathBase64 === true ? path : pathBase64 || undefined;
  if (base64 !== undefined) return [bytesOf(base64)];
  if (path === undefined) throw new OwnerError('no path', 'Name a file: its path, or --path-base64 with the bytes of its path.');
  const given = resolve(path);
  // The file itself may be a link, and is not followed; the folders on the way to it may be links.
  const real = join(await realPath(dirname(given)), basename(given));
  // A name typed by hand may be composed otherwise than the one on disk.
  const texts = [given, real].flatMap((text) => [text, text.normalize('NFC'), text.normalize('NFD')]);
  const below = await Promise.all(sources.map(({ folder }) => belowSource(folder, texts, realPath)));
  return [...new Set([...texts, ...below.flat()])].map((text) => Buffer.from(text));
}

interface UnknownParts {
  readonly journal: Journal | undefined;
  /** A Homeroll runs. */
  readonly isAtWork: boolean;
  /** What lies at a path now. */
  readonly kindAt: (path: PathBytes) => Promise<EntryKind | undefined>;
}

/** For when the journal knows none of the paths meant. */
export async function unknownFile(
  meant: readonly PathBytes[],
  sources: readonly SourceConfig[],
  { journal, isAtWork, kindAt }: UnknownParts,
): Promise<OwnerError> {
  const sentences = await Promise.all(
    meant.map(async (path) => {
      const found = await kindAt(path).catch((error: unknown) =>
        error instanceof DiskError && error.cause instanceof NoAnswer ? error.cause : undefined,
      );
      return whyUnknown(path, sources, { found, journal, isAtWork });
    }),
  );
  // The one that lies in a source tells more than the one that lies in none.
  return new OwnerError('unknown file', sentences.find((sentence) => !sentence.includes('none of your sources')) ?? sentences[0] ?? '');
}

/** The journal knows files by their source's folder as the owner wrote it. */
async function belowSource(folder: string, texts: readonly string[], realPath: Surroundings['realPath']): Promise<readonly string[]> {
  const real = await realPath(folder);
  return texts.flatMap((text) => (text.startsWith(`${real}/`) ? [folder + text.slice(real.length)] : []));
}

function bytesOf(base64: string): PathBytes {
  const bytes = Buffer.from(base64, 'base64');
  if (bytes.length > 0 && bytes.toString('base64').replace(/=+$/, '') === base64.replace(/=+$/, '')) return bytes;
  throw new OwnerError('no base64', `"${base64}" is not base64.`);
}
