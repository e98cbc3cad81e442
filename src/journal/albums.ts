/** The tables `album` and `tag` with their members: each thing that was done in Immich once, and is never done again. */
import type { AlbumId, AssetId, TagId } from '../domain/index.ts';
import type { Sqlite, SqlRow } from './sqlite.ts';

export interface AlbumRecord {
  /** The journal's number. */
  readonly id: number;
  /** As planned; of one that follows a calendar's entry as we named it last. */
  readonly name: string;
  readonly albumId: AlbumId;
  readonly isRemoved: boolean;
}

/** An album whose entry is called otherwise by now. */
export interface AlbumToRename extends AlbumRecord {
  /** Of its entry. */
  readonly key: string;
}

export interface NewAlbum {
  /** The name that is planned for it, or the key of its entry. */
  readonly key: string;
  readonly albumId: AlbumId;
  readonly nowMs: number;
  /** The name that it was given after its entry. */
  readonly title?: string;
  /** Of the entry, as its name tells it. Left out: it is planned by its name, or is called as its owner likes. */
  readonly entryRevision?: number;
}

export interface TagRecord {
  readonly id: number;
  readonly value: string;
  readonly tagId: TagId;
}

const rememberSql = `
  INSERT INTO album (account_id, name, album_id, made_at, title, entry_revision) VALUES (?, ?, ?, ?, ?, ?)
  ON CONFLICT (account_id, name) DO UPDATE
  SET album_id = excluded.album_id, removed_at = NULL, title = excluded.title, entry_revision = excluded.entry_revision`;
const toRenameSql = `
  SELECT album.* FROM album JOIN calendar_entry ON key = name
  WHERE account_id = ? AND entry_revision < revision AND removed_at IS NULL ORDER BY album.id`;

const isFiledSql = `
  SELECT 1 FROM album JOIN album_member ON album = id WHERE account_id = ? AND asset_id = ?
  UNION ALL SELECT 1 FROM tag JOIN tag_member ON tag = id WHERE account_id = ? AND asset_id = ? LIMIT 1`;

export type AlbumTable = ReturnType<typeof albumTable>;

export function albumTable(database: Sqlite) {
  return {
    /** By the name that is planned for it, or the key of its entry. */
    find(accountId: number, key: string): AlbumRecord | undefined {
      const row = database.get('SELECT * FROM album WHERE account_id = ? AND name = ?', accountId, key);
      return row && recordOf(row);
    },
    /** Remembers which album of Immich serves the planned name, or the entry. */
    remember(accountId: number, { key, albumId, nowMs, title, entryRevision }: NewAlbum): void {
      database.run(rememberSql, accountId, key, albumId, Math.trunc(nowMs), title ?? null, entryRevision ?? null);
    },
    /** Albums of this account whose entries were renamed or moved since they were named. */
    toRename: (accountId: number): readonly AlbumToRename[] =>
      database.all(toRenameSql, accountId).map((row) => ({ ...recordOf(row), key: String(row.name) })),
    noteTitle: (id: number, title: string, entryRevision: number): void =>
      void database.run('UPDATE album SET title = ?, entry_revision = ? WHERE id = ?', title, entryRevision, id),
    /** The owner gave it a name of their own: it follows nothing any more. */
    leaveName: (id: number): void => void database.run('UPDATE album SET entry_revision = NULL WHERE id = ?', id),
    markRemoved: (id: number, nowMs: number): void =>
      void database.run('UPDATE album SET removed_at = ? WHERE id = ?', Math.trunc(nowMs), id),
    isMember: (id: number, assetId: AssetId): boolean =>
      database.get('SELECT 1 FROM album_member WHERE album = ? AND asset_id = ?', id, assetId) !== undefined,
    addMember: (id: number, assetId: AssetId, nowMs: number): void =>
      void database.run('INSERT INTO album_member VALUES (?, ?, ?) ON CONFLICT DO NOTHING', id, assetId, Math.trunc(nowMs)),
    /** Whether an asset was put into any album, or given any tag. */
    isFiled: (accountId: number, assetId: AssetId): boolean =>
      database.get(isFiledSql, accountId, assetId, accountId, assetId) !== undefined,
    /** Names of the albums an asset was put into, as planned. */
    namesOf: (accountId: number, assetId: AssetId): readonly string[] =>
      database
        .all(
          'SELECT coalesce(title, name) AS name FROM album JOIN album_member ON album = id WHERE account_id = ? AND asset_id = ? ORDER BY id',
          accountId,
          assetId,
        )
        .map((row) => String(row.name)),

    /** Which albums and tags of Immich an asset was put into and given by us. */
    filedBy(accountId: number, assetId: AssetId): { readonly albumIds: readonly AlbumId[]; readonly tagIds: readonly TagId[] } {
      const albums = 'SELECT album_id AS id FROM album JOIN album_member ON album = id WHERE account_id = ? AND asset_id = ?';
      const tags = 'SELECT tag_id AS id FROM tag JOIN tag_member ON tag = id WHERE account_id = ? AND asset_id = ?';
      return {
        albumIds: database.all(albums, accountId, assetId).map(({ id }) => id as AlbumId),
        tagIds: database.all(tags, accountId, assetId).map(({ id }) => id as TagId),
      };
    },

    findTag(accountId: number, value: string): TagRecord | undefined {
      const row = database.get('SELECT * FROM tag WHERE account_id = ? AND value = ?', accountId, value);
      return row && { id: Number(row.id), value, tagId: row.tag_id as TagId };
    },
    rememberTag: (accountId: number, value: string, tagId: TagId): void =>
      void database.run(
        'INSERT INTO tag (account_id, value, tag_id) VALUES (?, ?, ?) ON CONFLICT (account_id, value) DO UPDATE SET tag_id = excluded.tag_id',
        accountId,
        value,
        tagId,
      ),
    isTagged: (id: number, assetId: AssetId): boolean =>
      database.get('SELECT 1 FROM tag_member WHERE tag = ? AND asset_id = ?', id, assetId) !== undefined,
    addTagged: (id: number, assetId: AssetId, nowMs: number): void =>
      void database.run('INSERT INTO tag_member VALUES (?, ?, ?) ON CONFLICT DO NOTHING', id, assetId, Math.trunc(nowMs)),
  };
}

function recordOf(row: SqlRow): AlbumRecord {
  const name = String(row.title ?? row.name);
  return { id: Number(row.id), name, albumId: row.album_id as AlbumId, isRemoved: row.removed_at !== null };
}
