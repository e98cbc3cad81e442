/** Which files of one folder a sweep came across: kept in a temporary table, so that a folder of any size costs no memory. */
import type { FileId, FolderId } from '../domain/index.ts';
import type { Sqlite } from './sqlite.ts';

export type SweepTable = ReturnType<typeof sweepTable>;

export function sweepTable(database: Sqlite) {
  let isMade = false;
  const make = (): void => {
    if (!isMade) database.execute('CREATE TEMP TABLE IF NOT EXISTS found (id INTEGER PRIMARY KEY)');
    isMade = true;
  };
  return {
    beginFolder(): void {
      make();
      database.run('DELETE FROM temp.found');
    },
    markFound: (id: FileId): void => void database.run('INSERT INTO temp.found VALUES (?) ON CONFLICT DO NOTHING', id),
    /** Files of the folder that are not gone and were not marked, a page at a time. */
    notFound: (folderId: FolderId, afterId: number): readonly FileId[] =>
      database
        .all(
          `SELECT id FROM file WHERE folder_id = ? AND state <> 'gone' AND id > ? AND id NOT IN (SELECT id FROM temp.found) ORDER BY id LIMIT 500`,
          folderId,
          afterId,
        )
        .map((row) => Number(row.id) as FileId),
  };
}
