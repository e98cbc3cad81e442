/** Who is who among the files of one picture, from what the journal knows of them. Pure. */
import type { FileRecord } from '../domain/index.ts';
import { extensionOf, type Role, rolesOf } from '../media/index.ts';

export interface Relation {
  readonly member: FileRecord;
  readonly role: Role<never>['role'];
  /** The still of a motion half, the picture of a sidecar. */
  readonly of?: FileRecord;
}

/** @param files the files of one folder and stem; those that are gone or not wanted are nobody's half */
export function familyOf(files: readonly FileRecord[]): readonly Relation[] {
  const members = files
    .filter(({ state }) => state !== 'gone' && state !== 'unwanted')
    .map((file) => ({
      name: file.name,
      kind: file.kind,
      extension: extensionOf(file.name),
      contentIdentifier: file.notes.contentIdentifier,
      durationMs: file.notes.durationMs,
      filmMark: file.notes.filmMark,
      taken: file.notes.taken,
      file,
    }));
  return rolesOf(members).map((role, index) => {
    const member = members[index]?.file;
    if (!member) throw new Error('rolesOf answers one role per member');
    const of = role.role === 'main' ? undefined : role.of?.file;
    return { member, role: role.role, ...(of && { of }) };
  });
}
