/** Who is who among the files of one picture, from what the journal knows of them. Pure. */
import type { FileRecord } from '../domain/index.ts';
import { extensionOf, type Member, type Role, rolesOf } from '../media/index.ts';

export interface Relation {
  readonly member: FileRecord;
  readonly role: Role<never>['role'];
  /** The still of a motion half, the picture of a sidecar. */
  readonly of?: FileRecord;
}

/** @param files the files of one folder and stem; those that are gone or not wanted are nobody's half */
export function familyOf(files: readonly FileRecord[]): readonly Relation[] {
  const members = files.filter(({ state }) => state !== 'gone' && state !== 'unwanted').map((file) => ({ ...memberOf(file), file }));
  return rolesOf(members).map((role, index) => {
    const member = members[index]?.file;
    if (!member) throw new Error('rolesOf answers one role per member');
    const of = role.role === 'main' ? undefined : role.of?.file;
    return { member, role: role.role, ...(of && { of }) };
  });
}

/** As it was when it was read last. */
export function memberOf({ name, kind, notes }: FileRecord): Member {
  return { name, kind, extension: extensionOf(name), ...notes };
}
