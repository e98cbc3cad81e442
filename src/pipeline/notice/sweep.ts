/** A full walk of a source: the truth about what is there. One folder at a time is held against the journal. */

import type { FolderId } from '../../domain/index.ts';
import { DiskError, isAtOrBelow, isIgnoredName, isStillListed, joinPath, type PathBytes, walk } from '../../files/index.ts';
import type { SourceInUse } from '../step.ts';
import { type NoticeParts, noticeFiles } from './sightings.ts';

export interface Swept {
  /** New or changed files. */
  readonly news: number;
  /** Files that are known and were not found; marked in the journal with the sweep's number. */
  readonly missing: number;
  /** Sentences about what could not be read, the first few. */
  readonly unreadable: readonly string[];
}

interface Blind {
  readonly folder: PathBytes;
}

// Beyond this many unreadable folders nothing is said about what is missing: the disk is in trouble.
const mostBlindFolders = 200;
const mostSentences = 5;

export async function sweep(source: SourceInUse, parts: NoticeParts, signal: AbortSignal): Promise<Swept> {
  const { journal, disk } = parts;
  const number = journal.sources.byId(source.id).sweeps + 1;
  journal.sources.update(source.id, { sweeps: number });
  const blind: Blind[] = [];
  const sentences: string[] = [];
  let news = 0;
  const vanished: PathBytes[] = [];
  let folderInHand: Buffer | undefined;
  for await (const walked of walk(disk, source.root, { ignores: isIgnoredName, signal })) {
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
    folderInHand = walked.folder;
    if (walked.kind === 'unreadable') {
      const known = walked.name && fileOf(source, walked.folder, walked.name, parts);
      // Where a disk lists names only, what could not be looked at may be a folder.
      if (walked.name && blind.length <= mostBlindFolders) blind.push({ folder: joinPath(walked.folder, walked.name) });
      if (known) journal.sweeps.markFound(known);
      if (sentences.length < mostSentences) sentences.push(walked.why.message);
      continue;
    }
    news += await noticeFiles(source, walked, parts);
    if (walked.isLast) closeFolder(journal.sources.ensureFolder(source.id, walked.folder), number, parts);
  }
  for (const folder of vanished) {
    if (!(await isStillListed(disk, { root: source.root, folder }, signal))) continue;
    blind.push({ folder });
    if (sentences.length < mostSentences) sentences.push(new DiskError('unnameable', joinPath(source.root, folder)).message);
  }
  if (blind.length <= mostBlindFolders) markUnsweptFolders(source, { number, blind }, parts);
  return { news, missing: journal.files.missingCount(source.id, number), unreadable: sentences };
}

function fileOf(source: SourceInUse, folder: PathBytes, name: Buffer, { journal }: NoticeParts) {
  const folderId = journal.sources.findFolder(source.id, folder);
  return folderId === undefined ? undefined : journal.files.byName(folderId, name);
}

/** What is known of the folder, and was not found in it, is missing. */
function closeFolder(folderId: FolderId, number: number, { journal }: NoticeParts): void {
  journal.transaction(() => {
    journal.sources.markFolderSwept(folderId, number);
    let afterId = 0;
    for (let page = journal.sweeps.notFound(folderId, afterId); page.length > 0; page = journal.sweeps.notFound(folderId, afterId)) {
      for (const id of page) journal.files.markMissing(id, number);
      afterId = page.at(-1) ?? afterId;
    }
  });
}

/** Folders that the walk never came to are gone with all they held, unless they lie below one that could not be read. */
function markUnsweptFolders(
  source: SourceInUse,
  { number, blind }: { number: number; blind: readonly Blind[] },
  { journal }: NoticeParts,
): void {
  const isBlind = (path: Buffer): boolean => blind.some(({ folder }) => isAtOrBelow(path, folder));
  let afterId = 0;
  for (
    let page = journal.sources.unsweptFolders(source.id, number, afterId);
    page.length > 0;
    page = journal.sources.unsweptFolders(source.id, number, afterId)
  ) {
    for (const folderId of page) {
      if (isBlind(journal.sources.folderPath(folderId))) continue;
      journal.transaction(() => journal.files.markFolderMissing(folderId, number));
    }
    afterId = page.at(-1) ?? afterId;
  }
}
