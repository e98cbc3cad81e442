/** Which of these checksums does the account have already? */
import { checksumBytes, findByChecksum } from './checksum.ts';
import { failed } from './errors.ts';
import { json } from './exchange.ts';
import { filledText, list, read } from './fields.ts';
import { type Handler, type Route, route } from './parts.ts';

const shape = { assets: list({ id: filledText('first'), checksum: filledText('first') }) };
// The database of the real server takes no more values in one statement.
const mostChecksums = 65_000;

const bulkUploadCheck: Handler = ({ dialect, database }, { body, caller }) => {
  const { assets } = read(dialect, shape, body);
  if (assets.length === 0 || assets.length > mostChecksums) throw failed('Failed to check bulk upload');
  const results = assets.map(({ id, checksum }) => {
    const known = findByChecksum(database, caller.userId, checksumBytes(checksum));
    return known
      ? { id, action: 'reject', reason: 'duplicate', assetId: known.id, isTrashed: known.isTrashed === 1 }
      : { id, action: 'accept' };
  });
  return json(200, { results });
};

export const checkRoutes: readonly Route[] = [route('POST /assets/bulk-upload-check', 'asset.upload', bulkUploadCheck)];
