/** The trash: some back, all back, all gone. */
import { requireOwned } from './asset-record.ts';
import { places } from './database.ts';
import { eraseAsset } from './erase-asset.ts';
import { json } from './exchange.ts';
import { read, uuids } from './fields.ts';
import { type Handler, type Route, route } from './parts.ts';

const shape = { ids: uuids({ notEmpty: true }) };
const trashed = 'SELECT id FROM asset WHERE owner_id = ? AND trashed_at IS NOT NULL';

/** Counts what is not in the trash as well, as the real server does. */
const restoreSome: Handler = (parts, { body, caller }) => {
  const { ids } = read(parts.dialect, shape, body);
  requireOwned(parts, caller, ids, 'asset.delete');
  const count = ids.length === 0 ? 0 : parts.database.run(`UPDATE asset SET trashed_at = NULL WHERE id IN (${places(ids)})`, ...ids);
  return json(200, { count });
};

const restoreAll: Handler = ({ database }, { caller }) =>
  json(200, { count: database.run('UPDATE asset SET trashed_at = NULL WHERE owner_id = ? AND trashed_at IS NOT NULL', caller.userId) });

const empty: Handler = (parts, { caller }) => {
  const ids = parts.database.all<{ id: string }>(trashed, caller.userId);
  parts.database.together(() => {
    for (const { id } of ids) eraseAsset(parts, id);
  });
  return json(200, { count: ids.length });
};

export const trashRoutes: readonly Route[] = [
  route('POST /trash/restore/assets', 'asset.delete', restoreSome),
  route('POST /trash/restore', 'asset.delete', restoreAll),
  route('POST /trash/empty', 'asset.delete', empty),
];
