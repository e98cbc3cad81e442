/** The table `content`: what is known of the same bytes in one account, wherever they lie on disk. */
import { type AssetId, type Sha1, type SourceId, sha1 } from '../domain/index.ts';
import type { Sqlite, SqlRow } from './sqlite.ts';

export interface ContentRecord {
  /** Where it came from. */
  readonly sourceId?: SourceId;
  /** Undefined: never stored by us. The bytes were met in Immich's trash, or let go before they were sent. */
  readonly assetId?: AssetId;
  /** When Immich first said that it has them as this asset or, where it never did, when they were met. */
  readonly storedAtMs: number;
  readonly provenAtMs?: number;
  readonly letGoAtMs?: number;
  /** Let go by the owner's hand in Immich, and nobody was told so far. */
  readonly isUnheard: boolean;
  /** The owner asked to keep it although it was removed. */
  readonly isKeepAsked: boolean;
  /** Immich gave back other bytes, or none. */
  readonly brokenAtMs?: number;
  /** Immich had it no longer at the last look, and nothing was decided yet. */
  readonly missingAtMs?: number;
  /** It went missing with many others, and the owner was asked. */
  readonly askedAtMs?: number;
  /** The video that a damaged still showed: it belongs to the still that is sent in its place. */
  readonly videoId?: AssetId;
  /** Of a live photo's video, which is sent hidden: the still that shows it. Undefined: it is seen by itself. */
  readonly shownBy?: AssetId | 'nobody';
}

export interface StoredAt {
  readonly assetId: AssetId;
  readonly sourceId: SourceId;
  /** Sent hidden, as the video of a live photo. */
  readonly isHalf?: boolean;
  readonly nowMs: number;
}

const bytesOf = (sha1: Sha1): Buffer => Buffer.from(sha1, 'hex');

const storeSql = `
  INSERT INTO content (account_id, sha1, asset_id, stored_at, source_id, shown_by) VALUES (?, ?, ?, ?, ?, ?)
  ON CONFLICT DO UPDATE SET
    proven_at = CASE WHEN asset_id = excluded.asset_id THEN proven_at END, -- a proof belongs to one asset
    broken_at = CASE WHEN asset_id = excluded.asset_id THEN broken_at END, -- and so does a damage
    stored_at = CASE WHEN asset_id = excluded.asset_id THEN stored_at ELSE excluded.stored_at END, -- another one is in no album yet
    shown_by = CASE WHEN asset_id = excluded.asset_id THEN shown_by WHEN shown_by IS NULL THEN excluded.shown_by ELSE '' END, -- so does who shows it
    source_id = coalesce(source_id, excluded.source_id),
    let_go_at = NULL, unheard = 0, missing_at = NULL, asked_at = NULL, video_id = NULL, keep_asked = 0, asset_id = excluded.asset_id`;

const decideSql = 'missing_at = NULL, asked_at = NULL WHERE account_id = ? AND sha1 = ?';

const neverStored = '';
const shownByNobody = '';

const meetSql = `INSERT INTO content (account_id, sha1, asset_id, stored_at) VALUES (?, ?, '${neverStored}', ?) ON CONFLICT DO NOTHING`;

const hideSql = `
  INSERT INTO content (account_id, sha1, asset_id, stored_at, shown_by) VALUES (?, ?, '${neverStored}', ?, '${shownByNobody}')
  ON CONFLICT DO UPDATE SET shown_by = excluded.shown_by`;

const letGoSql = `
  UPDATE content SET unheard = CASE WHEN ? = 'word' THEN 0 WHEN let_go_at IS NULL THEN 1 ELSE unheard END,
    let_go_at = ?, keep_asked = 0, ${decideSql}`;

export type ContentTable = ReturnType<typeof contentTable>;

