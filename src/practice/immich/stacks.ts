/** Stacks: assets shown as one. */
import { assetJson } from './asset-json.ts';
import { type AssetRecord, findAsset, requireOwned } from './asset-record.ts';
import { badRequest, noAccess } from './errors.ts';
import { json, noContent } from './exchange.ts';
import { optional, read, uuid, uuids } from './fields.ts';
import { type Call, type Handler, type Parts, param, type Route, route } from './parts.ts';

interface StackRecord {
  readonly id: string;
  readonly owner_id: string;
  readonly primary_asset_id: string;
}

const stackById = 'SELECT * FROM stack WHERE id = ? AND owner_id = ?';
const stacksOfUser = 'SELECT * FROM stack WHERE owner_id = ?';
const stacksOfPrimary = `${stacksOfUser} AND primary_asset_id = ?`;
const members = 'SELECT * FROM asset WHERE stack_id = ? AND trashed_at IS NULL ORDER BY file_created_at, seq';
const insertStack = 'INSERT INTO stack (id, owner_id, primary_asset_id) VALUES (?, ?, ?)';
const join = 'UPDATE asset SET stack_id = ? WHERE id = ?';
const joinAll = 'UPDATE asset SET stack_id = ? WHERE stack_id = ?';
const deleteStack = 'DELETE FROM stack WHERE id = ?';

function requireStack({ database }: Parts, { caller }: Call, id: string, permission: string): StackRecord {
  const stack = database.one<StackRecord>(stackById, id, caller.userId);
  if (!stack) throw noAccess(permission);
  return stack;
}

function stackJson(parts: Parts, { id, primary_asset_id }: StackRecord, { tags = false } = {}): Record<string, unknown> {
  const assets = parts.database.all<AssetRecord>(members, id);
  const view = { exif: true, faces: true, rawDates: true, tags };
  return { id, primaryAssetId: primary_asset_id, assets: assets.map((asset) => assetJson(parts, asset, view)) };
}

const createShape = { assetIds: uuids({ atLeast: 2 }) };
const create: Handler = (parts, call) => {
  const { database, ids } = parts;
  const { assetIds } = read(parts.dialect, createShape, call.body);
  requireOwned(parts, call.caller, assetIds, 'asset.update');
  const id = ids.uuid();
  database.together(() => {
    database.run(insertStack, id, call.caller.userId, assetIds[0] ?? '');
    for (const assetId of assetIds) {
      // A stack whose primary joins is dissolved, and its members come along.
      for (const old of database.all<StackRecord>(stacksOfPrimary, call.caller.userId, assetId)) {
        if (old.id === id) continue;
        database.run(joinAll, id, old.id);
        database.run(deleteStack, old.id);
      }
      database.run(join, id, assetId);
    }
  });
  return json(201, stackJson(parts, requireStack(parts, call, id, 'stack.read')));
};

const update: Handler = (parts, call) => {
  const { primaryAssetId } = read(parts.dialect, { primaryAssetId: optional(uuid()) }, call.body);
  const stack = requireStack(parts, call, param(call), 'stack.update');
  if (primaryAssetId !== undefined) {
    if (findAsset(parts.database, primaryAssetId)?.stack_id !== stack.id) throw badRequest('Primary asset must be in the stack');
    parts.database.run('UPDATE stack SET primary_asset_id = ? WHERE id = ?', primaryAssetId, stack.id);
  }
  return json(200, stackJson(parts, requireStack(parts, call, stack.id, 'stack.read'), { tags: true }));
};

const remove: Handler = (parts, call) => {
  parts.database.run(deleteStack, requireStack(parts, call, param(call), 'stack.delete').id);
  return noContent();
};

const removeMany: Handler = (parts, call) => {
  const { ids } = read(parts.dialect, { ids: uuids({ notEmpty: true }) }, call.body);
  for (const id of ids) requireStack(parts, call, id, 'stack.delete');
  for (const id of ids) parts.database.run(deleteStack, id);
  return noContent();
};

const removeAsset: Handler = (parts, call) => {
  const stack = requireStack(parts, call, param(call), 'stack.update');
  const assetId = param(call, 'assetId');
  if (findAsset(parts.database, assetId)?.stack_id !== stack.id) throw badRequest('Asset not in stack');
  if (assetId === stack.primary_asset_id) throw badRequest("Cannot remove stack's primary asset");
  parts.database.run(join, null, assetId);
  return noContent();
};

const get: Handler = (parts, call) => json(200, stackJson(parts, requireStack(parts, call, param(call), 'stack.read'), { tags: true }));

const listStacks: Handler = (parts, { caller, query }) => {
  const { primaryAssetId } = read(parts.dialect, { primaryAssetId: optional(uuid()) }, query);
  const stacks =
    primaryAssetId === undefined
      ? parts.database.all<StackRecord>(stacksOfUser, caller.userId)
      : parts.database.all<StackRecord>(stacksOfPrimary, caller.userId, primaryAssetId);
  return json(
    200,
    stacks.map((stack) => stackJson(parts, stack)),
  );
};

export const stackRoutes: readonly Route[] = [
  route('POST /stacks', 'stack.create', create),
  route('GET /stacks', 'stack.read', listStacks),
  route('GET /stacks/:id', 'stack.read', get),
  route('PUT /stacks/:id', 'stack.update', update),
  route('DELETE /stacks', 'stack.delete', removeMany),
  route('DELETE /stacks/:id', 'stack.delete', remove),
  route('DELETE /stacks/:id/assets/:assetId', 'stack.update', removeAsset),
];
