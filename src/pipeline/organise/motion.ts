/** Links a live photo's motion half to its still, unless Immich or the owner already decided; shows one that no still came for. */
import type { AssetId, FileRecord, State } from '../../domain/index.ts';
import type { Journal } from '../../journal/index.ts';
import { familyOf, type Relation } from '../family.ts';
import type { SourceInUse } from '../step.ts';

export interface MotionParts {
  readonly journal: Pick<Journal, 'files' | 'contents'>;
  readonly source: SourceInUse;
  readonly signal: AbortSignal;
}

/**
 * `alone`: its still left before it was sent, was let go or removed, or has another video by the owner's choice. From here on it is a video of its
 * own: hidden, as a half is sent, nobody would ever see it.
 */
export type MotionPlace = 'half' | 'alone';

export async function placeMotionHalf(motion: FileRecord, parts: MotionParts): Promise<MotionPlace> {
  const relation = relationOf(motion, parts.journal);
  const still = relation?.of;
  if (still?.state === 'letGo') {
    if (!(await isLinked({ motion, still }, parts))) await show(motion, parts);
    return 'alone';
  }
  const isAlone = still ? !(await link({ motion, still }, parts)) : relation?.role === 'main';
  if (!isAlone) return 'half';
  await show(motion, parts);
  return 'alone';
}

/** A half that was done before its still was stored could not be joined then; and where Immich had the still, nobody sent them together. */
export function earlierHalfOf(still: FileRecord, journal: Pick<Journal, 'files' | 'history'>): FileRecord | undefined {
  if (still.role !== 'main' || still.kind !== 'photo' || journal.files.isAlone(still.folderId, still.stem)) return undefined;
  const family = familyOf(journal.files.picture(still.folderId, still.stem));
  const motion = family.find(({ role, of }) => role === 'motion' && of?.id === still.id)?.member;
  if (motion?.state !== 'safe' && motion?.state !== 'kept') return undefined;
  const cameTo = (file: FileRecord, ...states: readonly State[]): number =>
    journal.history.of(file.id).findLast(({ to }) => states.includes(to))?.atMs ?? 0;
  return cameTo(motion, 'safe', 'kept') < cameTo(still, 'proven', 'unproven') ? motion : undefined;
}

function relationOf(file: FileRecord, journal: Pick<Journal, 'files'>): Relation | undefined {
  const family = familyOf(journal.files.picture(file.folderId, file.stem).map(asInImmich));
  return family.find(({ member }) => member.id === file.id);
}

/** A still that left the disk after it was stored is in Immich all the same. */
function asInImmich(file: FileRecord): FileRecord {
  return file.state === 'gone' && file.assetId !== undefined ? { ...file, state: 'kept' } : file;
}

/** What was let go may be in Immich all the same, with its video. */
async function isLinked({ motion, still }: { motion: FileRecord; still: FileRecord }, { source, signal }: MotionParts): Promise<boolean> {
  if (!still.assetId) return false;
  const asset = await source.account.immich.fetchAsset(still.assetId, signal);
  return asset !== 'absent' && !asset.isTrashed && asset.livePhotoVideoId === motion.assetId;
}

/** @returns false when the still is there no longer, or has another video that is not ours to replace */
export async function link({ motion, still }: { motion: FileRecord; still: FileRecord }, parts: MotionParts): Promise<boolean> {
  // The still is the one that goes up with the motion half's id; only where it was there before is anything left to link.
  if (!still.assetId || !motion.assetId) return true;
  const { source, signal } = parts;
  const { immich } = source.account;
  const asset = await immich.fetchAsset(still.assetId, signal);
  // Removed by its owner: that is found out in its own turn, and nobody would see a video with it.
  if (asset === 'absent' || asset.isTrashed) return false;
  if (asset.livePhotoVideoId === motion.assetId) return true;
  // The owner removed it meanwhile: that is found out in its own turn.
  const video = await immich.fetchAsset(motion.assetId, signal);
  if (video === 'absent' || video.isTrashed) return true;
  if (asset.livePhotoVideoId !== undefined) {
    if (!isOfNoFile(asset.livePhotoVideoId, parts)) return false;
    // The half was edited. What it was before stays to be seen, as the picture before an edit does.
    await showIfHidden(asset.livePhotoVideoId, parts);
  }
  await immich.linkMotion(still.assetId, motion.assetId, signal);
  return true;
}

/** A video that we stored, and whose bytes no file on disk has any more. Whatever else is linked is the owner's choice. */
function isOfNoFile(assetId: AssetId, { journal, source }: MotionParts): boolean {
  const sha1 = journal.contents.sha1Of(source.account.id, assetId);
  return sha1 !== undefined && journal.files.bySha1(sha1).every(({ state }) => state === 'gone');
}

async function show({ id, sha1, assetId }: FileRecord, parts: MotionParts): Promise<void> {
  if (!sha1 || !assetId) return;
  const { journal } = parts;
  // The same bytes may be the half of another picture's still.
  const others = journal.files.bySha1(sha1).filter((file) => file.id !== id && file.assetId === assetId);
  if (others.some((file) => relationOf(file, journal)?.role === 'motion')) return;
  await showIfHidden(assetId, parts);
}

async function showIfHidden(assetId: AssetId, { source, signal }: MotionParts): Promise<void> {
  const { immich } = source.account;
  const asset = await immich.fetchAsset(assetId, signal);
  if (asset !== 'absent' && asset.visibility === 'hidden') await immich.show(assetId, signal);
}
