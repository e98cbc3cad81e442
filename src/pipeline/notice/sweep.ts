/** A full walk of a source: the truth about what is there. One folder at a time is held against the journal. */

import {
  DiskError,
  isAtOrBelow,
  isStillListed,
  joinPath,
  leaveAlone,
  leftAloneAt,
  markNames,
  type PathBytes,
  walk,
} from '../../files/index.ts';
import { mostUnwatched, noteLeftAlone, noteUnwatched } from '../left-alone.ts';
import type { SourceInUse } from '../step.ts';
import { type Leaving, leaveFolderAlone, leaveSomeAlone, markAbsent } from './leave.ts';
import { lookAtMarks, type MarkParts } from './marks.ts';
import { lookAtMounts } from './mounts.ts';
import { type NoticeParts, noticeFiles } from './sightings.ts';

export interface Swept {
  /** New or changed files. */
  readonly news: number;
  /** Files that are known and were not found; marked in the journal with the sweep's number. */
  readonly missing: number;
  /** Something else is left alone now than when it began. */
  readonly areMarksNew?: boolean;
  /** Sentences about what could not be read, the first few. */
  readonly unreadable: readonly string[];
}

interface Blind {
  readonly folder: PathBytes;
}

// Beyond this many unreadable folders nothing is said about what is missing: the disk is in trouble.
const mostBlindFolders = 200;
const mostSentences = 5;

export async function sweep(source: SourceInUse, parts: MarkParts, signal: AbortSignal): Promise<Swept> {
  const { journal, disk } = parts;
  const number = journal.sources.byId(source.id).sweeps + 1;
  journal.sources.update(source.id, { sweeps: number });
  let leaving: Leaving = { source, leave: leaveAlone(source.ignoring()), number };
  /** A mark was found on the way: what it leaves alone is walked this once. */
  let areMarksNew = false;
  const lostMounts = async (): Promise<readonly PathBytes[]> =>
    (await lookAtMounts(source, parts, signal)).flatMap(({ path, state }) => (state === 'mounted' ? [] : [path]));
  const leftAlone: Record<string, number> = {};
  const unwatched: PathBytes[] = [];
  const blind: Blind[] = [];
  const sentences: string[] = [];
  let news = 0;
  const vanished: PathBytes[] = [];
  let folderInHand: Buffer | undefined;
  let marksReadIn: Buffer | undefined;
  for await (const walked of walk(disk, source.root, { rules: source.ignoring(), signal })) {
    if (walked.kind === 'left alone') {
      count(leftAlone, { [markNames[walked.mark]]: 1 });
      continue;
    }
    if (walked.kind === 'unreadable' && !walked.name) {
      // Whoever removes a folder while we walk has not made it unreadable; the root itself is asked about elsewhere.
      if (walked.why.kind === 'vanished' && walked.folder.length > 0 && vanished.length < mostBlindFolders) {
        vanished.push(walked.folder);
        continue;
      }
      if (blind.length <= mostBlindFolders) blind.push({ folder: walked.folder });
      if (sentences.length < mostSentences) sentences.push(walked.why.message);
      continue;
    }
    if (!folderInHand?.equals(walked.folder)) journal.sweeps.beginFolder(source.id);
    const isFirst = walked.kind === 'files' && !marksReadIn?.equals(walked.folder);
    folderInHand = walked.folder;
    if (walked.kind === 'unreadable') {
      const known = walked.name && fileOf(source, walked.folder, walked.name, parts);
      // A mark that cannot be looked at counts as before.
      if (walked.name && Object.values(markNames).some((name) => walked.name?.equals(Buffer.from(name)))) marksReadIn = walked.folder;
      // Where a disk lists names only, what could not be looked at may be a folder.
      if (walked.name && blind.length <= mostBlindFolders) blind.push({ folder: joinPath(walked.folder, walked.name) });
      if (known) journal.sweeps.markFound(known);
      if (sentences.length < mostSentences) sentences.push(walked.why.message);
      continue;
    }
    if (isFirst) {
      marksReadIn = walked.folder;
      if (await lookAtMarks(walked.folder, walked.marks ?? [], source, { ...parts, lostMounts })) {
        areMarksNew = true;
        leaving = { ...leaving, leave: leaveAlone(source.ignoring()) };
      }
    }
    if (areMarksNew && leftAloneAt(leaving.leave, walked.folder, 'folder')) continue;
    const { leave } = leaving;
    const files = areMarksNew ? walked.files.filter(({ name }) => !leave(walked.folder, { name, kind: 'file' })) : walked.files;
    news += await noticeFiles(source, { folder: walked.folder, files }, parts);
    count(leftAlone, walked.leftAlone ?? {});
    if (unwatched.length < mostUnwatched) unwatched.push(...(walked.leftFolders ?? []));
    if (walked.isLast) await closeFolder(walked.folder, leaving, parts);
  }
  for (const folder of vanished) {
    if (!(await isStillListed(disk, { root: source.root, folder }, signal))) continue;
    blind.push({ folder });
    if (sentences.length < mostSentences) sentences.push(new DiskError('unnameable', joinPath(source.root, folder)).message);
  }
  if (blind.length <= mostBlindFolders) await markUnsweptFolders(leaving, blind, parts);
  noteLeftAlone(journal, source.id, leftAlone);
  noteUnwatched(journal, source.id, unwatched);
  return { news, missing: journal.files.missingCount(source.id, number), unreadable: sentences, ...(areMarksNew && { areMarksNew }) };
}

