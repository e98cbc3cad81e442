/** Single assets and many at once: look, change, delete. */
import { type AssetView, assetJson } from './asset-json.ts';
import { type AssetRecord, findAsset, requireOwned, visibleAsset } from './asset-record.ts';
import { type Changes, changeAsset, finishJobs } from './change-asset.ts';
import { eraseAsset } from './erase-asset.ts';
import { badRequest, failed, noAccess } from './errors.ts';
import { json, noContent } from './exchange.ts';
import {
  boolean,
  integer,
  nullable,
  number,
  oneOf,
  optional,
  type Read,
  read,
  refuseWhen,
  switchText,
  text,
  uuid,
  uuids,
} from './fields.ts';
import { type Call, type Handler, type Parts, param, type Route, route } from './parts.ts';
import { requireLiveVideo } from './upload.ts';

const changeShape = {
  isFavorite: optional(boolean()),
  visibility: optional(oneOf(['archive', 'timeline', 'hidden', 'locked'])),
  description: optional(text()),
  dateTimeOriginal: optional(text()),
  rating: optional(nullable(integer({ min: -1, max: 5 }))),
  latitude: optional(number(-90, 90, 'latitude string or number')),
  longitude: optional(number(-180, 180, 'longitude string or number')),
};
const oneShape = { ...changeShape, livePhotoVideoId: optional(nullable(uuid())) };
const manyShape = {
  ...changeShape,
  ids: uuids({ notEmpty: true }),
  dateTimeRelative: optional(integer({ min: Number.MIN_SAFE_INTEGER })),
  timeZone: optional(text()),
};

const single: AssetView = { exif: true, relations: true, faces: true };
const changed: AssetView = { exif: true, faces: true };

const get: Handler = (parts, call) => json(200, assetJson(parts, visibleAsset(parts, call.caller, param(call), 'asset.read'), single));

const update: Handler = (parts, call) => {
  const fields = read(parts.dialect, oneShape, call.body);
  const changes = checkedChanges(parts, fields);
  requireOwned(parts, call.caller, [param(call)], 'asset.update');
  const asset = findAsset(parts.database, param(call));
  if (!asset) throw noAccess('asset.update');
  if (fields.livePhotoVideoId !== undefined) linkVideo(parts, asset, fields.livePhotoVideoId);
  changeAsset(parts, asset, changes);
  // The answer shows what was written, not yet what the jobs make of it.
  const answer = json(200, assetJson(parts, findAsset(parts.database, asset.id) ?? asset, changed));
  finishJobs(parts, asset.id, changes);
  return answer;
};

const updateMany: Handler = (parts, call) => {
  const fields = read(parts.dialect, manyShape, call.body);
  const changes = checkedChanges(parts, fields);
  const { ids, dateTimeRelative, dateTimeOriginal } = fields;
  refuseWhen(
    dateTimeOriginal !== undefined && dateTimeRelative !== undefined,
    parts.dialect,
    ['dateTimeRelative cannot exist alongside any of the following properties: dateTimeOriginal'],
    { message: 'dateTimeRelative cannot exist alongside dateTimeOriginal' },
  );
  requireOwned(parts, call.caller, ids, 'asset.update');
  parts.database.together(() => {
    for (const id of ids) {
      const asset = findAsset(parts.database, id);
      if (!asset) continue;
      const all = dateTimeRelative === undefined ? changes : { ...changes, byMinutes: dateTimeRelative };
      changeAsset(parts, asset, all);
      finishJobs(parts, id, all);
    }
  });
  return noContent();
};

function checkedChanges({ dialect }: Parts, fields: Read<typeof changeShape>): Changes {
  const { latitude, longitude, dateTimeOriginal: date, rating } = fields;
  const missing = latitude === undefined ? 'latitude' : 'longitude';
  refuseWhen(
    (latitude === undefined) !== (longitude === undefined),
    dialect,
    [`${missing} should not be empty`, `${missing} must be a ${missing} string or number`],
    { message: 'Latitude and longitude must be provided together' },
  );
  refuseWhen(rating === 0 && dialect.validation === 'zod', dialect, [], {
    message: 'Rating must be -1 (rejected), 1–5 (starred), or null (unrated); 0 is not valid',
    path: ['rating'],
  });
  if (date !== undefined && Number.isNaN(Date.parse(date))) {
    refuseWhen(dialect.validation === 'class-validator', dialect, ['dateTimeOriginal must be a valid ISO 8601 date string'], {
      message: '',
    });
    throw failed('Failed to update asset');
  }
  return { ...fields, rating: rating === 0 ? null : rating };
}

