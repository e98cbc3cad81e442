/** Values that clients keep beside an asset under keys of their own. */
import { requireOwned } from './asset-record.ts';
import { isoDate } from './dates.ts';
import { badRequest } from './errors.ts';
import { json, noContent } from './exchange.ts';
import { filledText, list, read, record } from './fields.ts';
import { type Call, type Handler, type Parts, param, type Route, route } from './parts.ts';

interface MetadataRow {
  readonly key: string;
  readonly value: string;
  readonly updated_at: number;
}

const upsert = `
  INSERT INTO asset_metadata (asset_id, key, value, updated_at) VALUES (?, ?, ?, ?)
  ON CONFLICT DO UPDATE SET value = excluded.value, updated_at = excluded.updated_at`;
const ofAsset = 'SELECT key, value, updated_at FROM asset_metadata WHERE asset_id = ?';
const remove = 'DELETE FROM asset_metadata WHERE asset_id = ? AND key = ?';
const shape = { items: list({ key: filledText('last'), value: record() }) };

export function storeMetadata({ database, clock }: Parts, assetId: string, entries: readonly { key: string; value: unknown }[]): void {
  for (const { key, value } of entries) database.run(upsert, assetId, key, JSON.stringify(value), clock.now());
}

const asJson = ({ key, value, updated_at }: MetadataRow): object => ({ key, value: JSON.parse(value), updatedAt: isoDate(updated_at) });

function rowsOf(parts: Parts, call: Call, permission: string): MetadataRow[] {
  requireOwned(parts, call.caller, [param(call)], permission);
  return parts.database.all<MetadataRow>(ofAsset, param(call));
}

const all: Handler = (parts, call) => json(200, rowsOf(parts, call, 'asset.read').map(asJson));

const one: Handler = (parts, call) => {
  const row = rowsOf(parts, call, 'asset.read').find(({ key }) => key === call.params.key);
  if (!row) throw badRequest(`Metadata with key "${call.params.key}" not found for asset with id "${param(call)}"`);
  return json(200, asJson(row));
};

const put: Handler = (parts, call) => {
  requireOwned(parts, call.caller, [param(call)], 'asset.update');
  const { items } = read(parts.dialect, shape, call.body);
  storeMetadata(parts, param(call), items);
  const changed = new Set(items.map(({ key }) => key));
  return json(
    200,
    rowsOf(parts, call, 'asset.read')
      .filter(({ key }) => changed.has(key))
      .map(asJson),
  );
};

const removeOne: Handler = (parts, call) => {
  requireOwned(parts, call.caller, [param(call)], 'asset.update');
  parts.database.run(remove, param(call), call.params.key ?? '');
  return noContent();
};

export const assetMetadataRoutes: readonly Route[] = [
  route('GET /assets/:id/metadata', 'asset.read', all),
  route('PUT /assets/:id/metadata', 'asset.update', put),
  route('GET /assets/:id/metadata/:key', 'asset.read', one),
  route('DELETE /assets/:id/metadata/:key', 'asset.update', removeOne),
];
