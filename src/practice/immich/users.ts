/** Accounts: the two it begins with, who one is, and the quota that an admin sets. */

import { createKey } from './api-keys.ts';
import type { RecordDatabase } from './database.ts';
import { isoDate } from './dates.ts';
import { badRequest } from './errors.ts';
import { json } from './exchange.ts';
import { integer, nullable, optional, read } from './fields.ts';
import { type Handler, type Parts, param, type Route, route } from './parts.ts';
import { findUser, publicUser, type UserRecord } from './user-record.ts';

export interface PracticeUser {
  readonly id: string;
  readonly name: string;
  readonly isAdmin: boolean;
  /** An API key that may do everything. */
  readonly key: string;
}

const firstUsers = [
  { name: 'Anna', email: 'anna@practice.test', isAdmin: 1, color: 'primary' },
  { name: 'Ben', email: 'ben@practice.test', isAdmin: 0, color: 'green' },
];
const insertUser = 'INSERT INTO user (id, name, email, is_admin, color, quota, created_at) VALUES (?, ?, ?, ?, ?, NULL, ?)';
const usersWithKeys = `
  SELECT user.id, user.name, user.is_admin AS isAdmin, (SELECT secret FROM api_key WHERE user_id = user.id ORDER BY rowid LIMIT 1) AS key
  FROM user ORDER BY user.rowid`;
const usedBytes = 'SELECT coalesce(sum(size), 0) AS bytes FROM asset WHERE owner_id = ?';

/** Makes the accounts and keys of a new database; an old one keeps its own. */
export function settleUsers(parts: Parts): readonly PracticeUser[] {
  const { database, ids, clock } = parts;
  if (!database.one('SELECT 1 FROM user')) {
    database.together(() => {
      for (const { name, email, isAdmin, color } of firstUsers) {
        const id = ids.uuid();
        database.run(insertUser, id, name, email, isAdmin, color, clock.now());
        createKey(parts, id, { name: 'practice', permissions: ['all'] });
      }
    });
  }
  return database
    .all<{ id: string; name: string; isAdmin: number; key: string }>(usersWithKeys)
    .map((user) => ({ ...user, isAdmin: user.isAdmin === 1 }));
}

export function usageOf(database: RecordDatabase, userId: string): number {
  return database.one<{ bytes: number }>(usedBytes, userId)?.bytes ?? 0;
}

function ownJson(database: RecordDatabase, user: UserRecord): Record<string, unknown> {
  return {
    ...publicUser(user),
    storageLabel: user.is_admin ? 'admin' : null,
    shouldChangePassword: false,
    isAdmin: user.is_admin === 1,
    createdAt: isoDate(user.created_at),
    deletedAt: null,
    updatedAt: isoDate(user.created_at),
    oauthId: '',
    quotaSizeInBytes: user.quota,
    quotaUsageInBytes: usageOf(database, user.id),
    status: 'active',
    license: null,
  };
}

function requireUser({ database }: Parts, id: string): UserRecord {
  const user = findUser(database, id);
  if (!user) throw badRequest('User not found');
  return user;
}

const me: Handler = (parts, { caller }) => json(200, ownJson(parts.database, requireUser(parts, caller.userId)));
const other: Handler = (parts, call) => json(200, publicUser(requireUser(parts, param(call))));
const everybody: Handler = ({ database }) => json(200, database.all<UserRecord>('SELECT * FROM user ORDER BY rowid').map(publicUser));

const quotaShape = { quotaSizeInBytes: optional(nullable(integer({ min: 0 }))) };
const setQuota: Handler = (parts, call) => {
  const { quotaSizeInBytes: quota } = read(parts.dialect, quotaShape, call.body);
  const { id } = requireUser(parts, param(call));
  if (quota !== undefined) parts.database.run('UPDATE user SET quota = ? WHERE id = ?', quota, id);
  return json(200, ownJson(parts.database, requireUser(parts, id)));
};

const preferences: Handler = ({ dialect }) =>
  json(200, {
    albums: { defaultAssetOrder: 'desc' },
    folders: { enabled: false, sidebarWeb: false },
    memories: { enabled: true, duration: 5 },
    people: { enabled: true, sidebarWeb: false, ...(dialect.keepsDevice ? {} : { minimumFaces: 3 }) },
    sharedLinks: { enabled: true, sidebarWeb: false },
    ratings: { enabled: false },
    tags: { enabled: false, sidebarWeb: false },
    emailNotifications: { enabled: true, albumInvite: true, albumUpdate: true },
    download: { archiveSize: 4_294_967_296, includeEmbeddedVideos: false },
    purchase: { showSupportBadge: true, hideBuyButtonUntil: '2022-02-12T00:00:00.000Z' },
    cast: { gCastEnabled: false },
    ...(dialect.keepsDevice ? {} : { recentlyAdded: { sidebarWeb: false } }),
  });

export const userRoutes: readonly Route[] = [
  route('GET /users/me', 'user.read', me),
  route('GET /users/me/preferences', 'userPreference.read', preferences),
  route('GET /users', 'user.read', everybody),
  route('GET /users/:id', 'user.read', other),
  route('PUT /admin/users/:id', 'adminUser.update', { answer: setQuota, adminOnly: true }),
];
