/** Checksums as clients write them: 40 digits of hex in any case, or 28 characters of base64. */
import type { RecordDatabase } from './database.ts';

const idByChecksum = 'SELECT id, trashed_at IS NOT NULL AS isTrashed FROM asset WHERE owner_id = ? AND checksum = ?';

/** Garbage gives some bytes or none, which then belong to no asset. */
export function checksumBytes(text: string): Uint8Array {
  return Buffer.from(text, text.length === 28 ? 'base64' : 'hex');
}

/** The owner's asset with these bytes, in the trash or not. */
export function findByChecksum(
  database: RecordDatabase,
  ownerId: string,
  checksum: Uint8Array,
): { readonly id: string; readonly isTrashed: number } | undefined {
  return database.one(idByChecksum, ownerId, checksum);
}
