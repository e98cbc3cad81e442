/** Albums: made, listed, changed, filled and deleted. */
import { type AlbumRecord, type AlbumRole, albumJson, anyRole, findAlbum, requireAlbum, roleIn, writers } from './album-record.ts';
import { findAsset, ownedIds } from './asset-record.ts';
import { Conditions } from './conditions.ts';
import { badRequest, failed } from './errors.ts';
import { json, noContent } from './exchange.ts';
import { boolean, list, oneOf, optional, read, switchText, text, uuid, uuids } from './fields.ts';
import { type Call, type Handler, type Parts, param, type Route, route } from './parts.ts';
import { checkedMember, shareAlbum } from './sharing.ts';

const insertAlbum = 'INSERT INTO album (id, owner_id, name, description, created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?)';
const updateAlbum = `
  UPDATE album SET name = coalesce(?, name), description = coalesce(?, description), cover_id = coalesce(?, cover_id),
    sort = coalesce(?, sort), activity = coalesce(?, activity), updated_at = ? WHERE id = ?`;
const insertPair = 'INSERT OR IGNORE INTO album_asset (album_id, asset_id) VALUES (?, ?)';
const hasPair = 'SELECT 1 FROM album_asset WHERE album_id = ? AND asset_id = ?';
const deletePair = 'DELETE FROM album_asset WHERE album_id = ? AND asset_id = ?';
const chooseCover = 'UPDATE album SET cover_id = coalesce(cover_id, ?), updated_at = ? WHERE id = ?';
const replaceCover =
  'UPDATE album SET cover_id = (SELECT asset_id FROM album_asset WHERE album_id = album.id) WHERE id = ? AND cover_id = ?';

const role = oneOf<AlbumRole>(['editor', 'owner', 'viewer'], ['editor', 'viewer']);
const createShape = {
  albumName: text(),
  description: optional(text()),
  assetIds: optional(uuids()),
  albumUsers: optional(
    list({ userId: uuid(), role: { ...role, complaints: (value: unknown, name: string) => roleComplaints(value, name) } }),
  ),
};
const roleComplaints = (value: unknown, name: string): readonly string[] => [
  ...(value === undefined ? [`${name} should not be empty`] : []),
  ...role.complaints(value, name),
];

const create: Handler = (parts, { caller, body }) => {
  const { database, dialect, ids, clock } = parts;
  const { albumName, description = '', assetIds = [], albumUsers = [] } = read(dialect, createShape, body);
  const members = albumUsers.filter((member) => checkedMember(parts, caller.userId, member));
  if (/\0/.test(albumName + description)) throw failed('Failed to create album');
  const id = ids.uuid();
  database.together(() => {
    const now = clock.now();
    database.run(insertAlbum, id, caller.userId, albumName, description, now, now);
    for (const member of members) shareAlbum(database, id, member);
    // Assets of others are left out without a word.
    const owned = ownedIds(parts, caller, assetIds);
    for (const assetId of assetIds.filter((asset) => owned.has(asset))) addToAlbum(parts, id, assetId);
  });
  return json(201, albumJson(parts, found(parts, id), 'created'));
};

function found(parts: Parts, id: string): AlbumRecord {
  const album = findAlbum(parts, id);
  if (!album) throw badRequest('Album not found');
  return album;
}

function addToAlbum({ database, clock }: Parts, albumId: string, assetId: string): void {
  database.run(insertPair, albumId, assetId);
  database.run(chooseCover, assetId, clock.now(), albumId);
}

const v2ListShape = { shared: optional(switchText()), assetId: optional(uuid()) };
const v3ListShape = {
  isOwned: optional(switchText()),
  isShared: optional(switchText()),
  assetId: optional(uuid()),
  id: optional(uuid()),
  name: optional(text()),
};
const isMember = 'id IN (SELECT album_id FROM album_user WHERE user_id = ?)';
const isOwner = 'owner_id = ?';
const isShared = 'EXISTS (SELECT 1 FROM album_user WHERE album_id = album.id)';
const holdsAsset = 'id IN (SELECT album_id FROM album_asset WHERE asset_id = ?)';

const listAlbums: Handler = (parts, call) => {
  const { sql, values } = parts.dialect.listsSharedAlbums ? v3Filter(parts, call) : v2Filter(parts, call);
  const albums = parts.database.all<AlbumRecord>(`SELECT * FROM album WHERE ${sql} ORDER BY created_at DESC, seq DESC`, ...values);
  return json(
    200,
    albums.map((album) => albumJson(parts, album, 'listed')),
  );
};

function v2Filter({ dialect }: Parts, { query, caller: { userId } }: Call): Conditions {
  const { shared, assetId } = read(dialect, v2ListShape, query);
  const found = new Conditions();
  // An asset asked for overrules the other question.
  if (assetId) found.add(`(${isOwner} OR ${isMember}) AND ${holdsAsset}`, userId, userId, assetId);
  else if (shared === undefined) found.add(isOwner, userId);
  else if (shared) found.add(`(${isMember} OR (${isOwner} AND ${isShared}))`, userId, userId);
  else found.add(`${isOwner} AND NOT ${isShared}`, userId);
  return found;
}

function v3Filter({ dialect }: Parts, { query, caller: { userId } }: Call): Conditions {
  const { isOwned, isShared: shared, assetId, id, name } = read(dialect, v3ListShape, query);
  const found = new Conditions();
  if (isOwned === undefined) found.add(`(${isOwner} OR ${isMember})`, userId, userId);
  else found.add(isOwned ? isOwner : isMember, userId);
  if (shared !== undefined) found.add(shared ? isShared : `NOT ${isShared}`);
  const same = (value: string): string => value;
  found.when(assetId, holdsAsset, same);
  found.when(id, 'id = ?', same);
  found.when(name, 'name = ?', same);
  return found;
}

