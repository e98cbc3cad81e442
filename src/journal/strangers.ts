/** The table `stranger`: films that lie hidden in Immich behind a photo that only shares their name, and what becomes of them. */
import type { AssetId, FileId, Sha1, SourceId } from '../domain/index.ts';
import type { Sqlite, SqlRow } from './sqlite.ts';

/** `found` until it is decided; `asked`: the owner was; `parting`: it is to be shown again; `shown`: it was; `left` as it is, for a reason. */
export type StrangerState = 'found' | 'asked' | 'parting' | 'shown' | 'left';

export interface StrangerRecord {
  readonly accountId: number;
  readonly sha1: Sha1;
  readonly stillId: AssetId;
  readonly fileId: FileId;
  readonly sourceId: SourceId;
  readonly state: StrangerState;
  readonly reason?: string;
}

/** A film that a still shows. */
export interface ShownFilm {
  readonly sha1: Sha1;
  readonly assetId: AssetId;
  readonly shownBy: AssetId;
}

const bytesOf = (sha1: Sha1 | ''): Buffer => Buffer.from(sha1, 'hex');
const sha1Of = (value: unknown): Sha1 => Buffer.from(value as Uint8Array).toString('hex') as Sha1;

const shownSql = `
  SELECT sha1, asset_id, shown_by FROM content
  WHERE account_id = ? AND sha1 > ? AND source_id = ? AND shown_by <> '' AND asset_id <> '' AND let_go_at IS NULL AND missing_at IS NULL
  ORDER BY sha1 LIMIT 100`;

// What was decided already stays so.
const noteSql = `
  INSERT INTO stranger (account_id, sha1, still_id, file_id, source_id, state, reason) VALUES (?, ?, ?, ?, ?, ?, ?)
  ON CONFLICT DO UPDATE SET still_id = excluded.still_id, state = excluded.state, reason = excluded.reason WHERE state IN ('found', 'left')`;

export type StrangerTable = ReturnType<typeof strangerTable>;

export function strangerTable(database: Sqlite) {
  return {
    /** Films of a source that a still shows as far as is known, 100 at a time, in the order of their SHA-1. */
    shownFilms: (accountId: number, sourceId: SourceId, after: Sha1 | ''): readonly ShownFilm[] =>
      database.all(shownSql, accountId, bytesOf(after), sourceId).map((row) => ({
        sha1: sha1Of(row.sha1),
        assetId: row.asset_id as AssetId,
        shownBy: row.shown_by as AssetId,
      })),
    note: ({ accountId, sha1, stillId, fileId, sourceId, state, reason }: StrangerRecord): void =>
      void database.run(noteSql, accountId, bytesOf(sha1), stillId, fileId, sourceId, state, reason ?? null),
    find(accountId: number, sha1: Sha1): StrangerRecord | undefined {
      const row = database.get('SELECT * FROM stranger WHERE account_id = ? AND sha1 = ?', accountId, bytesOf(sha1));
      return row && recordOf(row);
    },
    mark: (accountId: number, sha1: Sha1, state: StrangerState, reason?: string): void =>
      void database.run(
        'UPDATE stranger SET state = ?, reason = ? WHERE account_id = ? AND sha1 = ?',
        state,
        reason ?? null,
        accountId,
        bytesOf(sha1),
      ),
    /** All of a source that are in one state pass to another. */
    markAll: (sourceId: SourceId, from: StrangerState, to: StrangerState, reason?: string): void =>
      void database.run('UPDATE stranger SET state = ?, reason = ? WHERE source_id = ? AND state = ?', to, reason ?? null, sourceId, from),
    count: (sourceId: SourceId, state: StrangerState): number =>
      Number(database.get('SELECT count(*) AS n FROM stranger WHERE source_id = ? AND state = ?', sourceId, state)?.n ?? 0),
    /** Those of a source in one state, 500 at a time, in the order of their SHA-1. */
    page: (sourceId: SourceId, state: StrangerState, after: Sha1 | '' = ''): readonly StrangerRecord[] =>
      database
        .all(
          'SELECT * FROM stranger WHERE source_id = ? AND state = ? AND sha1 > ? ORDER BY sha1 LIMIT 500',
          sourceId,
          state,
          bytesOf(after),
        )
        .map(recordOf),
  };
}

function recordOf(row: SqlRow): StrangerRecord {
  return {
    accountId: Number(row.account_id),
    sha1: sha1Of(row.sha1),
    stillId: row.still_id as AssetId,
    fileId: Number(row.file_id) as FileId,
    sourceId: Number(row.source_id) as SourceId,
    state: row.state as StrangerState,
    ...(typeof row.reason === 'string' && { reason: row.reason }),
  };
}
