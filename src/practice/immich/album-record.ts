/** Albums in the database, who may do what with them, and how they look to clients. */
import { assetJson } from './asset-json.ts';
import type { AssetRecord } from './asset-record.ts';
import { isoDate, rawDate } from './dates.ts';
import { noAccess } from './errors.ts';
import type { Caller, Parts } from './parts.ts';
import { userJson } from './user-record.ts';

export interface AlbumRecord {
  readonly id: string;
  readonly owner_id: string;
  readonly name: string;
  readonly description: string;
  readonly cover_id: string | null;
  readonly sort: 'asc' | 'desc';
  readonly activity: number;
  readonly created_at: number;
  readonly updated_at: number;
}

export type AlbumRole = 'owner' | 'editor' | 'viewer';

const albumById = 'SELECT * FROM album WHERE id = ?';
const roleOfUser = 'SELECT role FROM album_user WHERE album_id = ? AND user_id = ?';
const membersOfAlbum = 'SELECT user_id AS userId, role FROM album_user WHERE album_id = ? ORDER BY rowid';
// The trash hides assets from their albums; they are back when they are restored.
const shown = 'FROM album_asset JOIN asset ON asset.id = album_asset.asset_id WHERE album_id = ? AND trashed_at IS NULL';
const summary = `
  SELECT count(*) AS count, min(local_date_time) AS first, max(local_date_time) AS last, max(asset.updated_at) AS changed ${shown}`;
const contributors = `SELECT owner_id AS userId, count(*) AS assetCount ${shown} GROUP BY owner_id ORDER BY assetCount DESC, userId`;
const assetsNewestFirst = `SELECT asset.* ${shown} ORDER BY file_created_at DESC, seq DESC`;

export function findAlbum({ database }: Parts, id: string): AlbumRecord | undefined {
  return database.one<AlbumRecord>(albumById, id);
}

export function roleIn({ database }: Parts, { userId }: Caller, album: AlbumRecord): AlbumRole | undefined {
  if (album.owner_id === userId) return 'owner';
  return database.one<{ role: AlbumRole }>(roleOfUser, album.id, userId)?.role;
}

/** @throws Refusal when the caller has none of these roles in the album, or there is no such album */
export function requireAlbum(
  parts: Parts,
  caller: Caller,
  id: string,
  { permission, roles }: { permission: string; roles: readonly AlbumRole[] },
): AlbumRecord {
  const album = findAlbum(parts, id);
  const role = album && roleIn(parts, caller, album);
  if (!album || !role || !roles.includes(role)) throw noAccess(permission);
  return album;
}

export const anyRole: readonly AlbumRole[] = ['owner', 'editor', 'viewer'];
export const writers: readonly AlbumRole[] = ['owner', 'editor'];

export function canReadAlbum(parts: Parts, caller: Caller, id: string): boolean {
  const album = findAlbum(parts, id);
  return album !== undefined && roleIn(parts, caller, album) !== undefined;
}

/** Answers to changes tell dates as the database writes them, answers to questions in days; only these name the last change. */
export type AlbumView = 'changed' | 'listed' | 'single' | 'with assets' | 'created';

export function albumJson(parts: Parts, album: AlbumRecord, view: AlbumView): Record<string, unknown> {
  const { database, dialect } = parts;
  const { count, first, last, changed } = database.one<{
    count: number;
    first: number | null;
    last: number | null;
    changed: number | null;
  }>(summary, album.id) ?? { count: 0, first: null, last: null, changed: null };
  const members = database.all<{ userId: string; role: AlbumRole }>(membersOfAlbum, album.id);
  const users = members.map(({ userId, role }) => ({ user: userJson(database, userId), role }));
  const isAsked = view !== 'changed' && view !== 'created';
  const date = isAsked ? dayOf : rawDate;
  const isSingle = view === 'single' || view === 'with assets';
  const showsAssets = dialect.albumNamesOwner && (view === 'with assets' || view === 'created');
  const assets = showsAssets ? database.all<AssetRecord>(assetsNewestFirst, album.id) : [];
  return {
    albumName: album.name,
    description: album.description,
    albumThumbnailAssetId: album.cover_id,
    createdAt: isoDate(album.created_at),
    updatedAt: isoDate(album.updated_at),
    id: album.id,
    ...(dialect.albumNamesOwner
      ? { ownerId: album.owner_id, owner: userJson(database, album.owner_id), albumUsers: users }
      : { albumUsers: [{ user: userJson(database, album.owner_id), role: 'owner' }, ...users] }),
    shared: members.length > 0,
    hasSharedLink: false,
    ...(first === null || last === null ? {} : { startDate: date(first), endDate: date(last) }),
    ...(dialect.albumNamesOwner
      ? { assets: assets.map((asset) => assetJson(parts, asset, { exif: true, faces: true, rawDates: true })) }
      : {}),
    assetCount: count,
    isActivityEnabled: album.activity === 1,
    order: album.sort,
    ...(isAsked && changed !== null ? { lastModifiedAssetTimestamp: isoDate(changed) } : {}),
    ...(isSingle && members.length > 0 ? { contributorCounts: database.all(contributors, album.id) } : {}),
  };
}

function dayOf(atMs: number): string {
  return `${isoDate(atMs).slice(0, 10)}T00:00:00.000Z`;
}
