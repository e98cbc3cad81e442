/** Which files of one folder a sweep came across: kept in a temporary table, so that a folder of any size costs no memory. */
import type { FileRecord, FolderId, SourceId } from '../domain/index.ts';
import type { Sqlite } from './sqlite.ts';

export type SweepTable = ReturnType<typeof sweepTable>;

// By source: several are swept at the same time, and one that begins a folder must not forget what another found in its own.
const makeSql = 'CREATE TEMP TABLE IF NOT EXISTS found (source_id INTEGER, id INTEGER, PRIMARY KEY (source_id, id)) WITHOUT ROWID';

const notFoundSql = `
  SELECT id FROM file WHERE folder_id = ? AND state <> 'gone' AND id > ?
  AND NOT EXISTS (SELECT 1 FROM temp.found WHERE found.source_id = file.source_id AND found.id = file.id) ORDER BY id LIMIT 500`;

export function sweepTable(database: Sqlite) {
  let isMade = false;
  const make = (): void => {
    if (!isMade) database.execute(makeSql);
    isMade = true;
  };
  return {
    beginFolder(sourceId: SourceId): void {
      make();
      database.run('DELETE FROM temp.found WHERE source_id = ?', sourceId);
    },
    markFound({ sourceId, id }: Pick<FileRecord, 'sourceId' | 'id'>): void {
      make();
      database.run('INSERT INTO temp.found VALUES (?, ?) ON CONFLICT DO NOTHING', sourceId, id);
    },
    /** Files of the folder that are not gone and were not marked, a page at a time. */
    notFound(folderId: FolderId, afterId: number): readonly FileRecord['id'][] {
      make();
      return database.all(notFoundSql, folderId, afterId).map((row) => Number(row.id) as FileRecord['id']);
    },
  };
}
