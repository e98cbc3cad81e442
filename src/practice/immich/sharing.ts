/** With whom albums are shared, and as what. */
import { type AlbumRole, albumJson, anyRole, findAlbum, requireAlbum } from './album-record.ts';
import type { RecordDatabase } from './database.ts';
import { badRequest, failed } from './errors.ts';
import { json, noContent } from './exchange.ts';
import { list, oneOf, optional, read, uuid } from './fields.ts';
import { type Handler, type Parts, param, type Route, route } from './parts.ts';
import { findUser } from './user-record.ts';

export interface Member {
  readonly userId: string;
  readonly role: AlbumRole;
}

const insertMember = 'INSERT OR IGNORE INTO album_user (album_id, user_id, role) VALUES (?, ?, ?)';
const isMember = 'SELECT 1 FROM album_user WHERE album_id = ? AND user_id = ?';
const changeRole = 'UPDATE album_user SET role = ? WHERE album_id = ? AND user_id = ?';
const removeMember = 'DELETE FROM album_user WHERE album_id = ? AND user_id = ?';

export function shareAlbum(database: RecordDatabase, albumId: string, { userId, role }: Member): void {
  database.run(insertMember, albumId, userId, role);
}

/** @returns false for a member to be passed over silently. @throws Refusal for one that cannot be */
export function checkedMember({ database, dialect }: Parts, ownerId: string, { userId, role }: Member): boolean {
  if (userId === ownerId && !dialect.sharesAgainSilently) throw badRequest('Cannot share album with owner');
  if (!findUser(database, userId)) throw badRequest(dialect.unknownUser);
  if (role === 'owner' && dialect.sharesAgainSilently && userId !== ownerId) throw badRequest('Cannot add another owner');
  return userId !== ownerId;
}

const roleField = oneOf<AlbumRole>(['editor', 'owner', 'viewer']);
const shareShape = { albumUsers: list({ userId: uuid(), role: optional(roleField) }, { filled: true }) };

const share: Handler = (parts, call) => {
  const { database, dialect } = parts;
  const { albumUsers } = read(dialect, shareShape, call.body);
  const album = requireAlbum(parts, call.caller, param(call), { permission: 'album.share', roles: ['owner'] });
  for (const { userId, role = 'editor' } of albumUsers) {
    if (userId === album.owner_id && !dialect.sharesAgainSilently) throw badRequest('Cannot be shared with owner');
    if (!checkedMember(parts, album.owner_id, { userId, role })) continue;
    if (database.one(isMember, album.id, userId) && !dialect.sharesAgainSilently) throw badRequest('User already added');
    shareAlbum(database, album.id, { userId, role });
  }
  return json(200, albumJson(parts, findAlbum(parts, album.id) ?? album, 'changed'));
};

const v2RoleShape = { role: oneOf<AlbumRole>(['editor', 'viewer', 'owner'], ['editor', 'viewer']) };
const v3RoleShape = { role: roleField };
const setRole: Handler = (parts, call) => {
  const { role } =
    parts.dialect.validation === 'zod' ? read(parts.dialect, v3RoleShape, call.body) : read(parts.dialect, v2RoleShape, call.body);
  const album = requireAlbum(parts, call.caller, param(call), { permission: 'album.share', roles: ['owner'] });
  if (role === 'owner') throw failed('Failed to update album user');
  parts.database.run(changeRole, role, album.id, param(call, 'userId'));
  return noContent();
};

const unshare: Handler = (parts, call) => {
  const { caller } = call;
  const userId = param(call, 'userId') === 'me' ? caller.userId : param(call, 'userId');
  const roles: readonly AlbumRole[] = userId === caller.userId ? anyRole : ['owner'];
  const album = requireAlbum(parts, caller, param(call), { permission: 'album.share', roles });
  if (userId === album.owner_id) {
    throw badRequest(parts.dialect.albumNamesOwner ? 'Cannot remove album owner' : 'Cannot remove the last album owner');
  }
  if (parts.database.run(removeMember, album.id, userId) === 0) throw badRequest('Album not shared with user');
  return noContent();
};

export const sharingRoutes: readonly Route[] = [
  route('PUT /albums/:id/users', 'albumUser.create', share),
  route('PUT /albums/:id/user/:userId', 'albumUser.update', setRole),
  route('DELETE /albums/:id/user/:userId', 'albumUser.delete', unshare),
];