function linkVideo(parts: Parts, still: AssetRecord, videoId: string | null): void {
  const { database } = parts;
  if (videoId !== null) requireLiveVideo(parts, still.owner_id, videoId);
  if (still.live_video_id !== null) database.run(`UPDATE asset SET visibility = 'timeline' WHERE id = ?`, still.live_video_id);
  if (videoId !== null) database.run(`UPDATE asset SET visibility = 'hidden' WHERE id = ?`, videoId);
  database.run('UPDATE asset SET live_video_id = ? WHERE id = ?', videoId, still.id);
}

// What lies in the trash is no album's cover, not even after it was restored.
const replaceCover = `
  UPDATE album SET cover_id = (SELECT asset_id FROM album_asset JOIN asset ON asset.id = asset_id WHERE album_id = album.id AND trashed_at IS NULL)
  WHERE cover_id = ?`;
const deleteShape = { ids: uuids({ notEmpty: true }), force: optional(boolean()) };
const deleteMany: Handler = (parts, call) => {
  const { ids, force = false } = read(parts.dialect, deleteShape, call.body);
  requireOwned(parts, call.caller, ids, 'asset.delete');
  const now = parts.clock.now();
  parts.database.together(() => {
    for (const id of ids) {
      if (force) eraseAsset(parts, id);
      else {
        parts.database.run('UPDATE asset SET trashed_at = ? WHERE id = ?', now, id);
        parts.database.run(replaceCover, id);
      }
    }
  });
  return noContent();
};

const copyShape = { sourceId: uuid(), targetId: uuid() };
const copy: Handler = (parts, call) => {
  const { sourceId, targetId } = read(parts.dialect, copyShape, call.body);
  requireOwned(parts, call.caller, [sourceId, targetId], 'asset.copy');
  if (sourceId === targetId) throw badRequest('Source and target id must be distinct');
  const sql = 'INSERT OR IGNORE INTO album_asset SELECT album_id, ? FROM album_asset WHERE asset_id = ?';
  parts.database.run(sql, targetId, sourceId);
  parts.database.run('UPDATE asset SET is_favorite = (SELECT is_favorite FROM asset WHERE id = ?) WHERE id = ?', sourceId, targetId);
  return noContent();
};

const statisticsShape = {
  isFavorite: optional(switchText()),
  isTrashed: optional(switchText()),
  visibility: optional(oneOf(['archive', 'timeline', 'hidden', 'locked'])),
};
const countByType = `
  SELECT coalesce(sum(type = 'IMAGE'), 0) AS images, coalesce(sum(type = 'VIDEO'), 0) AS videos, count(*) AS total FROM asset
  WHERE owner_id = ? AND (trashed_at IS NOT NULL) = ? AND is_favorite = coalesce(?, is_favorite)
    AND CASE WHEN ? IS NULL THEN visibility IN ('timeline', 'archive') ELSE visibility = ? END`;
const statistics: Handler = ({ dialect, database }, { caller, query }: Call) => {
  const { isFavorite, isTrashed = false, visibility = null } = read(dialect, statisticsShape, query);
  const favorite = isFavorite === undefined ? null : Number(isFavorite);
  return json(200, database.one(countByType, caller.userId, Number(isTrashed), favorite, visibility, visibility));
};

/** Of 2.x only: what this device uploaded. */
const ofDevice: Handler = ({ database }, { caller, params }) => {
  const sql = 'SELECT device_asset_id AS id FROM asset WHERE owner_id = ? AND device_id = ?';
  return json(
    200,
    database.all<{ id: string }>(sql, caller.userId, params.device ?? '').map(({ id }) => id),
  );
};

export const assetRoutes: readonly Route[] = [
  route('GET /assets/statistics', 'asset.statistics', statistics),
  route('GET /assets/device/:device', 'a key', { answer: ofDevice, version: '2.7.5' }),
  route('PUT /assets/copy', 'asset.copy', copy),
  route('GET /assets/:id', 'asset.read', get),
  route('PUT /assets/:id', 'asset.update', update),
  route('PATCH /assets/:id', 'asset.update', { answer: update, version: '3.1.0' }),
  route('PUT /assets', 'asset.update', updateMany),
  route('DELETE /assets', 'asset.delete', deleteMany),
  route('GET /assets/:id/ocr', 'asset.read', (parts, call) => {
    visibleAsset(parts, call.caller, param(call), 'asset.read');
    return json(200, []);
  }),
];
