/** Gathers files that arrive together into batches. Call inside a transaction. */
import type { FileId, SourceId } from '../domain/index.ts';
import type { Journal } from '../journal/index.ts';

// Ten minutes without a new file: a card is copied, a walk is over.
export const batchQuietMs = 600_000;
const mostFilesInBatch = 5_000;

/** The batch that a file arriving now joins, opened if there is none. @returns its number */
export function batchFor(journal: Journal, sourceId: SourceId, nowMs: number): number {
  const isBacklog = journal.sources.byId(sourceId).backlogAtMs === undefined;
  const kind = isBacklog ? 'backlog' : 'fresh';
  const open = journal.batches.open(sourceId);
  const mayJoin = open?.kind === kind && (isBacklog || (open.files < mostFilesInBatch && nowMs - open.lastAtMs < batchQuietMs));
  if (open && !mayJoin) journal.batches.close(open.id, nowMs);
  const id = open && mayJoin ? open.id : journal.batches.begin(sourceId, kind, nowMs);
  journal.batches.join(id, nowMs);
  return id;
}

/** Puts a file into the running batch, unless it is in one that nobody was told of yet. */
export function joinBatch(
  journal: Journal,
  file: { readonly id: FileId; readonly sourceId: SourceId; readonly batchId?: number },
  nowMs: number,
): void {
  const isUntold = file.batchId !== undefined && journal.batches.isUntold(file.batchId);
  if (!isUntold) journal.files.update(file.id, { batchId: batchFor(journal, file.sourceId, nowMs) });
}
