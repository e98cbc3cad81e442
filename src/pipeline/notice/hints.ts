/** Looks at what the operating system hinted at: a file, a folder, or a path where nothing is any more. */
import { DiskError, isAtOrBelow, isIgnoredName, joinPath, type PathBytes, walk } from '../../files/index.ts';
import type { SourceInUse } from '../step.ts';
import { applyEvent } from '../transitions.ts';
import { type NoticeParts, noticeFiles } from './sightings.ts';

/** Only a sweep can tell the rest: something was removed that was more than one known file. */
export type Looked = 'seen' | 'sweep needed';

export interface LookParts extends NoticeParts {
  /** Asked before anything is said to have vanished. */
  readonly isRootPresent: () => Promise<boolean>;
  /** Folders in it where something was mounted and is not now. */
  readonly lostMounts: () => Promise<readonly PathBytes[]>;
}

/** @param paths relative to the source's root; what is there is looked at first, so that a renamed file is not lost for a moment */
export async function lookAt(
  source: SourceInUse,
  paths: readonly PathBytes[],
  parts: LookParts & { signal: AbortSignal },
): Promise<Looked> {
  const missing: PathBytes[] = [];
  for (const path of paths) if (!(await seeIfThere(source, path, parts))) missing.push(path);
  if (missing.length === 0) return 'seen';
  if (!(await parts.isRootPresent())) return 'seen';
  const lost = await parts.lostMounts();
  const gone = missing.filter((path) => !lost.some((mount) => isAtOrBelow(path, mount)));
  const verdicts = gone.map((path) => noteMissing(source, path, parts));
  return verdicts.includes('sweep needed') ? 'sweep needed' : 'seen';
}

async function seeIfThere(source: SourceInUse, path: PathBytes, parts: LookParts & { signal: AbortSignal }): Promise<boolean> {
  const { disk, signal } = parts;
  try {
    const stat = await disk.stat(joinPath(source.root, path));
    if (stat === undefined) return false;
    if (stat.kind === 'file') await noticeFiles(source, { folder: parentOf(path), files: [{ name: nameOf(path), stat }] }, parts);
    if (stat.kind !== 'folder') return true;
    for await (const walked of walk(disk, joinPath(source.root, path), { ignores: isIgnoredName, signal })) {
      if (walked.kind === 'files') await noticeFiles(source, { folder: joinPath(path, walked.folder), files: walked.files }, parts);
    }
    return true;
  } catch (error) {
    if (!(error instanceof DiskError)) throw error;
    // The sweep says what could not be read.
    return error.kind !== 'vanished';
  }
}

function noteMissing(source: SourceInUse, path: PathBytes, { journal, clock }: LookParts): Looked {
  const folderId = journal.sources.findFolder(source.id, parentOf(path));
  const file = folderId === undefined ? undefined : journal.files.byName(folderId, nameOf(path));
  if (file) journal.transaction(() => applyEvent(journal, file, 'vanished', { nowMs: clock.now(), reason: 'no longer on disk' }));
  return file || journal.sources.findFolder(source.id, path) === undefined ? 'seen' : 'sweep needed';
}

function parentOf(path: PathBytes): PathBytes {
  return path.subarray(0, Math.max(0, path.lastIndexOf(0x2f)));
}

function nameOf(path: PathBytes): Buffer {
  return path.subarray(path.lastIndexOf(0x2f) + 1);
}