export function contentTable(database: Sqlite) {
  const meet = (accountId: number, sha1: Sha1, nowMs: number): void =>
    void database.run(meetSql, accountId, bytesOf(sha1), Math.trunc(nowMs));
  return {
    /** Something is to be remembered of these bytes, stored or not. */
    meet,
    find(accountId: number, sha1: Sha1): ContentRecord | undefined {
      const row = database.get('SELECT * FROM content WHERE account_id = ? AND sha1 = ?', accountId, bytesOf(sha1));
      return row && contentOf(row);
    },
    /** The bytes that an asset was stored from. Rarely asked: it looks through all of the account. */
    sha1Of(accountId: number, assetId: AssetId): Sha1 | undefined {
      const bytes = database.get('SELECT sha1 FROM content WHERE account_id = ? AND asset_id = ?', accountId, assetId)?.sha1;
      return bytes instanceof Uint8Array ? sha1(Buffer.from(bytes).toString('hex')) : undefined;
    },
    /** Immich says that it has the bytes as `assetId`. A proof of another asset is dropped. */
    markStored(accountId: number, sha1: Sha1, { assetId, sourceId, isHalf = false, nowMs }: StoredAt): void {
      const shownBy = isHalf ? shownByNobody : null;
      database.run(storeSql, accountId, bytesOf(sha1), assetId, Math.trunc(nowMs), sourceId, shownBy);
    },
    /** Before it is sent hidden: after a crash or a lost answer nobody else would know that it is. */
    rememberHidden: (accountId: number, sha1: Sha1, nowMs: number): void =>
      void database.run(hideSql, accountId, bytesOf(sha1), Math.trunc(nowMs)),
    /** @param by the still that shows this video; `nobody`: it is hidden, and none does; undefined: it is seen by itself */
    markShown(accountId: number, sha1: Sha1, by: AssetId | 'nobody' | undefined): void {
      const shownBy = by === 'nobody' ? shownByNobody : (by ?? null);
      database.run('UPDATE content SET shown_by = ? WHERE account_id = ? AND sha1 = ?', shownBy, accountId, bytesOf(sha1));
    },
    markProven(accountId: number, sha1: Sha1, nowMs: number): void {
      const sql = 'UPDATE content SET proven_at = ?, broken_at = NULL WHERE account_id = ? AND sha1 = ?';
      database.run(sql, Math.trunc(nowMs), accountId, bytesOf(sha1));
    },
    /** What was proven before says nothing any more. */
    markBroken(accountId: number, sha1: Sha1, nowMs: number): void {
      const sql = 'UPDATE content SET broken_at = ?, proven_at = NULL, keep_asked = 0 WHERE account_id = ? AND sha1 = ?';
      database.run(sql, Math.trunc(nowMs), accountId, bytesOf(sha1));
    },
    /** Before it is parted from a still that is to be erased. */
    rememberVideo: (accountId: number, sha1: Sha1, videoId: AssetId): void =>
      void database.run('UPDATE content SET video_id = ? WHERE account_id = ? AND sha1 = ?', videoId, accountId, bytesOf(sha1)),
    /**
     * Answers also what was asked before: who lets go does not keep.
     * @param by the owner's word to Homeroll, or their hand in Immich, which is to be told when it is noticed
     */
    markLetGo(accountId: number, sha1: Sha1, nowMs: number, by: 'word' | 'hand'): void {
      meet(accountId, sha1, nowMs);
      database.run(letGoSql, by, Math.trunc(nowMs), accountId, bytesOf(sha1));
    },
    markHeard: (accountId: number, sha1: Sha1): void =>
      void database.run('UPDATE content SET unheard = 0 WHERE account_id = ? AND sha1 = ?', accountId, bytesOf(sha1)),
    markKeepAsked(accountId: number, sha1: Sha1): void {
      database.run(`UPDATE content SET keep_asked = 1, let_go_at = NULL, unheard = 0, ${decideSql}`, accountId, bytesOf(sha1));
    },
  };
}

export function contentOf(row: SqlRow): ContentRecord {
  const time = <Field extends string>(field: Field, column: string) =>
    (row[column] === null ? {} : { [field]: Number(row[column]) }) as { [F in Field]?: number };
  return {
    ...(row.source_id !== null && { sourceId: Number(row.source_id) as SourceId }),
    ...(row.asset_id !== neverStored && { assetId: row.asset_id as AssetId }),
    storedAtMs: Number(row.stored_at),
    isKeepAsked: row.keep_asked === 1n,
    isUnheard: row.unheard === 1n,
    ...time('provenAtMs', 'proven_at'),
    ...time('letGoAtMs', 'let_go_at'),
    ...time('brokenAtMs', 'broken_at'),
    ...time('missingAtMs', 'missing_at'),
    ...time('askedAtMs', 'asked_at'),
    ...(typeof row.video_id === 'string' && { videoId: row.video_id as AssetId }),
    ...(typeof row.shown_by === 'string' && { shownBy: row.shown_by === shownByNobody ? 'nobody' : (row.shown_by as AssetId) }),
  };
}
