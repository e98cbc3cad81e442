/** Links a live photo's motion half to its still, unless Immich or the owner already decided. */
import { type FileRecord, isStored } from '../../domain/index.ts';
import type { Journal } from '../../journal/index.ts';
import { familyOf } from '../family.ts';
import type { SourceInUse } from '../step.ts';

export interface LinkParts {
  readonly journal: Pick<Journal, 'files'>;
  readonly source: SourceInUse;
  readonly signal: AbortSignal;
}

export async function linkMotionHalf(motion: FileRecord, { journal, source, signal }: LinkParts): Promise<void> {
  const family = familyOf(journal.files.picture(motion.folderId, motion.stem));
  const still = family.find(({ member }) => member.id === motion.id)?.of;
  // The still is the one that goes up with the motion half's id; only where it was there before is anything left to link.
  if (!still?.assetId || !isStored(still.state) || !motion.assetId) return;
  const { immich } = source.account;
  const asset = await immich.fetchAsset(still.assetId, signal);
  if (asset === 'absent' || asset.livePhotoVideoId !== undefined) return;
  await immich.linkMotion(still.assetId, motion.assetId, signal);
}
