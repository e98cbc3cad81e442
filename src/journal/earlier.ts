/** The table `earlier`: pictures that lost their name to other bytes before they were safe, until it is known what those are. */
import type { FileId, FileRecord, SourceId } from '../domain/index.ts';
import { columnsOf, recordOf } from './file-rows.ts';
import type { Sqlite } from './sqlite.ts';

/** What was known of such a picture. */
export type EarlierRecord = Pick<FileRecord, 'kind' | 'role' | 'stat' | 'sha1' | 'notes'> & { readonly id: number };

/** `unread`: the rules do not want what has its name now, so nobody knows whether it is a picture. */
export type TakenBy = 'another' | 'unread';

/** All that is to be told of one source. */
export interface Replaced {
  readonly kind: 'replaced';
  readonly sourceId: SourceId;
  readonly count: number;
  readonly firstAtMs: number;
  readonly lastAtMs: number;
}

const openSql = `
  SELECT file.*, earlier.*, file.id AS file_id, earlier.id AS id FROM earlier JOIN file ON file.id = earlier.file_id
  WHERE earlier.file_id = ? AND earlier.replaced_by IS NULL`;

/** Of the same size and time, as a file is that was moved, and come after it was seen last. */
const alikeSql = `
  FROM file AS twin WHERE twin.source_id = earlier.source_id AND twin.size = earlier.size AND twin.mtime_ns = earlier.mtime_ns
  AND twin.id <> earlier.file_id AND twin.state <> 'gone'
  AND (SELECT max(id) FROM history WHERE file_id = twin.id AND (from_state IS NULL OR from_state = 'gone' OR to_state = 'noticed'))
    > earlier.seen_history`;

// As with files that vanish: what cannot be read for so long excuses nothing.
const triesThatExcuse = 10;

/** Its bytes lie elsewhere, are proven by a copy that may be gone by now, or were let go of. One that was never read is known by size and time. */
const turnedUpSql = `
  DELETE FROM earlier WHERE source_id = ?1 AND replaced_by IS NOT NULL AND (
    EXISTS (SELECT 1 FROM file AS twin WHERE twin.sha1 = earlier.sha1 AND twin.state <> 'gone')
    OR EXISTS (
      SELECT 1 FROM source JOIN content ON content.account_id = source.account_id AND content.sha1 = earlier.sha1
      WHERE source.id = earlier.source_id AND (content.let_go_at IS NOT NULL OR content.proven_at IS NOT NULL AND content.missing_at IS NULL))
    OR earlier.sha1 IS NULL AND EXISTS (SELECT 1 ${alikeSql}))`;

const seekSql = `
  UPDATE earlier SET is_sought = earlier.sha1 IS NOT NULL AND EXISTS (
    SELECT 1 ${alikeSql} AND twin.sha1 IS NULL AND twin.state IN ('noticed', 'settled', 'wanted') AND twin.tries < ${triesThatExcuse})
  WHERE source_id = ?1 AND replaced_by IS NOT NULL`;

const toldSql =
  'FROM earlier JOIN file ON file.id = earlier.file_id WHERE earlier.source_id = ? AND earlier.replaced_by IS NOT NULL AND is_sought = 0';

/** A live photo is one photo: its motion half counts only when its still is not told of as well. */
const countedSql = `${toldSql} AND NOT (earlier.role = 'motion' AND EXISTS (
  SELECT 1 FROM earlier AS other JOIN file AS still ON still.id = other.file_id
  WHERE other.replaced_by IS NOT NULL AND still.folder_id = file.folder_id AND still.stem = file.stem AND other.kind = 'photo'))`;

export type EarlierTable = ReturnType<typeof earlierTable>;

export function earlierTable(database: Sqlite) {
  return {
    /** What had the file's name before, and is not decided about yet. */
    openOf(fileId: FileId): EarlierRecord | undefined {
      const row = database.get(openSql, fileId);
      if (!row) return undefined;
      const { id, kind, role, stat, sha1, notes } = recordOf(row);
      return { id, kind, role, stat, notes, ...(sha1 && { sha1 }) };
    },
    add(file: FileRecord, nowMs: number): void {
      const { kind, role, stat, sha1, notes } = file;
      const columns = columnsOf({ kind, role, stat, sha1, notes });
      const names = columns.map(([column]) => `, ${column}`).join('');
      const sql = `INSERT INTO earlier (file_id, source_id, at, seen_history${names})
        VALUES (?, ?, ?, (SELECT coalesce(max(id), 0) FROM history)${', ?'.repeat(columns.length)})`;
      database.run(sql, file.id, file.sourceId, Math.trunc(nowMs), ...columns.map(([, value]) => value));
    },
    forget: (id: number): void => void database.run('DELETE FROM earlier WHERE id = ?', id),
    markTaken: (id: number, by: TakenBy, nowMs: number): void =>
      void database.run('UPDATE earlier SET replaced_by = ?, at = ? WHERE id = ?', by, Math.trunc(nowMs), id),

    isAny: (sourceId: SourceId): boolean =>
      database.get('SELECT 1 FROM earlier WHERE source_id = ? AND replaced_by IS NOT NULL LIMIT 1', sourceId) !== undefined,
    /** Of which sources there is something to tell, perhaps. */
    sources: (): readonly SourceId[] =>
      database.all('SELECT DISTINCT source_id FROM earlier WHERE replaced_by IS NOT NULL').map((row) => Number(row.source_id) as SourceId),
    /** What lies elsewhere was moved. One that may lie elsewhere waits until that is known. */
    forgetTurnedUp(sourceId: SourceId): void {
      database.run(turnedUpSql, sourceId);
      database.run(seekSql, sourceId);
    },
    isSought: (): boolean => database.get('SELECT 1 FROM earlier WHERE is_sought = 1 AND replaced_by IS NOT NULL LIMIT 1') !== undefined,
    /** What is waiting to be told, by source. */
    pending(): readonly Replaced[] {
      const rows = database.all(`SELECT source_id, count(*) AS n, min(at) AS first, max(at) AS last FROM earlier
        WHERE replaced_by IS NOT NULL AND is_sought = 0 GROUP BY source_id`);
      return rows.map((row) => ({
        kind: 'replaced',
        sourceId: Number(row.source_id) as SourceId,
        count: Number(row.n),
        firstAtMs: Number(row.first),
        lastAtMs: Number(row.last),
      }));
    },
    /** The first few of them by name, how many are photos and videos, and whether other pictures took their names. */
    about(sourceId: SourceId): {
      readonly names: readonly Buffer[];
      readonly tally: { readonly photos: number; readonly videos: number };
      readonly isByPictures: boolean;
    } {
      const sums = database.get(
        `SELECT sum(earlier.kind = 'photo') AS photos, sum(earlier.kind = 'video') AS videos, min(replaced_by = 'another') AS pictures ${countedSql}`,
        sourceId,
      );
      const names = database.all(`SELECT file.name AS name ${countedSql} ORDER BY earlier.id LIMIT 3`, sourceId);
      return {
        names: names.map(({ name }) => Buffer.from(name as Uint8Array)),
        tally: { photos: Number(sums?.photos ?? 0), videos: Number(sums?.videos ?? 0) },
        isByPictures: sums?.pictures === 1n,
      };
    },
    forgetTold: (sourceId: SourceId): void =>
      void database.run('DELETE FROM earlier WHERE source_id = ? AND replaced_by IS NOT NULL AND is_sought = 0', sourceId),
  };
}
