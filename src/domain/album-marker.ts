/** The line by which a rebuilt journal, or a second Homeroll, knows an album for ours. */
import { createHash } from 'node:crypto';
import type { UserId } from './ids.ts';

// Crockford's: no letter that is read for another.
const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';
// 40 bits: of 10,000 albums two share a marker in 1 case of 20,000. Four letters would collide among a thousand albums in 2 of 5 cases.
const letters = 8;
const opening = 'Kept by Homeroll · ';

/** Eight letters that stand for one planned album of one Immich user. They stay when the owner renames the album. */
export function albumMarker(user: UserId, plannedName: string): string {
  const digest = createHash('sha256')
    .update(`${user}\n${plannedName.normalize('NFC')}`)
    .digest();
  return Array.from(digest.subarray(0, letters), (byte) => alphabet[byte % alphabet.length]).join('');
}

/** The last line of the album's description. */
export function markerLine(marker: string): string {
  return `${opening}${marker}`;
}

/** The marker in a description, wherever the owner moved it; undefined when the album is not ours. */
export function readMarker(description: string | null | undefined): string | undefined {
  const ours = (description ?? '').split(/\r?\n/).findLast((line) => line.trim().startsWith(opening));
  const marker = ours?.trim().slice(opening.length).trim();
  return marker !== undefined && new RegExp(`^[${alphabet}]{${letters}}$`).test(marker) ? marker : undefined;
}
