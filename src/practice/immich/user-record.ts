/** Users as others see them. */
import type { RecordDatabase } from './database.ts';
import { isoDate } from './dates.ts';

export interface UserRecord {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly is_admin: number;
  readonly color: string;
  readonly quota: number | null;
  readonly created_at: number;
}

const userById = 'SELECT * FROM user WHERE id = ?';

export function findUser(database: RecordDatabase, id: string): UserRecord | undefined {
  return database.one<UserRecord>(userById, id);
}

export function userJson(database: RecordDatabase, id: string): Record<string, unknown> | undefined {
  const user = findUser(database, id);
  return user && publicUser(user);
}

export function publicUser({ id, email, name, color, created_at }: UserRecord): Record<string, unknown> {
  return { id, email, name, profileImagePath: '', avatarColor: color, profileChangedAt: isoDate(created_at) };
}
