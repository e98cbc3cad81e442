/** Takes an upload: early answers, fields, quota, duplicates, and then the asset with what can be read out of it. */

import { createHash } from 'node:crypto';
import { storeMetadata } from './asset-metadata.ts';
import type { AssetRecord } from './asset-record.ts';
import { findAsset } from './asset-record.ts';
import { checksumBytes, findByChecksum } from './checksum.ts';
import { type Description, describe } from './describe.ts';
import { mimeTypeOf, typeOf } from './dialect.ts';
import { badRequest, failed, Refusal } from './errors.ts';
import { headerOf, json, type PracticeResponse } from './exchange.ts';
import { date, filledText, integer, jsonList, oneOf, optional, type Read, read, record, switchText, text, uuid } from './fields.ts';
import { filmInside, hideVideo, showOwnFilm } from './motion-photo.ts';
import { type ReceivedFile, readUploadForm, type UploadForm } from './multipart.ts';
import { type Call, type Handler, type Parts, type Route, route } from './parts.ts';
import type { Damage } from './store.ts';
import { tagAsset, upsertTags } from './tag-record.ts';
import { findUser } from './user-record.ts';
import { usageOf } from './users.ts';

const common = {
  fileCreatedAt: date(),
  fileModifiedAt: date(),
  filename: optional(text()),
  isFavorite: optional(switchText()),
  visibility: optional(oneOf(['archive', 'timeline', 'hidden', 'locked'])),
  livePhotoVideoId: optional(uuid()),
  metadata: optional(jsonList({ key: filledText('last'), value: record() })),
};
const v2Shape = { deviceAssetId: filledText('last'), deviceId: filledText('last'), ...common };
const v3Shape = { ...common, duration: optional(integer({ min: 0, fromText: true })) };
type Fields = Read<typeof common> & { readonly deviceAssetId?: string; readonly deviceId?: string };

