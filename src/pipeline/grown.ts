/** Files that grow after they were stored: what Immich holds of them is a beginning, which is remembered until its owner knows. */
import { type FileEvent, type FileRecord, isStored } from '../domain/index.ts';
import type { Journal } from '../journal/index.ts';
import type { Learnt } from './outcome.ts';

// A recorder, a slow card or a share that paused for longer than `settle` goes on within minutes. What changes later is an edit.
const youngMs = 30 * 60_000;

const cameToBeStored: ReadonlySet<string> = new Set(['stored', 'unproven', 'proven']);

/** Call before what is known of the file's bytes is forgotten. */
export function rememberHalf(journal: Journal, file: FileRecord, event: FileEvent, nowMs: number): void {
  const { id: fileId, sourceId, role, sha1, assetId, stat } = file;
  if (event !== 'changed' || role !== 'main' || !isStored(file.state) || !sha1 || !assetId) return;
  const { accountId } = journal.sources.byId(sourceId);
  if (accountId === undefined || journal.halfFiles.openOf(fileId)) return;
  const content = journal.contents.find(accountId, sha1);
  const isYoung = content?.assetId === assetId && nowMs - content.storedAtMs <= youngMs;
  if (!isYoung || !wasSentHere(file, journal)) return;
  journal.halfFiles.add({ fileId, sourceId, accountId, sha1, assetId, sizeBytes: stat.sizeBytes, nowMs });
}

/** Call when the file was read: `learnt` tells whether it begins with all of what was stored of it. */
export function noteGrown(journal: Journal, { id }: FileRecord, event: FileEvent, learnt: Learnt | undefined): void {
  if (event !== 'hashed' || !learnt?.sha1) return;
  const half = journal.halfFiles.openOf(id);
  if (!half) return;
  if (learnt.isWrittenOn) journal.halfFiles.markGrown(half, learnt.sha1);
  else journal.halfFiles.forget(half.id);
}

/** What Immich had before us is not ours to put away. */
function wasSentHere({ id }: FileRecord, journal: Pick<Journal, 'history'>): boolean {
  const stored = journal.history.of(id).findLast(({ from, to }) => (from === 'hashed' || from === 'missing') && cameToBeStored.has(to));
  return stored?.from === 'missing';
}
