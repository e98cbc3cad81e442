/** The table `content`: what is known of the same bytes in one account, wherever they lie on disk. */
import type { AssetId, Sha1 } from '../domain/index.ts';
import type { Sqlite } from './sqlite.ts';

export interface ContentRecord {
  readonly assetId: AssetId;
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

export type ContentTable = ReturnType<typeof contentTable>;

export function contentTable(database: Sqlite) {
  const set = (column: string) => (accountId: number, sha1: Sha1, value: number | null) =>
    void database.run(`UPDATE content SET ${column} = ? WHERE account_id = ? AND sha1 = ?`, value, accountId, bytesOf(sha1));
  return {
    find(accountId: number, sha1: Sha1): ContentRecord | undefined {
      const row = database.get('SELECT * FROM content WHERE account_id = ? AND sha1 = ?', accountId, bytesOf(sha1));
      if (!row) return undefined;
      return {
        assetId: row.asset_id as AssetId,
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
    markLetGo: set('let_go_at'),
    markKeepAsked(accountId: number, sha1: Sha1): void {
      database.run('UPDATE content SET keep_asked = 1, let_go_at = NULL WHERE account_id = ? AND sha1 = ?', accountId, bytesOf(sha1));
    },
    /** The owner kept it, or let it go: the question is answered. */
    forgetKeepAsked: (accountId: number, sha1: Sha1): void =>
      void database.run('UPDATE content SET keep_asked = 0 WHERE account_id = ? AND sha1 = ?', accountId, bytesOf(sha1)),
  };
}