const insertAsset = `
  INSERT INTO asset (id, owner_id, checksum, size, type, name, mime, device_asset_id, device_id, file_created_at, file_modified_at,
    local_date_time, created_at, updated_at, is_favorite, visibility, live_video_id, has_thumbnail, has_thumbhash, width, height,
    duration_ms, exif)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;

const upload: Handler = async (parts, call) => {
  const told = headerOf(call.request, 'x-immich-checksum');
  const known = told && findByChecksum(parts.database, call.caller.userId, checksumBytes(told));
  // Before the body is read, and whatever the body holds.
  if (known) return duplicate(known.id);
  if (!headerOf(call.request, 'content-type')?.startsWith('multipart/form-data')) return acceptForm(parts, call, { fields: call.body });
  const form = await readUploadForm(call.request, parts.store, (name) => typeOf(parts.dialect, name) !== undefined);
  try {
    return await acceptForm(parts, call, form);
  } catch (error) {
    form.picture?.bytes.discard();
    throw error;
  }
};

type PartialForm = Partial<Omit<UploadForm, 'fields'>> & { readonly fields: unknown };

async function acceptForm(parts: Parts, call: Call, { fields: given, picture, sidecar }: PartialForm): Promise<PracticeResponse> {
  const { dialect, database } = parts;
  const fields: Fields = dialect.keepsDevice ? read(dialect, v2Shape, given) : read(dialect, v3Shape, given);
  if (!picture) throw badRequest(sidecar ? 'Field(s) assetData should not be empty' : 'File is required');
  if (picture.sizeBytes === 0 && !dialect.storesEmptyFiles) throw badRequest('File is empty');
  requireQuota(parts, call.caller.userId, picture.sizeBytes);
  const video = fields.livePhotoVideoId === undefined ? undefined : requireLiveVideo(parts, call.caller.userId, fields.livePhotoVideoId);
  const twin = findByChecksum(database, call.caller.userId, picture.sha1);
  if (twin) {
    if (video) database.run(hideVideo, video.id);
    picture.bytes.discard();
    return duplicate(twin.id);
  }
  const id = parts.ids.uuid();
  const film = typeOf(dialect, picture.partName) === 'IMAGE' ? filmInside(picture) : undefined;
  keepAsset(parts, call, { id, fields, picture, sidecar });
  if (video) database.run(hideVideo, video.id);
  storeGivenMetadata(parts, id, fields.metadata);
  // At once: the real server's jobs do it within a minute.
  if (film) showOwnFilm({ stillId: id, filmId: await keepFilm(parts, call, film) }, parts);
  return json(201, { id, status: 'created' });
}

/** @returns its id: of the asset that has these bytes already, or of one that is made of them, hidden */
async function keepFilm(parts: Parts, call: Call, film: Buffer): Promise<string> {
  const sha1 = createHash('sha1').update(film).digest();
  const known = findByChecksum(parts.database, call.caller.userId, sha1);
  if (known) return known.id;
  const bytes = parts.store.receive();
  await bytes.write(film);
  await bytes.flush();
  const [id, now] = [parts.ids.uuid(), parts.clock.now()];
  const untold = { filename: undefined, isFavorite: undefined, livePhotoVideoId: undefined, metadata: undefined };
  const fields: Fields = { fileCreatedAt: now, fileModifiedAt: now, visibility: 'hidden', ...untold };
  const picture = { partName: 'film.mp4', sizeBytes: film.length, sha1, bytes };
  keepAsset(parts, { ...call, uploadFault: undefined }, { id, fields, picture, sidecar: undefined });
  return id;
}

interface NewAsset {
  readonly id: string;
  readonly fields: Fields;
  readonly picture: ReceivedFile;
  readonly sidecar: Uint8Array | undefined;
}

function keepAsset(parts: Parts, { caller, uploadFault }: Call, { id, fields, picture, sidecar }: NewAsset): void {
  const { database, dialect, clock } = parts;
  const name = fields.filename || picture.partName;
  const type = typeOf(dialect, picture.partName) ?? typeOf(dialect, name) ?? 'IMAGE';
  const now = clock.now();
  // The third is when the server's own file came to be.
  const givenMs = Math.min(fields.fileCreatedAt, fields.fileModifiedAt, now);
  const { tags, ...facts } = describe(picture, { type, sidecar, givenMs });
  const damage = damageOf(uploadFault);
  picture.bytes.keep({ ownerId: caller.userId, assetId: id }, damage);
  const checksum = uploadFault?.kind === 'wrong-checksum' ? picture.sha1.map((byte) => byte ^ 255) : picture.sha1;
  const mime = mimeTypeOf(name);
  const device = [fields.deviceAssetId ?? '', fields.deviceId ?? ''] as const;
  const visibility = fields.visibility ?? 'timeline';
  const { takenMs, localMs, isDrawable, width, height, durationMs, exif }: Omit<Description, 'tags'> = facts;
  database.run(
    insertAsset,
    ...[id, caller.userId, checksum, picture.sizeBytes, type, name, mime, ...device, takenMs, fields.fileModifiedAt, localMs, now, now],
    ...[fields.isFavorite ? 1 : 0, visibility, fields.livePhotoVideoId ?? null, isDrawable ? 1 : 0],
    ...[isDrawable && visibility !== 'hidden' ? 1 : 0, width ?? null, height ?? null, durationMs ?? null, JSON.stringify(exif)],
  );
  for (const tagId of upsertTags(parts, caller.userId, tags)) tagAsset(database, tagId, id);
}

/** The asset stays even when its metadata cannot be stored: an error answer does not mean that nothing happened. */
function storeGivenMetadata(parts: Parts, id: string, metadata: Fields['metadata'] = []): void {
  const keys = metadata.map(({ key }) => key);
  if (new Set(keys).size < keys.length) throw failed('Failed to upload asset');
  storeMetadata(parts, id, metadata);
}

function requireQuota(parts: Parts, userId: string, sizeBytes: number): void {
  const quota = findUser(parts.database, userId)?.quota ?? null;
  if (quota !== null && usageOf(parts.database, userId) + sizeBytes > quota) throw badRequest('Quota has been exceeded!');
}

export function requireLiveVideo({ database }: Parts, userId: string, id: string): AssetRecord {
  const video = findAsset(database, id);
  if (!video) throw badRequest('Live photo video not found');
  if (video.type !== 'VIDEO') throw badRequest('Live photo video must be a video');
  if (video.owner_id !== userId) throw badRequest('Live photo video does not belong to the user');
  return video;
}

function damageOf(fault: Call['uploadFault']): Damage | undefined {
  if (fault?.kind === 'store-truncated') return { kind: 'truncated', toBytes: fault.bytes };
  return fault?.kind === 'store-flipped' ? { kind: 'flipped', at: fault.at } : undefined;
}

function duplicate(id: string): PracticeResponse {
  return json(200, { status: 'duplicate', id });
}

/** Of 2.x only: which of these did this device upload? */
const exist: Handler = ({ database }, { body, caller }) => {
  const { deviceAssetIds, deviceId } = body as { deviceAssetIds?: string[]; deviceId?: string };
  if (!Array.isArray(deviceAssetIds) || typeof deviceId !== 'string') throw new Refusal(400, ['deviceAssetIds must be an array']);
  const sql = 'SELECT 1 FROM asset WHERE owner_id = ? AND device_id = ? AND device_asset_id = ?';
  return json(200, { existingIds: deviceAssetIds.filter((id) => database.one(sql, caller.userId, deviceId, String(id))) });
};

export const uploadRoutes: readonly Route[] = [
  route('POST /assets', 'asset.upload', upload),
  route('POST /assets/exist', 'asset.upload', { answer: exist, version: '2.7.5' }),
];
