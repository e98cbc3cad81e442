/** The table `file`: the queue of the journey. */
import {
  type FileId,
  type FileRecord,
  type FolderId,
  inTrash,
  type Sha1,
  type SourceId,
  type State,
  type WorkingState,
} from '../domain/index.ts';
import { columnsOf, type FilePatch, recordOf, signed } from './file-rows.ts';
import type { Sqlite, SqlRow } from './sqlite.ts';

export interface NewFile
  extends Required<Pick<FilePatch, 'folderId' | 'name' | 'stem' | 'kind' | 'role' | 'stat' | 'seenAtMs' | 'state' | 'rank' | 'isReady'>> {
  readonly sourceId: SourceId;
  readonly batchId?: number;
  readonly dueAtMs?: number;
  readonly reason?: string;
}

const recordsOf = (rows: readonly SqlRow[]): readonly FileRecord[] => rows.map(recordOf);

/** Who is next in one state of one source: two columns of the index `file_ready`, read without touching the table. */
const waitingSql =
  'SELECT id, rank FROM file INDEXED BY file_ready WHERE ready = 1 AND state = ? AND source_id = ? ORDER BY rank DESC LIMIT ?';
const occupiedSql = `
  SELECT state.value AS state, source.id AS source FROM json_each(?) AS state, source
  WHERE EXISTS (SELECT 1 FROM file INDEXED BY file_ready WHERE ready = 1 AND state = state.value AND source_id = source.id)`;
const oldestSql = `SELECT min(seen_at) AS oldest FROM file WHERE source_id = ? AND state = ? AND role = 'main'`;
const missingSql = `FROM file WHERE source_id = ? AND missing_sweep = ? AND state <> 'gone'`;

const excuseMissingSql = `
  UPDATE file SET missing_sweep = NULL WHERE source_id = ? AND missing_sweep = ?
  AND folder_id IN (SELECT id FROM folder WHERE source_id = ? AND (path = ? OR substr(path, 1, ?) = ?))`;

const belowSql = `
  SELECT file.* FROM file JOIN folder ON folder.id = file.folder_id
  WHERE file.source_id = ? AND file.state <> 'gone' AND file.id > ?
  AND (length(?) = 0 OR folder.path = ? OR substr(folder.path, 1, ?) = ?) ORDER BY file.id LIMIT ?`;

// Along the ids: by an index of its source all of the source would be read and sorted for each.
const nextPictureSql = `
  SELECT * FROM file NOT INDEXED WHERE source_id = ? AND id >= ? AND role = 'main' AND kind IN ('photo', 'video') AND state NOT IN ('unwanted', 'gone')
  ORDER BY id LIMIT 1`;

const withBytesSql = `
  SELECT file.* FROM file JOIN source ON source.id = file.source_id
  WHERE file.sha1 = ? AND source.account_id = ? AND file.id > ? ORDER BY file.id LIMIT 500`;

const needsSql = `
  SELECT reason, count(*) AS n FROM file WHERE source_id = ? AND state = 'blocked' GROUP BY reason ORDER BY n DESC, reason`;

export type FileTable = ReturnType<typeof fileTable>;

