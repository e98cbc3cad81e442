/** API keys: made, listed, changed and deleted; each knows what it may do. */
import { may } from './auth.ts';
import { isoDate } from './dates.ts';
import { badRequest } from './errors.ts';
import { json, noContent } from './exchange.ts';
import { optional, read, text, texts } from './fields.ts';
import { type Caller, type Handler, type Parts, param, type Route, route } from './parts.ts';

interface KeyRecord {
  readonly id: string;
  readonly secret: string;
  readonly name: string;
  readonly permissions: string;
  readonly created_at: number;
  readonly updated_at: number;
}

const insertKey = 'INSERT INTO api_key (id, secret, user_id, name, permissions, created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?, ?)';
const keyById = 'SELECT * FROM api_key WHERE id = ? AND user_id = ?';
const keysOfUser = 'SELECT * FROM api_key WHERE user_id = ? ORDER BY rowid DESC';
const updateKey = 'UPDATE api_key SET name = ?, permissions = ?, updated_at = ? WHERE id = ?';

export function createKey(
  { database, ids, clock }: Parts,
  userId: string,
  { name, permissions }: { name: string; permissions: readonly string[] },
): KeyRecord {
  const [id, now] = [ids.uuid(), clock.now()];
  // As long as a real one, and drawn from the same chance as all ids, so that a simulation repeats it.
  const secret = (ids.uuid() + ids.uuid()).replaceAll('-', '').slice(0, 43);
  database.run(insertKey, id, secret, userId, name, permissions.join(' '), now, now);
  return { id, secret, name, permissions: permissions.join(' '), created_at: now, updated_at: now };
}

function keyJson({ id, name, permissions, created_at, updated_at }: KeyRecord): Record<string, unknown> {
  return { id, name, createdAt: isoDate(created_at), updatedAt: isoDate(updated_at), permissions: permissions.split(' ') };
}

function requireKey({ database }: Parts, { userId }: Caller, id: string): KeyRecord {
  const key = database.one<KeyRecord>(keyById, id, userId);
  if (!key) throw badRequest('API Key not found');
  return key;
}

const createShape = { name: optional(text()), permissions: texts({ atLeast: 1 }) };
const create: Handler = (parts, { caller, body }) => {
  const { name = 'API Key', permissions } = read(parts.dialect, createShape, body);
  if (!permissions.every((permission) => may(caller, permission))) throw badRequest('Cannot grant permissions you do not have');
  const key = createKey(parts, caller.userId, { name, permissions });
  return json(201, { secret: key.secret, apiKey: keyJson(key) });
};

const updateShape = { name: optional(text()), permissions: optional(texts()) };
const update: Handler = (parts, call) => {
  const old = requireKey(parts, call.caller, param(call));
  const { name = old.name, permissions = old.permissions.split(' ') } = read(parts.dialect, updateShape, call.body);
  parts.database.run(updateKey, name, permissions.join(' '), parts.clock.now(), old.id);
  return json(200, keyJson(requireKey(parts, call.caller, old.id)));
};

const remove: Handler = (parts, call) => {
  const { id } = requireKey(parts, call.caller, param(call));
  parts.database.run('DELETE FROM api_key WHERE id = ?', id);
  return noContent();
};

export const apiKeyRoutes: readonly Route[] = [
  route('GET /api-keys/me', 'a key', (parts, { caller }) => json(200, keyJson(requireKey(parts, caller, caller.keyId)))),
  route('POST /api-keys', 'apiKey.create', create),
  route('GET /api-keys', 'apiKey.read', ({ database }, { caller }) =>
    json(200, database.all<KeyRecord>(keysOfUser, caller.userId).map(keyJson)),
  ),
  route('GET /api-keys/:id', 'apiKey.read', (parts, call) => json(200, keyJson(requireKey(parts, call.caller, param(call))))),
  route('PUT /api-keys/:id', 'apiKey.update', update),
  route('DELETE /api-keys/:id', 'apiKey.delete', remove),
  route('POST /auth/validateToken', 'a key', () => json(200, { authStatus: true })),
  route('GET /auth/status', 'a key', () => json(200, { pinCode: false, password: true, isElevated: false })),
];
