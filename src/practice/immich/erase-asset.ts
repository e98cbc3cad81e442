/** Deletes an asset for good, with its original and everything that hangs on it. */
import { findAsset } from './asset-record.ts';
import type { Parts } from './parts.ts';

const othersWithVideo = 'SELECT 1 FROM asset WHERE live_video_id = ?';
const forgetCover =
  'UPDATE album SET cover_id = (SELECT asset_id FROM album_asset WHERE album_id = album.id AND asset_id <> ?) WHERE cover_id = ?';
const smallStacks = `
  SELECT stack.id FROM stack WHERE id = ? AND (primary_asset_id = ? OR (SELECT count(*) FROM asset WHERE stack_id = stack.id) < 2)`;

/** A still takes its video with it, unless another still shows the same one. */
export function eraseAsset(parts: Parts, id: string): void {
  const { database, store } = parts;
  const asset = findAsset(database, id);
  if (!asset) return;
  database.run(forgetCover, id, id);
  database.run('DELETE FROM asset WHERE id = ?', id);
  store.remove({ ownerId: asset.owner_id, assetId: id });
  if (asset.stack_id !== null && database.one(smallStacks, asset.stack_id, id)) {
    database.run('DELETE FROM stack WHERE id = ?', asset.stack_id);
  }
  if (asset.live_video_id !== null && !database.one(othersWithVideo, asset.live_video_id)) eraseAsset(parts, asset.live_video_id);
}
