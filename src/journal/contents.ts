/** The table `content`: what is known of the same bytes in one account, wherever they lie on disk. */
import type { AssetId, Sha1 } from '../domain/index.ts';
import type { Sqlite } from './sqlite.ts';

export interface ContentRecord {
  /** Undefined: never stored by us. The bytes were met in Immich's trash, or let go before they were sent. */
  readonly assetId?: AssetId;
  /** When Immich first said that it has them or, where it never did, when they were met. */
  readonly storedAtMs: number;
  readonly provenAtMs?: number;
  readonly letGoAtMs?: number;
  /** The owner asked to keep it although it was removed. */
  readonly isKeepAsked: boolean;
}

const bytesOf = (sha1: Sha1): Buffer => Buffer.from(sha1, 'hex');

const storeSql = `
  INSERT INTO content (account_id, sha1, asset_id, stored_at) VALUES (?, ?, ?, ?)
  ON CONFLICT DO UPDATE SET
    proven_at = CASE WHEN asset_id = excluded.asset_id THEN proven_at END, -- a proof belongs to one asset
    let_go_at = NULL, keep_asked = 0, asset_id = excluded.asset_id`;

const neverStored = '';

const meetSql = `INSERT INTO content (account_id, sha1, asset_id, stored_at) VALUES (?, ?, '${neverStored}', ?) ON CONFLICT DO NOTHING`;

export type ContentTable = ReturnType<typeof contentTable>;

export function contentTable(database: Sqlite) {
  const set = (column: string) => (accountId: number, sha1: Sha1, value: number | null) =>
    void database.run(`UPDATE content SET ${column} = ? WHERE account_id = ? AND sha1 = ?`, value, accountId, bytesOf(sha1));
  const meet = (accountId: number, sha1: Sha1, nowMs: number): void =>
    void database.run(meetSql, accountId, bytesOf(sha1), Math.trunc(nowMs));
  return {
    /** Something is to be remembered of these bytes, stored or not. */
    meet,
    find(accountId: number, sha1: Sha1): ContentRecord | undefined {
      const row = database.get('SELECT * FROM content WHERE account_id = ? AND sha1 = ?', accountId, bytesOf(sha1));
      if (!row) return undefined;
      return {
        ...(row.asset_id !== neverStored && { assetId: row.asset_id as AssetId }),
        storedAtMs: Number(row.stored_at),
        isKeepAsked: row.keep_asked === 1n,
        ...(row.proven_at !== null && { provenAtMs: Number(row.proven_at) }),
        ...(row.let_go_at !== null && { letGoAtMs: Number(row.let_go_at) }),
      };
    },
    /** Immich says that it has the bytes as `assetId`. A proof of another asset is dropped. */
    markStored: (accountId: number, sha1: Sha1, at: { assetId: AssetId; nowMs: number }): void =>
      void database.run(storeSql, accountId, bytesOf(sha1), at.assetId, Math.trunc(at.nowMs)),
    markProven: set('proven_at'),
    /** Answers also what was asked before: who lets go does not keep. */
    markLetGo(accountId: number, sha1: Sha1, nowMs: number): void {
      meet(accountId, sha1, nowMs);
      const sql = 'UPDATE content SET let_go_at = ?, keep_asked = 0 WHERE account_id = ? AND sha1 = ?';
      database.run(sql, Math.trunc(nowMs), accountId, bytesOf(sha1));
    },
    markKeepAsked(accountId: number, sha1: Sha1): void {
      database.run('UPDATE content SET keep_asked = 1, let_go_at = NULL WHERE account_id = ? AND sha1 = ?', accountId, bytesOf(sha1));
    },
  };
}
