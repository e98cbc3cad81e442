/** Looks at what the operating system hinted at: a file, a folder, or a path where nothing is any more. */
import {
  DiskError,
  type FoundMark,
  isAtOrBelow,
  joinPath,
  leaveAlone,
  leftAloneAt,
  type MarkKind,
  markNames,
  type PathBytes,
  walk,
} from '../../files/index.ts';
import type { SourceInUse } from '../step.ts';
import { applyEvent } from '../transitions.ts';
import { lookAtMarks, type MarkParts } from './marks.ts';
import { noticeFiles } from './sightings.ts';

/** Only a sweep can tell the rest: something was removed that was more than one known file. */
export type Looked = 'seen' | 'sweep needed';

export interface LookParts extends MarkParts {
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
  // First: they say whether the others are wanted.
  const marked = paths.filter((path) => markAt(path) !== undefined).map(parentOf);
  let areMarksNew = false;
  for (const folder of marked) if (await seeMarks(folder, source, parts)) areMarksNew = true;
  const missing: PathBytes[] = [];
  for (const path of paths) if (!(await seeIfThere(source, path, parts))) missing.push(path);
  const looked = areMarksNew ? 'sweep needed' : 'seen';
  if (missing.length === 0) return looked;
  if (!(await parts.isRootPresent())) return looked;
  const lost = await parts.lostMounts();
  const gone = missing.filter((path) => !lost.some((mount) => isAtOrBelow(path, mount)));
  const verdicts = gone.map((path) => noteMissing(source, path, parts));
  return verdicts.includes('sweep needed') ? 'sweep needed' : looked;
}

async function seeIfThere(source: SourceInUse, path: PathBytes, parts: LookParts & { signal: AbortSignal }): Promise<boolean> {
  const { disk, signal } = parts;
  try {
    const stat = await disk.stat(joinPath(source.root, path));
    if (stat === undefined) return false;
    if (leftAloneAt(leaveAlone(source.ignoring()), path, stat.kind)) return true;
    if (stat.kind === 'file') await noticeFiles(source, { folder: parentOf(path), files: [{ name: nameOf(path), stat }] }, parts);
    if (stat.kind !== 'folder') return true;
    for await (const walked of walk(disk, joinPath(source.root, path), { rules: source.ignoring(), within: path, signal })) {
      if (walked.kind !== 'files') continue;
      const folder = joinPath(path, walked.folder);
      if (walked.marks) await lookAtMarks(folder, walked.marks, source, parts);
      const leave = leaveAlone(source.ignoring());
      if (leftAloneAt(leave, folder, 'folder')) continue;
      const files = walked.files.filter(({ name }) => !leave(folder, { name, kind: 'file' }));
      await noticeFiles(source, { folder, files }, parts);
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

function markAt(path: PathBytes): MarkKind | undefined {
  const name = nameOf(path).toString('latin1');
  return markKinds.find((kind) => markNames[kind] === name);
}

const markKinds = Object.keys(markNames) as readonly MarkKind[];

async function seeMarks(folder: PathBytes, source: SourceInUse, parts: LookParts): Promise<boolean> {
  const { disk } = parts;
  const found: FoundMark[] = [];
  try {
    for (const kind of markKinds) {
      const stat = await disk.stat(joinPath(joinPath(source.root, folder), Buffer.from(markNames[kind])));
      if (stat?.kind === 'file') found.push({ kind, stat });
    }
    // Where nothing is mounted, no mark is there either.
    if (found.length === 0 && !(await parts.isRootPresent())) return false;
    return await lookAtMarks(folder, found, source, parts);
  } catch (error) {
    if (!(error instanceof DiskError)) throw error;
    return false;
  }
}