export function fileTable(database: Sqlite) {
  const one = (sql: string, ...values: Parameters<Sqlite['get']>[1][]): FileRecord | undefined => {
    const row = database.get(sql, ...values);
    return row && recordOf(row);
  };
  return {
    byId: (id: FileId): FileRecord | undefined => one('SELECT * FROM file WHERE id = ?', id),
    /** Of the row as it is now; the same number means the same row. */
    revisionOf(id: FileId): number | undefined {
      const revision = database.get('SELECT revision FROM file WHERE id = ?', id)?.revision;
      return typeof revision === 'bigint' ? Number(revision) : undefined;
    },
    isKnown: (folderId: FolderId, name: Buffer): boolean =>
      database.get('SELECT 1 FROM file WHERE folder_id = ? AND name = ?', folderId, name) !== undefined,
    byName: (folderId: FolderId, name: Buffer): FileRecord | undefined =>
      one('SELECT * FROM file WHERE folder_id = ? AND name = ?', folderId, name),

    /** Files under this inode, whether or not their path still exists. */
    byInode: (sourceId: SourceId, { inode, device }: { inode: bigint; device: bigint }): readonly FileRecord[] =>
      recordsOf(
        database.all(
          'SELECT * FROM file WHERE inode = ? AND device = ? AND source_id = ? LIMIT 20',
          signed(inode),
          signed(device),
          sourceId,
        ),
      ),

    /** True when the picture is this one file, as most are. */
    isAlone: (folderId: FolderId, stem: Buffer): boolean =>
      database.get('SELECT count(*) AS n FROM file WHERE folder_id = ? AND stem = ?', folderId, stem)?.n === 1n,

    /** All files of the picture that `stem` names, in the order they were noticed. */
    picture: (folderId: FolderId, stem: Buffer): readonly FileRecord[] =>
      recordsOf(database.all('SELECT * FROM file WHERE folder_id = ? AND stem = ? ORDER BY id', folderId, stem)),

    /** The first few paths that hold these bytes. */
    bySha1: (sha1: Sha1): readonly FileRecord[] =>
      recordsOf(database.all('SELECT * FROM file WHERE sha1 = ? LIMIT 100', Buffer.from(sha1, 'hex'))),

    /** Every path that holds these bytes in an account's sources, gone ones too, in the order of their ids; 500 at a time. */
    *withBytes(accountId: number, sha1: Sha1): Generator<FileRecord, void> {
      for (let afterId = 0; ; ) {
        const found = recordsOf(database.all(withBytesSql, Buffer.from(sha1, 'hex'), accountId, afterId));
        yield* found;
        const last = found.at(-1);
        if (!last || found.length < 500) return;
        afterId = last.id;
      }
    },

    insert(file: NewFile): FileId {
      const columns = [['source_id', file.sourceId] as const, ...columnsOf(file)];
      const names = columns.map(([column]) => column).join(', ');
      const marks = columns.map(() => '?').join(', ');
      return database.run(`INSERT INTO file (${names}) VALUES (${marks})`, ...columns.map(([, value]) => value)).lastId as FileId;
    },

    /** Changes what the patch names and raises the revision. */
    update(id: FileId, patch: FilePatch): void {
      const columns = columnsOf(patch);
      const assignments = [...columns.map(([column]) => `${column} = ?`), 'revision = revision + 1'].join(', ');
      database.run(`UPDATE file SET ${assignments} WHERE id = ?`, ...columns.map(([, value]) => value), id);
    },

    /** Opens or shuts the gate of a file. No new revision: what a step says of it meanwhile still holds. */
    setReady: (id: FileId, isReady: boolean): void => void database.run('UPDATE file SET ready = ? WHERE id = ?', isReady ? 1 : 0, id),

    /** In which states, and of which sources, any file is ready: one question in place of one for each. */
    occupied: (states: readonly WorkingState[]): readonly { readonly state: WorkingState; readonly sourceId: SourceId }[] =>
      database
        .all(occupiedSql, JSON.stringify(states))
        .map((row) => ({ state: row.state as WorkingState, sourceId: Number(row.source) as SourceId })),

    /** The first `limit` files that wait in `state`, by rank. */
    waiting: (state: WorkingState, sourceId: SourceId, limit: number): readonly { readonly id: FileId; readonly rank: number }[] =>
      database.all(waitingSql, state, sourceId, limit).map((row) => ({ id: Number(row.id) as FileId, rank: Number(row.rank) })),

    /** These files, by rank. */
    byIds: (ids: readonly FileId[]): readonly FileRecord[] =>
      recordsOf(database.all('SELECT * FROM file WHERE id IN (SELECT value FROM json_each(?)) ORDER BY rank DESC', JSON.stringify(ids))),

    /** Up to 500 files whose time has come, or that wait longer than anything does: then the clock was set back. */
    due(nowMs: number, longestWaitMs: number): readonly FileRecord[] {
      const due = database.all('SELECT * FROM file WHERE due_at <= ? ORDER BY due_at LIMIT 500', Math.floor(nowMs));
      if (due.length > 0) return recordsOf(due);
      return recordsOf(database.all('SELECT * FROM file WHERE due_at > ? LIMIT 500', Math.ceil(nowMs + longestWaitMs)));
    },

    /** When the next file is due, unix ms. */
    nextDueAtMs(): number | undefined {
      const due = database.get('SELECT min(due_at) AS due FROM file WHERE due_at IS NOT NULL')?.due;
      return typeof due === 'bigint' ? Number(due) : undefined;
    },

    /** Since when the oldest counted file in one of these states has stood still, unix ms. */
    oldestSeenAtMs(sourceId: SourceId, states: readonly State[]): number | undefined {
      const times = states.map((state) => database.get(oldestSql, sourceId, state)?.oldest).filter((time) => typeof time === 'bigint');
      return times.length === 0 ? undefined : Math.min(...times.map(Number));
    },

    /** All files of a source (in `state`), in the order of their ids, `limit` at a time; what moves out of the state meanwhile does no harm. */
    *pages(sourceId: SourceId, state: State | undefined, limit: number): Generator<readonly FileRecord[], void> {
      for (let afterId = 0; ; ) {
        const page = this.page(sourceId, state, { afterId, limit });
        const last = page.at(-1);
        if (!last) return;
        yield page;
        afterId = last.id;
      }
    },

    /** A page of files in the order of their ids, after `afterId`. */
    page: (sourceId: SourceId, state: State | undefined, { afterId, limit }: { afterId: number; limit: number }): readonly FileRecord[] =>
      state === undefined
        ? recordsOf(database.all('SELECT * FROM file WHERE source_id = ? AND id > ? ORDER BY id LIMIT ?', sourceId, afterId, limit))
        : recordsOf(
            database.all(
              'SELECT * FROM file WHERE source_id = ? AND state = ? AND id > ? ORDER BY id LIMIT ?',
              sourceId,
              state,
              afterId,
              limit,
            ),
          ),

    /** Up to `count` photos and videos of the source that are wanted and on disk, spread over all that is known of it. */
    spread(sourceId: SourceId, count: number): readonly FileRecord[] {
      const range = database.get('SELECT min(id) AS first, max(id) AS last FROM file WHERE source_id = ?', sourceId);
      const [first, last] = [Number(range?.first ?? 0), Number(range?.last ?? 0)];
      const starts = Array.from({ length: count }, (_, nth) => Math.floor(first + ((last - first + 1) * nth) / count));
      const found = starts.flatMap((start) => one(nextPictureSql, sourceId, start) ?? []);
      return [...new Map(found.map((file) => [file.id, file])).values()];
    },

    /** Marks a file as not found by a sweep, or found again; no step's answer is made stale by that. */
    markMissing: (id: FileId, sweep: number | undefined): void =>
      void database.run('UPDATE file SET missing_sweep = ? WHERE id = ?', sweep ?? null, id),

    /** The file is where it was; writes only where a sweep had missed it. */
    markFoundAgain: (id: FileId): void =>
      void database.run('UPDATE file SET missing_sweep = NULL WHERE id = ? AND missing_sweep IS NOT NULL', id),
    /** All files of a folder that is not there any more. */
    markFolderMissing: (folderId: FolderId, sweep: number): void =>
      void database.run(`UPDATE file SET missing_sweep = ? WHERE folder_id = ? AND state <> 'gone'`, sweep, folderId),
    /** Files in and below a folder that are on disk, a page at a time in the order of their ids. */
    below: (sourceId: SourceId, folder: Buffer, { afterId, limit }: { afterId: number; limit: number }): readonly FileRecord[] =>
      recordsOf(
        database.all(belowSql, sourceId, afterId, folder, folder, folder.length + 1, Buffer.concat([folder, Buffer.from('/')]), limit),
      ),
    /** Files of a folder that are on disk and not unwanted, a page at a time in the order of their ids. */
    wantedIn: (folderId: FolderId, { afterId, limit }: { afterId: number; limit: number }): readonly FileRecord[] =>
      recordsOf(
        database.all(
          `SELECT * FROM file WHERE folder_id = ? AND id > ? AND state NOT IN ('unwanted', 'gone') ORDER BY id LIMIT ?`,
          folderId,
          afterId,
          limit,
        ),
      ),
    /** How many files of the source this sweep has not found. */
    missingCount: (sourceId: SourceId, sweep: number): number =>
      Number(database.get(`SELECT count(*) AS n ${missingSql}`, sourceId, sweep)?.n ?? 0),
    /** Takes back what this sweep said is missing in and below a folder. @returns how many files */
    excuseMissing: (sourceId: SourceId, sweep: number, folder: Buffer): number =>
      database.run(excuseMissingSql, sourceId, sweep, sourceId, folder, folder.length + 1, Buffer.concat([folder, Buffer.from('/')]))
        .changes,
    missing: (sourceId: SourceId, sweep: number, limit: number): readonly FileRecord[] =>
      recordsOf(database.all(`SELECT * ${missingSql} LIMIT ?`, sourceId, sweep, limit)),
    /** How many paths of the source are on disk, companions and unwanted ones too. */
    presentCount: (sourceId: SourceId): number =>
      Number(database.get(`SELECT count(*) AS n FROM file WHERE source_id = ? AND state <> 'gone'`, sourceId)?.n ?? 0),

    /** True while something of the batch is in one of these states. */
    isAnyOfBatchIn: (batchId: number, states: readonly State[]): boolean =>
      states.some((state) => database.get('SELECT 1 FROM file WHERE batch_id = ? AND state = ? LIMIT 1', batchId, state) !== undefined),

    /** The batch's files that need a person, by reason; the most frequent first. */
    batchNeeds: (batchId: number): readonly { reason: string; count: number }[] =>
      database
        .all(
          `SELECT reason, count(*) AS n FROM file WHERE batch_id = ? AND state = 'blocked' AND role = 'main' GROUP BY reason ORDER BY n DESC LIMIT 3`,
          batchId,
        )
        .map((row) => ({ reason: String(row.reason ?? ''), count: Number(row.n) })),

    /** A source's files that need a person, by reason; the most frequent first. */
    needs: (sourceId: SourceId): readonly { reason: string; count: number }[] =>
      database.all(needsSql, sourceId).map((row) => ({ reason: String(row.reason ?? ''), count: Number(row.n) })),

    /** A page of those that are in a state. */
    ofBatch: (batchId: number, state: State, limit: number): readonly FileRecord[] =>
      recordsOf(database.all('SELECT * FROM file WHERE batch_id = ? AND state = ? ORDER BY id LIMIT ?', batchId, state, limit)),
    /** Blocked because their bytes lie in Immich's trash. A batch is never larger than memory. */
    inTrashOf: (batchId: number): readonly FileRecord[] =>
      recordsOf(database.all(`SELECT * FROM file WHERE batch_id = ? AND state = 'blocked' AND reason = ? ORDER BY id`, batchId, inTrash)),

    /** The batch's files by kind, role and state. */
    batchCounts: (batchId: number): readonly { kind: FileRecord['kind']; role: FileRecord['role']; state: State; count: number }[] =>
      database
        .all('SELECT kind, role, state, count(*) AS n FROM file WHERE batch_id = ? GROUP BY kind, role, state', batchId)
        .map((row) => ({
          kind: row.kind as FileRecord['kind'],
          role: row.role as FileRecord['role'],
          state: row.state as State,
          count: Number(row.n),
        })),
  };
}
