/** Links a live photo's motion half to its still, unless Immich or the owner already decided; shows one that no still came for. */
import type { AssetId, FileRecord } from '../../domain/index.ts';
import type { ContentRecord, Journal } from '../../journal/index.ts';
import { familyOf, type Relation } from '../family.ts';
import type { ContentNews } from '../outcome.ts';
import type { SourceInUse } from '../step.ts';

export interface MotionParts {
  readonly journal: Pick<Journal, 'files' | 'contents'>;
  readonly source: SourceInUse;
  readonly signal: AbortSignal;
}

export interface MotionPlace {
  /**
   * Its still left before it was sent, was let go or removed, or has another video by the owner's choice. From here on it is a video of its
   * own: hidden, as a half is sent, nobody would ever see it.
   */
  readonly isAlone: boolean;
  readonly contents: readonly ContentNews[];
}

interface Couple {
  readonly still: FileRecord;
  readonly motion: FileRecord;
}

/** Of a file that is, or was sent as, the motion half of a live photo. */
export async function placeMotionHalf(motion: FileRecord, parts: MotionParts): Promise<MotionPlace> {
  const relation = relationOf(motion, parts.journal);
  const still = relation?.of;
  if (still && still.state !== 'letGo') {
    const { kind, contents } = await linkHalf({ still, motion }, parts);
    if (kind === 'linked' || kind === 'not yet') return { isAlone: false, contents };
    if (kind === 'parted') return { isAlone: true, contents };
  } else {
    const contents = await findLink(motion, still, parts);
    if (contents.length > 0) return { isAlone: still !== undefined, contents };
  }
  return { isAlone: true, contents: await show(motion, parts) };
}

/** A half that was done before its still was stored could not be joined then; and where Immich had the still, nobody sent them together. */
export function earlierHalfOf(still: FileRecord, { journal, source }: Omit<MotionParts, 'signal'>): FileRecord | undefined {
  if (still.role !== 'main' || still.kind !== 'photo' || journal.files.isAlone(still.folderId, still.stem)) return undefined;
  const family = familyOf(journal.files.picture(still.folderId, still.stem));
  const motion = family.find(({ role, of }) => role === 'motion' && of?.id === still.id)?.member;
  if (motion?.state !== 'safe' && motion?.state !== 'kept') return undefined;
  return contentOf(motion, { journal, source })?.shownBy === still.assetId ? undefined : motion;
}

/** Sent hidden, and no still shows it as far as is known. */
export function isShownByNobody(file: FileRecord, parts: Omit<MotionParts, 'signal'>): boolean {
  return contentOf(file, parts)?.shownBy === 'nobody';
}

function contentOf({ sha1 }: FileRecord, { journal, source }: Omit<MotionParts, 'signal'>): ContentRecord | undefined {
  return sha1 && journal.contents.find(source.account.id, sha1);
}

function relationOf(file: FileRecord, journal: Pick<Journal, 'files'>): Relation | undefined {
  const family = familyOf(journal.files.picture(file.folderId, file.stem).map(asInImmich));
  return family.find(({ member }) => member.id === file.id);
}

/** A still that left the disk after it was stored is in Immich all the same. */
function asInImmich(file: FileRecord): FileRecord {
  return file.state === 'gone' && file.assetId !== undefined ? { ...file, state: 'kept' } : file;
}

/** A still may be in Immich with its video all the same: let go, or gone from the disk, or as it was before an edit. */
async function findLink(motion: FileRecord, still: FileRecord | undefined, parts: MotionParts): Promise<readonly ContentNews[]> {
  const { sha1, assetId } = motion;
  const { source, signal } = parts;
  const shownBy = contentOf(motion, parts)?.shownBy;
  for (const by of new Set([still?.assetId, shownBy])) {
    if (!sha1 || !by || by === 'nobody') continue;
    const asset = await source.account.immich.fetchAsset(by, signal);
    if (asset !== 'absent' && !asset.isTrashed && asset.livePhotoVideoId === assetId) return [{ kind: 'shown', sha1, by }];
  }
  return [];
}

/** `parted`: by the owner, and left so. `refused`: the still is there no longer, or its owner gave it another video. */
export interface Link {
  readonly kind: 'linked' | 'not yet' | 'parted' | 'refused';
  readonly contents: readonly ContentNews[];
}

export async function linkHalf({ motion, still }: Couple, parts: MotionParts): Promise<Link> {
  const { sha1 } = motion;
  // The still is the one that goes up with the motion half's id; only where it was there before is anything left to link.
  if (!sha1 || !still.assetId || !motion.assetId) return { kind: 'not yet', contents: [] };
  const linked: Link = { kind: 'linked', contents: [{ kind: 'shown', sha1, by: still.assetId }] };
  const refused: Link = { kind: 'refused', contents: [] };
  const { source, signal } = parts;
  const { immich } = source.account;
  const asset = await immich.fetchAsset(still.assetId, signal);
  // Removed by its owner: that is found out in its own turn, and nobody would see a video with it.
  if (asset === 'absent' || asset.isTrashed) return refused;
  if (asset.livePhotoVideoId === motion.assetId) return linked;
  if (contentOf(motion, parts)?.shownBy === still.assetId) return { kind: 'parted', contents: [] };
  // The owner removed it meanwhile: that is found out in its own turn.
  const video = await immich.fetchAsset(motion.assetId, signal);
  if (video === 'absent' || video.isTrashed) return { kind: 'not yet', contents: [{ kind: 'shown', sha1, by: undefined }] };
  if (asset.livePhotoVideoId !== undefined) {
    if (!isOfNoFile(asset.livePhotoVideoId, parts)) return refused;
    // The half was edited. What it was before stays to be seen, as the picture before an edit does.
    await showIfHidden(asset.livePhotoVideoId, parts);
  }
  await immich.linkMotion(still.assetId, motion.assetId, signal);
  return linked;
}

/** A video that we stored, and whose bytes no file on disk has any more. Whatever else is linked is the owner's choice. */
function isOfNoFile(assetId: AssetId, { journal, source }: MotionParts): boolean {
  const sha1 = journal.contents.sha1Of(source.account.id, assetId);
  return sha1 !== undefined && journal.files.bySha1(sha1).every(({ state }) => state === 'gone');
}

async function show({ id, sha1, assetId }: FileRecord, parts: MotionParts): Promise<readonly ContentNews[]> {
  if (!sha1 || !assetId) return [];
  const { journal } = parts;
  // The same bytes may be the half of another picture's still.
  const others = journal.files.bySha1(sha1).filter((file) => file.id !== id && file.assetId === assetId);
  if (others.some((file) => relationOf(file, journal)?.role === 'motion')) return [];
  await showIfHidden(assetId, parts);
  return [{ kind: 'shown', sha1, by: undefined }];
}

async function showIfHidden(assetId: AssetId, { source, signal }: MotionParts): Promise<void> {
  const { immich } = source.account;
  const asset = await immich.fetchAsset(assetId, signal);
  if (asset !== 'absent' && asset.visibility === 'hidden') await immich.show(assetId, signal);
}
