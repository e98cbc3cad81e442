/** What lies where nothing is looked at: it is not gone, only not wanted, and what waited there is told once. */
import type { FileRecord, FolderId } from '../../domain/index.ts';
import { DiskError, joinPath, type LeaveAlone, leftAloneAt, type PathBytes } from '../../files/index.ts';
import { sayLeftAlone } from '../left-alone.ts';
import type { SourceInUse } from '../step.ts';
import { applyEvent } from '../transitions.ts';
import type { NoticeParts } from './sightings.ts';

const perTransaction = 250;

export interface Leaving {
  readonly source: SourceInUse;
  readonly leave: LeaveAlone;
  /** The sweep's. */
  readonly number: number;
}

/** @returns false where the folder is none that is left alone */
export async function leaveFolderAlone(folderId: FolderId, { source, leave, number }: Leaving, parts: NoticeParts): Promise<boolean> {
  const { journal } = parts;
  const folder = journal.sources.folderPath(folderId);
  const left = leftAloneAt(leave, folder, 'folder');
  if (!left) return false;
  let afterId = 0;
  const nextPage = () => journal.files.wantedIn(folderId, { afterId, limit: perTransaction });
  for (let page = nextPage(); page.length > 0; page = nextPage()) {
    afterId = page.at(-1)?.id ?? afterId;
    await leaveFiles(page, { reason: sayLeftAlone(left), folder: joinPath(source.root, folder), number }, parts);
  }
  return true;
}

/** The same for single files of a folder that is looked at. Call inside a transaction. */
export function leaveSomeAlone(files: readonly FileRecord[], folder: PathBytes, { leave }: Leaving, parts: NoticeParts): Sorted {
  const missing: FileRecord[] = [];
  const stored: FileRecord[] = [];
  for (const file of files) {
    const by = leave(folder, { name: file.name, kind: 'file' });
    if (!by) missing.push(file);
    else if (!leaveFile(file, sayLeftAlone({ by, path: joinPath(folder, file.name) }), parts)) stored.push(file);
  }
  return { missing, stored };
}

interface Sorted {
  /** Not left alone. */
  readonly missing: readonly FileRecord[];
  /** Left alone, and Immich has it: it stays as it is for as long as it is on disk. */
  readonly stored: readonly FileRecord[];
}

async function leaveFiles(
  files: readonly FileRecord[],
  { reason, ...where }: { readonly reason: string; readonly folder: PathBytes; readonly number: number },
  parts: NoticeParts,
): Promise<void> {
  const stored = parts.journal.transaction(() => files.filter((file) => !leaveFile(file, reason, parts)));
  await markAbsent(stored, where, parts);
}

/** @returns false where it stays as it is, as with a rule that changes: Immich has it */
function leaveFile({ id }: FileRecord, reason: string, { journal, clock }: NoticeParts): boolean {
  // As it is by now: applying it to another of its picture may have moved it.
  const file = journal.files.byId(id);
  if (file) applyEvent(journal, file, 'leftAlone', { nowMs: clock.now(), reason });
  return journal.files.byId(id)?.state === 'unwanted';
}

/** Marks those that are on disk no longer. */
export async function markAbsent(
  files: readonly FileRecord[],
  { folder, number }: { readonly folder: PathBytes; readonly number: number },
  { journal, disk }: NoticeParts,
): Promise<void> {
  for (const { id, name } of files) {
    try {
      if ((await disk.stat(joinPath(folder, name))) === undefined) journal.files.markMissing(id, number);
    } catch (error) {
      // Nobody knows, so it is not gone.
      if (!(error instanceof DiskError)) throw error;
    }
  }
}
