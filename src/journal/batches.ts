/** The table `batch`: files of one source that arrived together. */
import type { SourceId } from '../domain/index.ts';
import type { Sqlite, SqlRow } from './sqlite.ts';

export type BatchKind = 'backlog' | 'fresh';

export interface BatchRecord {
  readonly id: number;
  readonly sourceId: SourceId;
  readonly kind: BatchKind;
  readonly openedAtMs: number;
  readonly lastAtMs: number;
  readonly files: number;
  readonly closedAtMs?: number;
  readonly toldAtMs?: number;
  readonly progressAtMs?: number;
}

export type BatchTable = ReturnType<typeof batchTable>;

export function batchTable(database: Sqlite) {
  return {
    /** The batch of the source that still takes files. */
    open(sourceId: SourceId): BatchRecord | undefined {
      const row = database.get(
        'SELECT * FROM batch WHERE source_id = ? AND told_at IS NULL AND closed_at IS NULL ORDER BY id DESC LIMIT 1',
        sourceId,
      );
      return row && batchOf(row);
    },
    begin: (sourceId: SourceId, kind: BatchKind, nowMs: number): number =>
      database.run(
        'INSERT INTO batch (source_id, kind, opened_at, last_at) VALUES (?, ?, ?, ?)',
        sourceId,
        kind,
        Math.trunc(nowMs),
        Math.trunc(nowMs),
      ).lastId,
    join: (id: number, nowMs: number): void =>
      void database.run('UPDATE batch SET files = files + 1, last_at = ? WHERE id = ?', Math.trunc(nowMs), id),
    close: (id: number, nowMs: number): void =>
      void database.run('UPDATE batch SET closed_at = ? WHERE id = ? AND closed_at IS NULL', Math.trunc(nowMs), id),
    markTold: (id: number, nowMs: number): void => void database.run('UPDATE batch SET told_at = ? WHERE id = ?', Math.trunc(nowMs), id),
    markProgress: (id: number, nowMs: number): void =>
      void database.run('UPDATE batch SET progress_at = ? WHERE id = ?', Math.trunc(nowMs), id),
    isUntold: (id: number): boolean => database.get('SELECT 1 FROM batch WHERE id = ? AND told_at IS NULL', id) !== undefined,
    /** Batches whose end was not told yet, the oldest first. */
    untold: (): readonly BatchRecord[] => database.all('SELECT * FROM batch WHERE told_at IS NULL ORDER BY id').map(batchOf),
  };
}

function batchOf(row: SqlRow): BatchRecord {
  return {
    id: Number(row.id),
    sourceId: Number(row.source_id) as SourceId,
    kind: row.kind as BatchKind,
    openedAtMs: Number(row.opened_at),
    lastAtMs: Number(row.last_at),
    files: Number(row.files),
    ...(row.closed_at !== null && { closedAtMs: Number(row.closed_at) }),
    ...(row.told_at !== null && { toldAtMs: Number(row.told_at) }),
    ...(row.progress_at !== null && { progressAtMs: Number(row.progress_at) }),
  };
}
