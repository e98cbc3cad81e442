/** Who is calling, and whether the key may. */
import type { RecordDatabase } from './database.ts';
import { Refusal } from './errors.ts';
import { headerOf, type PracticeRequest } from './exchange.ts';
import type { Caller, Route } from './parts.ts';

const callerOfKey = `
  SELECT api_key.id AS keyId, api_key.permissions, user.id AS userId, user.is_admin AS isAdmin
  FROM api_key JOIN user ON user.id = api_key.user_id WHERE api_key.secret = ?`;

/** Nobody: who calls a route that asks for no key. */
export const nobody: Caller = { userId: '', isAdmin: false, keyId: '', permissions: [] };

/** @throws Refusal: 401 without a good key, 403 when it is not good enough */
export function admit(database: RecordDatabase, request: PracticeRequest, route: Route): Caller {
  if (route.needs === 'nothing') return nobody;
  const caller = recognise(database, request);
  if (route.adminOnly && !caller.isAdmin) throw new Refusal(403, 'Forbidden');
  if (route.needs !== 'a key' && !may(caller, route.needs)) {
    throw new Refusal(403, `Missing required permission: ${route.needs}`);
  }
  return caller;
}

export function may({ permissions }: Caller, permission: string): boolean {
  return permissions.includes('all') || permissions.includes(permission);
}

function recognise(database: RecordDatabase, request: PracticeRequest): Caller {
  const key = headerOf(request, 'x-api-key') ?? new URLSearchParams(request.target.split('?')[1]).get('apiKey');
  if (!key) {
    // Sessions do not exist here: any token is one that has ended.
    const hasToken =
      headerOf(request, 'authorization')?.startsWith('Bearer ') || headerOf(request, 'cookie')?.includes('immich_access_token=');
    throw new Refusal(401, hasToken ? 'Invalid user token' : 'Authentication required');
  }
  const row = database.one<{ keyId: string; permissions: string; userId: string; isAdmin: number }>(callerOfKey, key);
  if (!row) throw new Refusal(401, 'Invalid API key');
  return { userId: row.userId, isAdmin: row.isAdmin === 1, keyId: row.keyId, permissions: row.permissions.split(' ') };
}