const get: Handler = (parts, call) => {
  const album = requireAlbum(parts, call.caller, param(call), { permission: 'album.read', roles: anyRole });
  return json(200, albumJson(parts, album, call.query.withoutAssets === 'true' ? 'single' : 'with assets'));
};

const updateShape = {
  albumName: optional(text()),
  description: optional(text()),
  albumThumbnailAssetId: optional(uuid()),
  order: optional(oneOf(['asc', 'desc'])),
  isActivityEnabled: optional(boolean()),
};
const update: Handler = (parts, call) => {
  const { database, clock } = parts;
  const {
    albumName,
    description,
    albumThumbnailAssetId: cover,
    order,
    isActivityEnabled: activity,
  } = read(parts.dialect, updateShape, call.body);
  const { id } = requireAlbum(parts, call.caller, param(call), { permission: 'album.update', roles: writers });
  if (cover !== undefined && !database.one(hasPair, id, cover)) throw badRequest('Invalid album thumbnail');
  const flag = activity === undefined ? null : Number(activity);
  database.run(updateAlbum, albumName ?? null, description ?? null, cover ?? null, order ?? null, flag, clock.now(), id);
  return json(200, albumJson(parts, found(parts, id), 'changed'));
};

const remove: Handler = (parts, call) => {
  const { id } = requireAlbum(parts, call.caller, param(call), { permission: 'album.delete', roles: ['owner'] });
  parts.database.run('DELETE FROM album WHERE id = ?', id);
  return noContent();
};

const idsShape = { ids: uuids({ notEmpty: true }) };
const addAssets: Handler = (parts, call) => {
  const { ids } = read(parts.dialect, idsShape, call.body);
  const albumId = param(call);
  // An album that does not exist is told by another sentence than one that is out of reach.
  found(parts, albumId);
  requireAlbum(parts, call.caller, albumId, { permission: 'albumAsset.create', roles: writers });
  const owned = ownedIds(parts, call.caller, ids);
  const results = parts.database.together(() =>
    ids.map((id) => {
      if (parts.database.one(hasPair, albumId, id)) return { id, success: false, error: 'duplicate' };
      if (!owned.has(id)) return { id, success: false, error: 'no_permission' };
      addToAlbum(parts, albumId, id);
      return { id, success: true };
    }),
  );
  return json(200, results);
};

const removeAssets: Handler = (parts, call) => {
  const { database } = parts;
  const { ids } = read(parts.dialect, idsShape, call.body);
  const album = requireAlbum(parts, call.caller, param(call), { permission: 'albumAsset.delete', roles: writers });
  const ownsAlbum = roleIn(parts, call.caller, album) === 'owner';
  const results = ids.map((id) => {
    if (!database.one(hasPair, album.id, id)) return { id, success: false, error: 'not_found' };
    if (!ownsAlbum && findAsset(database, id)?.owner_id !== call.caller.userId) return { id, success: false, error: 'no_permission' };
    database.run(deletePair, album.id, id);
    database.run(replaceCover, album.id, id);
    return { id, success: true };
  });
  return json(200, results);
};

const manyShape = { albumIds: uuids(), assetIds: uuids() };
const addToMany: Handler = (parts, { caller, body }) => {
  const { albumIds, assetIds } = read(parts.dialect, manyShape, body);
  const albums = albumIds
    .flatMap((id) => findAlbum(parts, id) ?? [])
    .filter((album) => writers.includes(roleIn(parts, caller, album) ?? 'viewer'));
  const assets = [...ownedIds(parts, caller, assetIds)];
  if (albums.length === 0 || assets.length === 0) return json(200, { success: false, error: 'no_permission' });
  const pairs = albums.flatMap((album) => assets.map((assetId) => ({ albumId: album.id, assetId })));
  const fresh = pairs.filter(({ albumId, assetId }) => !parts.database.one(hasPair, albumId, assetId));
  for (const { albumId, assetId } of fresh) addToAlbum(parts, albumId, assetId);
  return json(200, fresh.length > 0 ? { success: true } : { success: false, error: 'duplicate' });
};

const statistics: Handler = ({ database }, { caller: { userId } }) => {
  const count = (where: string, ...values: string[]): number =>
    database.one<{ n: number }>(`SELECT count(*) AS n FROM album WHERE ${where}`, ...values)?.n ?? 0;
  return json(200, {
    owned: count(isOwner, userId),
    shared: count(`${isMember} OR (${isOwner} AND ${isShared})`, userId, userId),
    notShared: count(`${isOwner} AND NOT ${isShared}`, userId),
  });
};

export const albumRoutes: readonly Route[] = [
  route('GET /albums/statistics', 'album.statistics', statistics),
  route('PUT /albums/assets', 'albumAsset.create', addToMany),
  route('GET /albums', 'album.read', listAlbums),
  route('POST /albums', 'album.create', create),
  route('GET /albums/:id', 'album.read', get),
  route('PATCH /albums/:id', 'album.update', update),
  route('DELETE /albums/:id', 'album.delete', remove),
  route('PUT /albums/:id/assets', 'albumAsset.create', addAssets),
  route('DELETE /albums/:id/assets', 'albumAsset.delete', removeAssets),
];