function count(into: Record<string, number>, more: Readonly<Record<string, number>>): void {
  for (const [name, times] of Object.entries(more)) into[name] = (into[name] ?? 0) + times;
}

function fileOf(source: SourceInUse, folder: PathBytes, name: Buffer, { journal }: NoticeParts) {
  const folderId = journal.sources.findFolder(source.id, folder);
  return folderId === undefined ? undefined : journal.files.byName(folderId, name);
}

/** What is known of the folder, and was not found in it, is missing, unless it is left alone by its name. */
async function closeFolder(folder: PathBytes, leaving: Leaving, parts: NoticeParts): Promise<void> {
  const { journal } = parts;
  const { source, number } = leaving;
  const folderId = journal.sources.ensureFolder(source.id, folder);
  let afterId = 0;
  for (let isMore = true; isMore; ) {
    const left = journal.transaction(() => {
      journal.sources.markFolderSwept(folderId, number);
      const page = journal.sweeps.notFound(folderId, afterId).flatMap((id) => journal.files.byId(id) ?? []);
      const { missing, stored } = leaveSomeAlone(page, folder, leaving, parts);
      for (const { id } of missing) journal.files.markMissing(id, number);
      afterId = page.at(-1)?.id ?? afterId;
      isMore = page.length > 0;
      return stored;
    });
    await markAbsent(left, { folder: joinPath(source.root, folder), number }, parts);
  }
}

/** Folders that the walk never came to are gone with all they held, unless they are left alone, or lie below one that could not be read. */
async function markUnsweptFolders(leaving: Leaving, blind: readonly Blind[], parts: NoticeParts): Promise<void> {
  const { journal } = parts;
  const { source, number } = leaving;
  const isBlind = (path: Buffer): boolean => blind.some(({ folder }) => isAtOrBelow(path, folder));
  let afterId = 0;
  for (
    let page = journal.sources.unsweptFolders(source.id, number, afterId);
    page.length > 0;
    page = journal.sources.unsweptFolders(source.id, number, afterId)
  ) {
    for (const folderId of page) {
      if (isBlind(journal.sources.folderPath(folderId))) continue;
      if (await leaveFolderAlone(folderId, leaving, parts)) continue;
      journal.transaction(() => journal.files.markFolderMissing(folderId, number));
    }
    afterId = page.at(-1) ?? afterId;
  }
}
