/** Links of single assets: made, listed, deleted. Links to albums, and what lies behind a link, are not in the practice Immich. */
import { assetJson } from './asset-json.ts';
import { type AssetRecord, requireOwned } from './asset-record.ts';
import { isoDate } from './dates.ts';
import { badRequest, noAccess } from './errors.ts';
import { json, noContent } from './exchange.ts';
import { boolean, oneOf, optional, read, uuid, uuids } from './fields.ts';
import { type Handler, type Parts, param, type Route, route } from './parts.ts';

interface LinkRecord {
  readonly id: string;
  readonly owner_id: string;
  readonly key: string;
  readonly created_at: number;
  readonly allow_upload: number;
}

const linksOfUser = 'SELECT * FROM shared_link WHERE owner_id = ? ORDER BY created_at DESC, id';
const linkById = 'SELECT * FROM shared_link WHERE id = ? AND owner_id = ?';
const assetsOfLink = `
  SELECT asset.* FROM shared_link_asset JOIN asset ON asset.id = asset_id WHERE link_id = ? AND trashed_at IS NULL ORDER BY seq`;

function linkJson({ parts, link }: { readonly parts: Parts; readonly link: LinkRecord }): Record<string, unknown> {
  const assets = parts.database.all<AssetRecord>(assetsOfLink, link.id);
  return {
    id: link.id,
    description: null,
    password: null,
    userId: link.owner_id,
    key: link.key,
    type: 'INDIVIDUAL',
    createdAt: isoDate(link.created_at),
    expiresAt: null,
    assets: assets.map((asset) => assetJson(parts, asset, { rawDates: true })),
    allowUpload: link.allow_upload === 1,
    allowDownload: true,
    showMetadata: true,
    slug: null,
  };
}

const createShape = {
  type: oneOf(['INDIVIDUAL', 'ALBUM'], ['INDIVIDUAL', 'ALBUM']),
  assetIds: optional(uuids()),
  allowUpload: optional(boolean()),
};
const create: Handler = (parts, { caller, body }) => {
  const { database, ids, clock } = parts;
  const { type, assetIds = [], allowUpload = true } = read(parts.dialect, createShape, body);
  if (type !== 'INDIVIDUAL' || assetIds.length === 0) throw badRequest('Invalid assetIds');
  requireOwned(parts, caller, assetIds, 'asset.share');
  const link: LinkRecord = {
    id: ids.uuid(),
    owner_id: caller.userId,
    key: ids.uuid().replaceAll('-', ''),
    created_at: clock.now(),
    allow_upload: allowUpload ? 1 : 0,
  };
  database.together(() => {
    const insert = 'INSERT INTO shared_link (id, owner_id, key, created_at, allow_upload) VALUES (?, ?, ?, ?, ?)';
    database.run(insert, link.id, link.owner_id, link.key, link.created_at, link.allow_upload);
    for (const assetId of assetIds) database.run('INSERT OR IGNORE INTO shared_link_asset VALUES (?, ?)', link.id, assetId);
  });
  return json(201, linkJson({ parts, link }));
};

const listShape = { albumId: optional(uuid()), id: optional(uuid()) };
const list: Handler = (parts, { caller, query }) => {
  const { albumId, id } = read(parts.dialect, listShape, query);
  const links = albumId === undefined ? parts.database.all<LinkRecord>(linksOfUser, caller.userId) : [];
  return json(
    200,
    links.filter((link) => id === undefined || link.id === id).map((link) => linkJson({ parts, link })),
  );
};

const remove: Handler = ({ database }, call) => {
  const link = database.one<LinkRecord>(linkById, param(call), call.caller.userId);
  if (!link) throw noAccess('sharedLink.delete');
  database.run('DELETE FROM shared_link WHERE id = ?', link.id);
  return noContent();
};

export const sharedLinkRoutes: readonly Route[] = [
  route('POST /shared-links', 'sharedLink.create', create),
  route('GET /shared-links', 'sharedLink.read', list),
  route('DELETE /shared-links/:id', 'sharedLink.delete', remove),
];
