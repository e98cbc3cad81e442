/** The table `half_file`: beginnings of files that were stored while they were still being written, and what becomes of them. */
import type { AssetId, FileId, Sha1, SourceId } from '../domain/index.ts';
import type { Sqlite, SqlRow } from './sqlite.ts';

/**
 * `open`: what took its place was not read yet; `grown`: that begins with all of it; `removing`: it goes to Immich's trash; `removed`: it is
 * there; `stays`: it is left in Immich, for a reason.
 */
export type HalfFileState = 'open' | 'grown' | 'removing' | 'removed' | 'stays';

export interface HalfFileRecord {
  readonly id: number;
  readonly fileId: FileId;
  readonly sourceId: SourceId;
  readonly accountId: number;
  readonly sha1: Sha1;
  readonly assetId: AssetId;
  readonly sizeBytes: number;
  readonly state: HalfFileState;
  /** Of the bytes that begin with these; undefined while it is open. */
  readonly wholeSha1?: Sha1;
  readonly reason?: string;
}

export type NewHalfFile = Omit<HalfFileRecord, 'id' | 'state' | 'wholeSha1' | 'reason'> & { readonly nowMs: number };

const bytesOf = (sha1: Sha1): Buffer => Buffer.from(sha1, 'hex');
const sha1Of = (value: unknown): Sha1 => Buffer.from(value as Uint8Array).toString('hex') as Sha1;

const addSql = `
  INSERT INTO half_file (file_id, source_id, account_id, sha1, asset_id, size, at, state) VALUES (?, ?, ?, ?, ?, ?, ?, 'open')`;

const untoldSql = `
  SELECT source_id, state, reason, count(*) AS n FROM half_file WHERE state IN ('removed', 'stays') AND is_told = 0
  GROUP BY source_id, state, reason ORDER BY min(id)`;
const theseSql = 'half_file.source_id = ? AND half_file.state = ? AND half_file.reason IS ? AND is_told = 0';

export interface UntoldHalves {
  readonly sourceId: SourceId;
  readonly state: 'removed' | 'stays';
  readonly reason: string | undefined;
  readonly count: number;
}

export type HalfFileTable = ReturnType<typeof halfFileTable>;

export function halfFileTable(database: Sqlite) {
  const page = (condition: string, ...values: (string | number)[]): readonly HalfFileRecord[] =>
    database.all(`SELECT * FROM half_file WHERE ${condition} ORDER BY id LIMIT 100`, ...values).map(recordOf);
  return {
    add({ fileId, sourceId, accountId, sha1, assetId, sizeBytes, nowMs }: NewHalfFile): void {
      database.run(addSql, fileId, sourceId, accountId, bytesOf(sha1), assetId, sizeBytes, Math.trunc(nowMs));
    },
    /** What was stored of the file before it changed last, while nobody has read it since. */
    openOf: (fileId: FileId): HalfFileRecord | undefined => page("file_id = ? AND state = 'open'", fileId)[0],
    forget: (id: number): void => void database.run('DELETE FROM half_file WHERE id = ?', id),
    /** The file begins with all of it. What grew into it before has grown into these bytes, too. */
    markGrown({ id, fileId, sha1 }: HalfFileRecord, wholeSha1: Sha1): void {
      database.run("UPDATE half_file SET state = 'grown', whole_sha1 = ? WHERE id = ?", bytesOf(wholeSha1), id);
      const sql = "UPDATE half_file SET whole_sha1 = ? WHERE file_id = ? AND whole_sha1 = ? AND state IN ('grown', 'removing')";
      database.run(sql, bytesOf(wholeSha1), fileId, bytesOf(sha1));
    },
    mark: (id: number, state: HalfFileState, reason?: string): void =>
      void database.run('UPDATE half_file SET state = ?, reason = ? WHERE id = ?', state, reason ?? null, id),
    /** Those about which something is still to be done or told. */
    isAny: (): boolean =>
      database.get(
        "SELECT 1 FROM half_file WHERE state IN ('grown', 'removing') OR state IN ('removed', 'stays') AND is_told = 0 LIMIT 1",
      ) !== undefined,
    /** A hundred at a time, in the order in which they were noted. */
    undecided: (afterId: number): readonly HalfFileRecord[] => page("state IN ('grown', 'removing') AND id > ?", afterId),
    /** What is to be told: of each source those that became the same, for the same reason. */
    untold: (): readonly UntoldHalves[] =>
      database.all(untoldSql).map((row) => ({
        sourceId: Number(row.source_id) as SourceId,
        state: row.state as UntoldHalves['state'],
        reason: typeof row.reason === 'string' ? row.reason : undefined,
        count: Number(row.n),
      })),
    /** Names of the first few of them. */
    namesOf: ({ sourceId, state, reason }: UntoldHalves, limit: number): readonly Buffer[] =>
      database
        .all(
          `SELECT name FROM half_file JOIN file ON file.id = file_id WHERE ${theseSql} ORDER BY half_file.id LIMIT ?`,
          sourceId,
          state,
          reason ?? null,
          limit,
        )
        .map(({ name }) => Buffer.from(name as Uint8Array)),
    markTold: ({ sourceId, state, reason }: UntoldHalves): void =>
      void database.run(`UPDATE half_file SET is_told = 1 WHERE ${theseSql}`, sourceId, state, reason ?? null),
  };
}

function recordOf(row: SqlRow): HalfFileRecord {
  return {
    id: Number(row.id),
    fileId: Number(row.file_id) as FileId,
    sourceId: Number(row.source_id) as SourceId,
    accountId: Number(row.account_id),
    sha1: sha1Of(row.sha1),
    assetId: row.asset_id as AssetId,
    sizeBytes: Number(row.size),
    state: row.state as HalfFileState,
    ...(row.whole_sha1 !== null && { wholeSha1: sha1Of(row.whole_sha1) }),
    ...(typeof row.reason === 'string' && { reason: row.reason }),
  };
}
