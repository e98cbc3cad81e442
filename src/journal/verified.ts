/** The table `content` as those see it who look again at what was done: in pages, so that nothing grows with the number of contents. */
import type { ProofWish, Sha1, SourceId } from '../domain/index.ts';
import { type ContentRecord, contentOf } from './contents.ts';
import type { Sqlite, SqlRow, SqlValue } from './sqlite.ts';

/** A content that Immich is believed to have. */
export interface StoredContent extends ContentRecord {
  readonly sha1: Sha1;
  readonly assetId: NonNullable<ContentRecord['assetId']>;
  readonly sourceId: SourceId;
}

/** Where a page begins: behind this one. */
export interface AfterProof {
  readonly provenAtMs: number;
  readonly sha1: Sha1 | '';
}

export const fromTheOldest: AfterProof = { provenAtMs: -1, sha1: '' };

const believedSql = `asset_id <> '' AND let_go_at IS NULL`;
const ofSql = 'source_id IN (SELECT value FROM json_each(?))';
// Not as a pair of values: an index of an expression is not searched by that.
const oldestSql = `
  SELECT * FROM content INDEXED BY content_oldest
  WHERE account_id = ?1 AND coalesce(proven_at, 0) >= ?2 AND (coalesce(proven_at, 0) > ?2 OR sha1 > ?3)
  AND source_id IN (SELECT value FROM json_each(?4)) AND missing_at IS NULL AND ${believedSql}
  ORDER BY coalesce(proven_at, 0), sha1 LIMIT ?5`;

const onNoDiskSql = `NOT EXISTS (SELECT 1 FROM file JOIN source ON source.id = file.source_id
  WHERE file.sha1 = content.sha1 AND source.account_id = content.account_id AND file.state <> 'gone')`;

/** A content that no present source knows is taken over by one that has its bytes, so that a source that was given up leaves none alone. */
const takenOverSql = `(SELECT file.source_id FROM file JOIN source ON source.id = file.source_id
  WHERE file.sha1 = content.sha1 AND source.account_id = content.account_id AND file.source_id IN (SELECT value FROM json_each(?1)) LIMIT 1)`;
const adoptSql = `UPDATE content SET source_id = ${takenOverSql} WHERE source_id IS ?2 AND ${takenOverSql} IS NOT NULL`;

export type VerifiedTable = ReturnType<typeof verifiedTable>;

