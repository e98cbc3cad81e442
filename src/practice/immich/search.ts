/** Search by metadata, in pages. */

import { canReadAlbum } from './album-record.ts';
import { assetJson } from './asset-json.ts';
import type { AssetRecord } from './asset-record.ts';
import { checksumBytes } from './checksum.ts';
import { Conditions } from './conditions.ts';
import { foldName, places } from './database.ts';
import { badRequest, noAccess, Refusal } from './errors.ts';
import { json } from './exchange.ts';
import { boolean, date, integer, nullable, oneOf, optional, type Read, read, text, uuid, uuids } from './fields.ts';
import type { Caller, Handler, Parts, Route } from './parts.ts';
import { route } from './parts.ts';

const filters = {
  id: optional(uuid()),
  visibility: optional(oneOf(['archive', 'timeline', 'hidden', 'locked'])),
  type: optional(oneOf(['IMAGE', 'VIDEO', 'AUDIO', 'OTHER'])),
  originalFileName: optional(text()),
  checksum: optional(text()),
  isFavorite: optional(boolean()),
  isNotInAlbum: optional(boolean()),
  albumIds: optional(uuids()),
  tagIds: optional(nullable(uuids())),
  personIds: optional(uuids()),
  takenAfter: optional(date()),
  takenBefore: optional(date()),
  createdAfter: optional(date()),
  createdBefore: optional(date()),
  updatedAfter: optional(date()),
  updatedBefore: optional(date()),
  trashedAfter: optional(date()),
  trashedBefore: optional(date()),
  withDeleted: optional(boolean()),
  make: optional(nullable(text())),
};
const paging = { order: optional(oneOf(['asc', 'desc'])), withExif: optional(boolean()) };
const v2Shape = {
  ...filters,
  ...paging,
  page: optional(integer({ min: 1, fromText: true })),
  size: optional(integer({ min: 1, max: 1000, fromText: true })),
  rating: optional(nullable(integer({ min: -1, max: 5, fromText: true }))),
  deviceAssetId: optional(text()),
};
const v3Shape = {
  ...filters,
  ...paging,
  page: optional(integer({ min: 1 })),
  size: optional(integer({ min: 1, max: 1000 })),
  rating: optional(nullable(integer({ min: 1, max: 5 }))),
};

type Filters = Read<typeof filters> & { readonly rating?: number | null | undefined; readonly deviceAssetId?: string | undefined };

const inAllAlbums = (count: number): string =>
  `id IN (SELECT asset_id FROM album_asset WHERE album_id IN (${places(Array(count))}) GROUP BY asset_id HAVING count(*) = ${count})`;
const underTag = `
  id IN (WITH RECURSIVE branch (id) AS (SELECT ? UNION SELECT tag.id FROM tag JOIN branch ON tag.parent_id = branch.id)
    SELECT asset_id FROM tag_asset JOIN branch ON branch.id = tag_asset.tag_id)`;

