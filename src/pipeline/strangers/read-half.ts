/** Reads anew from disk what tells whether a file is the half of a live photo. */
import type { FileRecord } from '../../domain/index.ts';
import type { Disk, PathBytes } from '../../files/index.ts';
import { extensionOf, type Member, takenAt } from '../../media/index.ts';
import { aroundOf, type Readers, readFacts } from '../read-facts.ts';
import type { SourceInUse } from '../step.ts';
import { lookAgain } from '../unchanged.ts';

export interface ReadingParts extends Readers {
  readonly disk: Disk;
}

export interface HalfOnDisk {
  readonly file: FileRecord;
  readonly path: PathBytes;
  readonly source: SourceInUse;
}

/**
 * @returns undefined where it is not there as it was, or tells more than can be read now: then nobody knows what it is the half of
 * @throws DiskError when it cannot be read
 */
export async function readHalf({ file, path, source }: HalfOnDisk, parts: ReadingParts, signal: AbortSignal): Promise<Member | undefined> {
  const look = await lookAgain(parts.disk, { file, path }, source.identity());
  if (look.kind !== 'same') return undefined;
  await using open = await parts.disk.open(path);
  const { facts, unread } = await readFacts(open, file, parts, signal);
  if (unread !== undefined) return undefined;
  const { contentIdentifier, durationMs, filmMark } = facts;
  const taken = takenAt(facts.dates, aroundOf(file, parts));
  return { name: file.name, kind: file.kind, extension: extensionOf(file.name), contentIdentifier, durationMs, filmMark, taken };
}
