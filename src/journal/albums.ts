/** The tables `album` and `tag` with their members: each thing that was done in Immich once, and is never done again. */
import type { AlbumId, AssetId, TagId } from '../domain/index.ts';
import type { Sqlite } from './sqlite.ts';

export interface AlbumRecord {
  /** The journal's number. */
  readonly id: number;
  readonly name: string;
  readonly albumId: AlbumId;
  readonly isRemoved: boolean;
}

export interface TagRecord {
  readonly id: number;
  readonly value: string;
  readonly tagId: TagId;
}

const isFiledSql = `
  SELECT 1 FROM album JOIN album_member ON album = id WHERE account_id = ? AND asset_id = ?
  UNION ALL SELECT 1 FROM tag JOIN tag_member ON tag = id WHERE account_id = ? AND asset_id = ? LIMIT 1`;

export type AlbumTable = ReturnType<typeof albumTable>;

export function albumTable(database: Sqlite) {
  return {
    find(accountId: number, name: string): AlbumRecord | undefined {
      const row = database.get('SELECT * FROM album WHERE account_id = ? AND name = ?', accountId, name);
      return row && { id: Number(row.id), name, albumId: row.album_id as AlbumId, isRemoved: row.removed_at !== null };
    },
    /** Remembers which album of Immich serves the planned name. */
    remember(accountId: number, album: { name: string; albumId: AlbumId; nowMs: number }): void {
      database.run(
        `INSERT INTO album (account_id, name, album_id, made_at) VALUES (?, ?, ?, ?)
         ON CONFLICT (account_id, name) DO UPDATE SET album_id = excluded.album_id, removed_at = NULL`,
        accountId,
        album.name,
        album.albumId,
        Math.trunc(album.nowMs),
      );
    },
    markRemoved: (id: number, nowMs: number): void =>
      void database.run('UPDATE album SET removed_at = ? WHERE id = ?', Math.trunc(nowMs), id),
    isMember: (id: number, assetId: AssetId): boolean =>
      database.get('SELECT 1 FROM album_member WHERE album = ? AND asset_id = ?', id, assetId) !== undefined,
    addMember: (id: number, assetId: AssetId, nowMs: number): void =>
      void database.run('INSERT INTO album_member VALUES (?, ?, ?) ON CONFLICT DO NOTHING', id, assetId, Math.trunc(nowMs)),
    /** Whether an asset was put into any album, or given any tag. */
    isFiled: (accountId: number, assetId: AssetId): boolean =>
      database.get(isFiledSql, accountId, assetId, accountId, assetId) !== undefined,
    /** Planned names of the albums an asset was put into. */
    namesOf: (accountId: number, assetId: AssetId): readonly string[] =>
      database
        .all('SELECT name FROM album JOIN album_member ON album = id WHERE account_id = ? AND asset_id = ? ORDER BY id', accountId, assetId)
        .map((row) => String(row.name)),

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
