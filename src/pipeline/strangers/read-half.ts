/** Reads anew from disk what tells whether a file is the half of a live photo. */
import type { FileRecord } from '../../domain/index.ts';
import { bytesOf, type Disk, type PathBytes } from '../../files/index.ts';
import { extensionOf, type Member, readMediaFacts, takenAt } from '../../media/index.ts';
import type { SourceInUse } from '../step.ts';
import { lookAgain } from '../unchanged.ts';

export interface ReadingParts {
  readonly disk: Disk;
  readonly timeZone: string;
}

export interface HalfOnDisk {
  readonly file: FileRecord;
  readonly path: PathBytes;
  readonly source: SourceInUse;
}

/** @returns undefined where it is not there as it was. @throws DiskError when it cannot be read */
export async function readHalf({ file, path, source }: HalfOnDisk, { disk, timeZone }: ReadingParts): Promise<Member | undefined> {
  const look = await lookAgain(disk, { file, path }, source.identity());
  if (look.kind !== 'same') return undefined;
  await using open = await disk.open(path);
  const extension = extensionOf(file.name);
  const facts = await readMediaFacts(bytesOf(open, file.stat.sizeBytes), { kind: file.kind, extension });
  const around = { fileName: file.name.toString('utf8'), modifiedAtMs: Number(file.stat.mtimeNs / 1_000_000n), timeZone };
  const { contentIdentifier, durationMs } = facts;
  return { name: file.name, kind: file.kind, extension, contentIdentifier, durationMs, taken: takenAt(facts.dates, around) };
}
