/** The record of an asset, and who may touch it. */
import { places, type RecordDatabase } from './database.ts';
import type { Visibility } from './dialect.ts';
import { noAccess } from './errors.ts';
import type { Caller, Parts } from './parts.ts';

/** A row of `asset`; times in unix milliseconds. */
export interface AssetRecord {
  readonly id: string;
  readonly owner_id: string;
  readonly checksum: Uint8Array;
  readonly size: number;
  readonly type: 'IMAGE' | 'VIDEO';
  readonly name: string;
  readonly mime: string;
  readonly device_asset_id: string;
  readonly device_id: string;
  readonly file_created_at: number;
  readonly file_modified_at: number;
  readonly local_date_time: number;
  readonly created_at: number;
  readonly updated_at: number;
  readonly trashed_at: number | null;
  readonly is_favorite: number;
  readonly visibility: Visibility;
  readonly live_video_id: string | null;
  readonly stack_id: string | null;
  readonly has_thumbnail: number;
  readonly has_thumbhash: number;
  readonly width: number | null;
  readonly height: number | null;
  readonly duration_ms: number | null;
  readonly exif: string;
}

/** What `exif` holds: exifInfo without what other columns know. */
export interface ExifRecord {
  readonly make?: string;
  readonly model?: string;
  readonly exifImageWidth?: number;
  readonly exifImageHeight?: number;
  readonly orientation?: string;
  readonly takenMs: number;
  readonly timeZone?: string;
  readonly lensModel?: string;
  readonly fNumber?: number;
  readonly focalLength?: number;
  readonly iso?: number;
  readonly exposureTime?: string;
  readonly latitude?: number;
  readonly longitude?: number;
  readonly description?: string;
  readonly rating?: number | null;
}

const assetById = 'SELECT * FROM asset WHERE id = ?';
const isSharedWith = `
  SELECT 1 FROM album_asset JOIN album ON album.id = album_asset.album_id
  LEFT JOIN album_user ON album_user.album_id = album.id AND album_user.user_id = ?
  WHERE album_asset.asset_id = ? AND (album.owner_id = ? OR album_user.user_id IS NOT NULL)`;

export function findAsset(database: RecordDatabase, id: string): AssetRecord | undefined {
  return database.one<AssetRecord>(assetById, id);
}

/** An asset that the caller may see: an own one, or one of an album shared with the caller. Locked ones are hidden from keys. */
export function visibleAsset({ database }: Parts, { userId }: Caller, id: string, permission: string): AssetRecord {
  const asset = findAsset(database, id);
  const isVisible = asset && asset.visibility !== 'locked' && (asset.owner_id === userId || database.one(isSharedWith, userId, id, userId));
  if (!isVisible) throw noAccess(permission);
  return asset;
}

/** Of these ids, those of assets that belong to the caller. */
export function ownedIds({ database }: Parts, { userId }: Caller, ids: readonly string[]): ReadonlySet<string> {
  if (ids.length === 0) return new Set();
  const sql = `SELECT id FROM asset WHERE owner_id = ? AND visibility <> 'locked' AND id IN (${places(ids)})`;
  return new Set(database.all<{ id: string }>(sql, userId, ...ids).map(({ id }) => id));
}

/** One id that is not the caller's refuses them all. */
export function requireOwned(parts: Parts, caller: Caller, ids: readonly string[], permission: string): void {
  const owned = ownedIds(parts, caller, ids);
  if (!ids.every((id) => owned.has(id))) throw noAccess(permission);
}

export function exifOf(asset: AssetRecord): ExifRecord {
  return JSON.parse(asset.exif) as ExifRecord;
}
