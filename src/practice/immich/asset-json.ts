/** An asset as clients see it. */
import { type AssetRecord, exifOf } from './asset-record.ts';
import { isoDate, rawDate } from './dates.ts';
import type { Parts } from './parts.ts';
import { tagsOfAsset } from './tag-record.ts';
import { userJson } from './user-record.ts';

const stackOfAsset = `
  SELECT stack.id, stack.primary_asset_id AS primaryAssetId, (SELECT count(*) FROM asset WHERE stack_id = stack.id) AS assetCount
  FROM stack WHERE id = ?`;

export interface AssetView {
  readonly exif?: boolean;
  /** Owner, tags and stack: only where one asset is asked for. */
  readonly relations?: boolean;
  readonly tags?: boolean;
  /** Lists of faces that belong to nobody: 2.x names them with single assets. */
  readonly faces?: boolean;
  /** Assets inside albums and stacks carry their dates as the database writes them. */
  readonly rawDates?: boolean;
}

export function assetJson(parts: Parts, asset: AssetRecord, view: AssetView = {}): Record<string, unknown> {
  const { dialect, database } = parts;
  const { exif = false, relations = false, tags = relations, faces = false, rawDates = false } = view;
  const date = rawDates ? rawDate : isoDate;
  return {
    id: asset.id,
    createdAt: isoDate(asset.created_at),
    ownerId: asset.owner_id,
    ...(relations ? { owner: userJson(database, asset.owner_id) } : {}),
    ...(dialect.keepsDevice ? { deviceAssetId: asset.device_asset_id, deviceId: asset.device_id } : {}),
    libraryId: null,
    type: asset.type,
    originalPath: `/data/upload/${asset.owner_id}/${asset.id.slice(0, 2)}/${asset.id.slice(2, 4)}/${asset.id}`,
    originalFileName: asset.name,
    originalMimeType: asset.mime,
    thumbhash: asset.has_thumbhash ? Buffer.from(asset.checksum).toString('base64') : null,
    fileCreatedAt: date(asset.file_created_at),
    fileModifiedAt: date(asset.file_modified_at),
    localDateTime: date(asset.local_date_time),
    updatedAt: isoDate(asset.updated_at),
    isFavorite: asset.is_favorite === 1,
    isArchived: asset.visibility === 'archive',
    isTrashed: asset.trashed_at !== null,
    visibility: asset.visibility,
    duration: dialect.duration(asset.duration_ms),
    ...(exif ? { exifInfo: exifJson(asset) } : {}),
    livePhotoVideoId: asset.live_video_id,
    ...(tags ? { tags: tagsOfAsset(database, asset.id) } : {}),
    people: [],
    ...(faces && dialect.keepsDevice ? { unassignedFaces: [] } : {}),
    checksum: Buffer.from(asset.checksum).toString('base64'),
    ...(relations ? { stack: asset.stack_id === null ? null : (database.one(stackOfAsset, asset.stack_id) ?? null) } : {}),
    isOffline: false,
    hasMetadata: true,
    duplicateId: null,
    resized: true,
    width: asset.width,
    height: asset.height,
    isEdited: false,
  };
}

function exifJson(asset: AssetRecord): Record<string, unknown> {
  const { takenMs, ...known } = exifOf(asset);
  return {
    make: null,
    model: null,
    exifImageWidth: null,
    exifImageHeight: null,
    fileSizeInByte: asset.size,
    orientation: null,
    dateTimeOriginal: rawDate(takenMs),
    modifyDate: rawDate(asset.file_modified_at),
    timeZone: null,
    lensModel: null,
    fNumber: null,
    focalLength: null,
    iso: null,
    exposureTime: null,
    latitude: null,
    longitude: null,
    city: null,
    state: null,
    country: null,
    description: '',
    projectionType: null,
    rating: null,
    ...known,
  };
}