function conditionsOf(parts: Parts, caller: Caller, filter: Filters): Conditions {
  const { dialect } = parts;
  const found = new Conditions();
  const { visibility, albumIds = [], tagIds } = filter;
  if (visibility === 'locked') throw new Refusal(401, 'Elevated permission is required');
  const visibilities = visibility === undefined ? dialect.searchedByDefault : [visibility];
  found.add(`visibility IN (${places(visibilities)})`, ...visibilities);
  if (albumIds.length > 0) {
    const readable = albumIds.every((id) => canReadAlbum(parts, caller, id));
    if (!readable && dialect.refusesUnknownAlbumInSearch) throw noAccess('album.read');
    found.add(inAllAlbums(albumIds.length), ...albumIds);
  }
  // In an album shared with them, users of 3.x find what others put there.
  if (albumIds.length === 0 || !dialect.refusesUnknownAlbumInSearch) found.add('owner_id = ?', caller.userId);
  const implied = filter.withDeleted || filter.trashedAfter !== undefined || filter.trashedBefore !== undefined;
  if (!implied) found.add('trashed_at IS NULL');
  const same = (value: string): string => value;
  const number = (value: number): number => value;
  found.when(filter.id, 'id = ?', same);
  found.when(filter.type, 'type = ?', same);
  found.when(filter.originalFileName, `fold(name) LIKE ?`, (name) => `%${foldName(name)}%`);
  found.when(filter.checksum, 'checksum = ?', checksumBytes);
  found.when(filter.isFavorite, 'is_favorite = ?', Number);
  found.when(filter.deviceAssetId, 'device_asset_id = ?', same);
  found.when(filter.takenAfter, 'file_created_at >= ?', number);
  found.when(filter.takenBefore, 'file_created_at <= ?', number);
  found.when(filter.createdAfter, 'created_at >= ?', number);
  found.when(filter.createdBefore, 'created_at <= ?', number);
  found.when(filter.updatedAfter, 'updated_at >= ?', number);
  found.when(filter.updatedBefore, 'updated_at <= ?', number);
  found.when(filter.trashedAfter, 'trashed_at >= ?', number);
  found.when(filter.trashedBefore, 'trashed_at <= ?', number);
  if (filter.make !== undefined) found.add(`exif ->> 'make' IS ?`, filter.make ?? '');
  if (filter.rating !== undefined) found.add(`exif ->> 'rating' IS ${filter.rating === null ? 'NULL' : Math.trunc(filter.rating)}`);
  if (filter.isNotInAlbum) found.add('NOT EXISTS (SELECT 1 FROM album_asset WHERE asset_id = asset.id)');
  if (tagIds === null) found.add('NOT EXISTS (SELECT 1 FROM tag_asset WHERE asset_id = asset.id)');
  for (const id of tagIds ?? []) found.add(underTag, id);
  // Nobody is recognised here.
  if (filter.personIds?.length) found.add('FALSE');
  return found;
}

const searchMetadata: Handler = (parts, { body, caller }) => {
  const { dialect, database } = parts;
  const wanted = dialect.keepsDevice ? read(dialect, v2Shape, body) : read(dialect, v3Shape, body);
  const { page = 1, size = 250, order = 'desc', withExif = false } = wanted;
  const { sql, values } = conditionsOf(parts, caller, wanted);
  const direction = order === 'asc' ? 'ASC' : 'DESC';
  const statement = `SELECT * FROM asset WHERE ${sql} ORDER BY file_created_at ${direction}, seq ${direction} LIMIT ? OFFSET ?`;
  // One more than asked for tells whether there is a next page.
  const rows = database.all<AssetRecord>(statement, ...values, size + 1, (page - 1) * size);
  const items = rows.slice(0, size).map((asset) => assetJson(parts, asset, { exif: withExif }));
  return json(200, {
    albums: { total: 0, count: 0, items: [], facets: [] },
    assets: { total: items.length, count: items.length, items, facets: [], nextPage: rows.length > size ? String(page + 1) : null },
  });
};

const statistics: Handler = (parts, { body, caller }) => {
  const { sql, values } = conditionsOf(parts, caller, read(parts.dialect, filters, body));
  return json(200, parts.database.one(`SELECT count(*) AS total FROM asset WHERE ${sql}`, ...values));
};

const random: Handler = (parts, { body, caller }) => {
  const { size = 250, ...filter } = read(parts.dialect, { ...filters, size: v3Shape.size }, body);
  const { sql, values } = conditionsOf(parts, caller, filter);
  const rows = parts.database.all<AssetRecord>(`SELECT * FROM asset WHERE ${sql} ORDER BY checksum LIMIT ?`, ...values, size);
  return json(
    200,
    rows.map((asset) => assetJson(parts, asset)),
  );
};

const smart: Handler = () => {
  throw badRequest('Smart search is not enabled');
};

export const searchRoutes: readonly Route[] = [
  route('POST /search/metadata', 'asset.read', searchMetadata),
  route('POST /search/statistics', 'asset.statistics', statistics),
  route('POST /search/random', 'asset.read', random),
  route('POST /search/smart', 'asset.read', smart),
];