export function verifiedTable(database: Sqlite) {
  const count = (sql: string, ...values: readonly SqlValue[]): number =>
    Number(database.get(`SELECT count(*) AS n FROM content WHERE ${sql}`, ...values)?.n ?? 0);
  const page = (sql: string, ...values: readonly SqlValue[]): readonly StoredContent[] =>
    database.all(`SELECT * FROM content WHERE ${sql} ORDER BY sha1 LIMIT 500`, ...values).map(storedOf);
  const mark = (assignment: string, accountId: number, sha1s: readonly Sha1[]): void => {
    for (const sha1 of sha1s)
      database.run(`UPDATE content SET ${assignment} WHERE account_id = ? AND sha1 = ?`, accountId, Buffer.from(sha1, 'hex'));
  };
  return {
    /** @param sourceIds those of the configuration */
    adopt(sourceIds: readonly SourceId[]): void {
      const known = JSON.stringify(sourceIds);
      const others = database.all('SELECT id FROM source WHERE id NOT IN (SELECT value FROM json_each(?))', known);
      for (const { id } of [...others, { id: null }]) database.run(adoptSql, known, id as bigint | null);
    },

    /** What Immich is to be asked about, 500 at a time, in the order of their SHA-1. */
    page: (accountId: number, sourceIds: readonly SourceId[], after: Sha1 | ''): readonly StoredContent[] =>
      page(`account_id = ? AND sha1 > ? AND ${ofSql} AND ${believedSql}`, accountId, Buffer.from(after, 'hex'), JSON.stringify(sourceIds)),
    /** What may be read back: those never proven first, then the oldest proof. */
    oldest: (accountId: number, sourceIds: readonly SourceId[], { after, limit }: { after: AfterProof; limit: number }) =>
      database.all(oldestSql, accountId, after.provenAtMs, Buffer.from(after.sha1, 'hex'), JSON.stringify(sourceIds), limit).map(storedOf),

    markMissing: (accountId: number, sha1s: readonly Sha1[], nowMs: number): void =>
      mark(`missing_at = coalesce(missing_at, ${Math.trunc(nowMs)})`, accountId, sha1s),
    markAsked: (accountId: number, sha1s: readonly Sha1[], nowMs: number): void =>
      mark(`asked_at = ${Math.trunc(nowMs)}, keep_asked = 0`, accountId, sha1s),
    /** Immich has them again. */
    markPresent: (accountId: number, sha1s: readonly Sha1[]): void =>
      mark('missing_at = NULL, asked_at = NULL, keep_asked = 0', accountId, sha1s),
    /** The owner wants back what is on no disk: it stays in question until Immich has it. */
    markWanted: (accountId: number, sha1: Sha1): void => mark('keep_asked = 1', accountId, [sha1]),

    /** Missing contents of a source that nobody was asked about yet, or those that somebody was; 500 at a time. */
    missing: (sourceId: SourceId, { isAsked, after }: { isAsked: boolean; after: Sha1 | '' }): readonly StoredContent[] =>
      page(
        `source_id = ? AND sha1 > ? AND missing_at IS NOT NULL AND (asked_at IS NOT NULL) = ? AND ${believedSql}`,
        sourceId,
        Buffer.from(after, 'hex'),
        isAsked ? 1 : 0,
      ),
    missingCount: (sourceId: SourceId, isAsked: boolean): number =>
      count(`source_id = ? AND missing_at IS NOT NULL AND (asked_at IS NOT NULL) = ? AND ${believedSql}`, sourceId, isAsked ? 1 : 0),
    /** Of those that somebody was asked about, or will be. */
    missingOnNoDisk: (sourceId: SourceId): number =>
      count(`source_id = ? AND missing_at IS NOT NULL AND ${believedSql} AND ${onNoDiskSql}`, sourceId),
    isOnNoDisk: (accountId: number, sha1: Sha1): boolean =>
      count(`account_id = ? AND sha1 = ? AND ${onNoDiskSql}`, accountId, Buffer.from(sha1, 'hex')) > 0,
    damagedCount: (sourceId: SourceId): number => count(`source_id = ? AND broken_at IS NOT NULL AND ${believedSql}`, sourceId),
    damagedOnNoDisk: (sourceId: SourceId): number =>
      count(`source_id = ? AND broken_at IS NOT NULL AND ${believedSql} AND ${onNoDiskSql}`, sourceId),
    /** Videos that no still shows as far as is known, and of which no file is left; 500 at most. */
    hiddenOnNoDisk: (accountId: number): readonly StoredContent[] =>
      page(`account_id = ? AND shown_by = '' AND ${believedSql} AND ${onNoDiskSql}`, accountId),
    /** All that Immich is believed to have of a source. */
    knownCount: (sourceId: SourceId): number => count(`source_id = ? AND ${believedSql}`, sourceId),

    /** When something of the source was proven last, unix ms. */
    newestProofAtMs(sourceId: SourceId): number | undefined {
      const newest = database.get('SELECT max(proven_at) AS newest FROM content WHERE source_id = ?', sourceId)?.newest;
      return typeof newest === 'bigint' ? Number(newest) : undefined;
    },
    /** Of what the source wants proven, unix ms. */
    oldestProofAtMs(sourceId: SourceId, wish: ProofWish): number | undefined {
      if (wish.kind === 'checksum') return undefined;
      const below = wish.kind === 'every' ? Buffer.alloc(21, 0xff) : drawnBelow(wish.share);
      const sql = `SELECT min(proven_at) AS oldest FROM content
        WHERE source_id = ? AND proven_at IS NOT NULL AND sha1 < ? AND missing_at IS NULL AND ${believedSql}`;
      const oldest = database.get(sql, sourceId, below)?.oldest;
      return typeof oldest === 'bigint' ? Number(oldest) : undefined;
    },
  };
}

/** A sample draws those whose first eight digits lie below its share: see `isProofAsked`. */
function drawnBelow(share: number): Buffer {
  const bound = Math.ceil(share * 2 ** 32);
  return bound >= 2 ** 32 ? Buffer.alloc(21, 0xff) : Buffer.from(bound.toString(16).padStart(8, '0'), 'hex');
}

function storedOf(row: SqlRow): StoredContent {
  const { assetId, ...content } = contentOf(row);
  if (assetId === undefined) throw new Error('a content that was never stored cannot be looked at again');
  return {
    ...content,
    assetId,
    sha1: Buffer.from(row.sha1 as Uint8Array).toString('hex') as Sha1,
    sourceId: Number(row.source_id) as SourceId,
  };
}
