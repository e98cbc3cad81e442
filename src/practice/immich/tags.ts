/** Tags: made by path, hung on assets and taken off again. */
import { ownedIds } from './asset-record.ts';
import { badRequest, noAccess } from './errors.ts';
import { json, noContent } from './exchange.ts';
import { colour, filledText, nullable, optional, read, texts, uuid, uuids } from './fields.ts';
import { type Call, type Handler, type Parts, param, type Route, route } from './parts.ts';
import { createTag, findTagByValue, type TagRecord, tagAsset, tagJson, upsertTags } from './tag-record.ts';

const tagById = 'SELECT * FROM tag WHERE id = ? AND user_id = ?';
const tagsOfUser = 'SELECT * FROM tag WHERE user_id = ? ORDER BY value';
const untag = 'DELETE FROM tag_asset WHERE tag_id = ? AND asset_id = ?';

function requireTag({ database }: Parts, call: Call, { id = param(call), permission }: { id?: string; permission: string }): TagRecord {
  const tag = database.one<TagRecord>(tagById, id, call.caller.userId);
  if (!tag) throw noAccess(permission);
  return tag;
}

const upsertShape = { tags: texts() };
const upsert: Handler = (parts, call) => {
  const { tags } = read(parts.dialect, upsertShape, call.body);
  const leaves = parts.database.together(() => upsertTags(parts, call.caller.userId, tags));
  return json(
    200,
    leaves.map((id) => tagJson(requireTag(parts, call, { id, permission: 'tag.read' }))),
  );
};

const createShape = { name: filledText('first'), parentId: optional(nullable(uuid())), color: optional(nullable(colour())) };
const create: Handler = (parts, call) => {
  const { userId } = call.caller;
  const { name, parentId = null, color = null } = read(parts.dialect, createShape, call.body);
  const parent = parentId === null ? undefined : requireTag(parts, call, { id: parentId, permission: 'tag.read' });
  const value = parent ? `${parent.value}/${name}` : name;
  if (findTagByValue(parts.database, userId, value)) throw badRequest('A tag with that name already exists');
  const id = createTag(parts, { userId, value, parentId, color });
  return json(201, tagJson(requireTag(parts, call, { id, permission: 'tag.read' })));
};

const updateShape = { color: optional(nullable(colour())) };
const update: Handler = (parts, call) => {
  const { color } = read(parts.dialect, updateShape, call.body);
  const { id } = requireTag(parts, call, { permission: 'tag.update' });
  if (color !== undefined) parts.database.run('UPDATE tag SET color = ?, updated_at = ? WHERE id = ?', color, parts.clock.now(), id);
  return json(200, tagJson(requireTag(parts, call, { permission: 'tag.read' })));
};

const remove: Handler = (parts, call) => {
  const { id } = requireTag(parts, call, { permission: 'tag.delete' });
  parts.database.run('DELETE FROM tag WHERE id = ?', id);
  return noContent();
};

const bulkShape = { tagIds: uuids(), assetIds: uuids() };
/** Passes over tags and assets of others without a word, and counts only what is new. */
const tagMany: Handler = (parts, call) => {
  const { tagIds, assetIds } = read(parts.dialect, bulkShape, call.body);
  const { database } = parts;
  const own = tagIds.filter((id) => database.one(tagById, id, call.caller.userId));
  const assets = [...ownedIds(parts, call.caller, assetIds)];
  const count = database.together(() => own.flatMap((tagId) => assets.filter((assetId) => tagAsset(database, tagId, assetId))).length);
  return json(200, { count });
};

const idsShape = { ids: uuids({ notEmpty: true }) };
const tagSome: Handler = (parts, call) => {
  const { ids } = read(parts.dialect, idsShape, call.body);
  const tag = requireTag(parts, call, { permission: 'tag.asset' });
  const owned = ownedIds(parts, call.caller, ids);
  const results = ids.map((id) => {
    if (!owned.has(id)) return { id, success: false, error: 'no_permission' };
    return tagAsset(parts.database, tag.id, id) ? { id, success: true } : { id, success: false, error: 'duplicate' };
  });
  return json(200, results);
};

const untagSome: Handler = (parts, call) => {
  const { ids } = read(parts.dialect, idsShape, call.body);
  const tag = requireTag(parts, call, { permission: 'tag.asset' });
  const results = ids.map((id) =>
    parts.database.run(untag, tag.id, id) === 1 ? { id, success: true } : { id, success: false, error: 'not_found' },
  );
  return json(200, results);
};

const listTags: Handler = ({ database }, { caller }) => json(200, database.all<TagRecord>(tagsOfUser, caller.userId).map(tagJson));

export const tagRoutes: readonly Route[] = [
  route('PUT /tags/assets', 'tag.asset', tagMany),
  route('PUT /tags', 'tag.create', upsert),
  route('POST /tags', 'tag.create', create),
  route('GET /tags', 'tag.read', listTags),
  route('GET /tags/:id', 'tag.read', (parts, call) => json(200, tagJson(requireTag(parts, call, { permission: 'tag.read' })))),
  route('PUT /tags/:id', 'tag.update', update),
  route('DELETE /tags/:id', 'tag.delete', remove),
  route('PUT /tags/:id/assets', 'tag.asset', tagSome),
  route('DELETE /tags/:id/assets', 'tag.asset', untagSome),
];
