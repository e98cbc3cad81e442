/** Links a live photo's motion half to its still, unless Immich or the owner already decided; shows one that no still came for. */
import type { AssetId, FileRecord, Sha1 } from '../../domain/index.ts';
import type { ContentRecord } from '../../journal/index.ts';
import { familyOf, type Relation } from '../family.ts';
import { isPartedBefore, isShowing, isVideoOfNoFile, type LibraryParts, lookAtStill, showIfHidden } from '../library.ts';
import type { ContentNews } from '../outcome.ts';
import { type PartingParts, partStranger } from './part.ts';

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
export async function placeMotionHalf(motion: FileRecord, parts: PartingParts): Promise<MotionPlace> {
  const parting = await partStranger(motion, parts);
  const { sha1 } = motion;
  if (!parting || !sha1) return place(motion, parts);
  if (parting.kind === 'left') return { isAlone: false, contents: [{ kind: 'parted', sha1, becomes: { left: parting.because } }] };
  const { isAlone, contents } = await place(motion, parts);
  return { isAlone, contents: [{ kind: 'parted', sha1, becomes: isAlone ? 'seen' : 'joined' }, ...contents] };
}

async function place(motion: FileRecord, parts: LibraryParts): Promise<MotionPlace> {
  const relation = relationOf(motion, parts);
  const still = relation?.of;
  if (still && still.state !== 'letGo') {
    const { kind, contents } = await linkHalf({ still, motion }, parts);
    if (kind === 'linked' || kind === 'not yet') return { isAlone: false, contents };
    if (kind === 'parted') return { isAlone: true, contents };
  }
  const contents = await findLink(motion, still, parts);
  if (contents.length > 0) return { isAlone: still !== undefined, contents };
  return { isAlone: true, contents: await show(motion, parts) };
}

/** A half that was done before its still was stored could not be joined then; and where Immich had the still, nobody sent them together. */
export function earlierHalfOf(still: FileRecord, parts: Omit<LibraryParts, 'signal'>): FileRecord | undefined {
  const { journal } = parts;
  if (still.role !== 'main' || still.kind !== 'photo' || journal.files.isAlone(still.folderId, still.stem)) return undefined;
  const files = journal.files.picture(still.folderId, still.stem);
  const half = familyOf(files.map(asInImmich)).find(({ role, of }) => role === 'motion' && of?.id === still.id)?.member;
  const motion = files.find(({ id }) => id === half?.id);
  if (motion?.state !== 'safe' && motion?.state !== 'kept') return undefined;
  return contentOf(motion, parts)?.shownBy === still.assetId ? undefined : motion;
}

/** As the half of a live photo. It may be one still, whatever its file says by now: what is hidden in Immich belongs into no album. */
export function wasSentHidden(file: FileRecord, parts: Omit<LibraryParts, 'signal'>): boolean {
  return contentOf(file, parts)?.shownBy !== undefined;
}

function contentOf({ sha1 }: FileRecord, { journal, account }: Omit<LibraryParts, 'signal'>): ContentRecord | undefined {
  return sha1 && journal.contents.find(account.id, sha1);
}

function relationOf(file: FileRecord, { journal }: Pick<LibraryParts, 'journal'>): Relation | undefined {
  const family = familyOf(journal.files.picture(file.folderId, file.stem).map(asInImmich));
  return family.find(({ member }) => member.id === file.id);
}

/** A still that left the disk after it was stored is in Immich all the same. */
function asInImmich(file: FileRecord): FileRecord {
  return file.state === 'gone' && file.assetId !== undefined ? { ...file, state: 'kept' } : file;
}

/** A still may be in Immich with its video all the same: let go, or gone from the disk, as it was before an edit, or another picture's. */
async function findLink(motion: FileRecord, still: FileRecord | undefined, parts: LibraryParts): Promise<readonly ContentNews[]> {
  const { sha1, assetId } = motion;
  const shownBy = contentOf(motion, parts)?.shownBy;
  for (const by of new Set([still?.assetId, shownBy])) {
    if (!sha1 || !assetId || !by || by === 'nobody') continue;
    const isKnown = by === shownBy;
    if (await isShowing(by, { videoId: assetId, isKnown }, parts)) return [{ kind: 'shown', sha1, by }];
  }
  return [];
}

/** `parted`: by the owner, and left so. `refused`: the still is there no longer, or its owner gave it another video. */
export interface Link {
  readonly kind: 'linked' | 'not yet' | 'parted' | 'refused';
  readonly contents: readonly ContentNews[];
}

interface Outdone {
  readonly sha1: Sha1;
  readonly assetId: AssetId | undefined;
}

export async function linkHalf({ motion, still }: Couple, parts: LibraryParts): Promise<Link> {
  const { sha1, assetId: videoId } = motion;
  // The still is the one that goes up with the motion half's id; only where it was there before is anything left to link.
  if (!sha1 || !still.assetId || !videoId) return { kind: 'not yet', contents: [] };
  const outdone = outdoneBy(motion, still, parts);
  const linked: Link = {
    kind: 'linked',
    contents: [
      { kind: 'shown', sha1, by: still.assetId },
      ...outdone.map((film) => ({ kind: 'shown', sha1: film.sha1, by: 'nobody' }) as const),
    ],
  };
  const { immich } = parts.account;
  const shownBy = contentOf(motion, parts)?.shownBy;
  const asset = await lookAtStill(still.assetId, parts);
  // Removed by its owner: that is found out in its own turn. A video that came later nobody would see with it.
  if (asset.kind !== 'seen') return shownBy === still.assetId && asset.kind !== 'absent' ? linked : { kind: 'refused', contents: [] };
  if (asset.videoId === videoId) return linked;
  // Once the two were joined by us, another film is there by its owner's choice.
  const isOutdone = shownBy !== still.assetId && outdone.some(({ assetId }) => assetId === asset.videoId);
  const isReplaced = asset.videoId !== undefined && (isOutdone || isVideoOfNoFile(asset.videoId, parts));
  if (!isReplaced && (shownBy === still.assetId || (await isPartedBefore(shownBy, parts)))) return { kind: 'parted', contents: [] };
  // The owner removed it meanwhile: that is found out in its own turn.
  const video = await immich.fetchAsset(videoId, parts.signal);
  if (video === 'absent' || video.isTrashed) return { kind: 'not yet', contents: [{ kind: 'shown', sha1, by: undefined }] };
  if (asset.videoId !== undefined) {
    if (!isReplaced) return { kind: 'refused', contents: [] };
    // The half was edited, or is surer than that film. What was shown before stays to be seen, as the picture before an edit does.
    await showIfHidden(asset.videoId, parts);
  }
  await immich.linkMotion(still.assetId, videoId, parts.signal);
  return linked;
}

/**
 * Films that we let the still show, and that are its half no longer now that a surer one came. Immich itself joins what shares Apple's identifier,
 * and leaves what the still showed before hidden, behind nothing.
 */
function outdoneBy(motion: FileRecord, { folderId, stem, assetId }: FileRecord, parts: LibraryParts): readonly Outdone[] {
  return parts.journal.files.picture(folderId, stem).flatMap((file) => {
    if (file.kind !== 'video' || !file.sha1 || file.sha1 === motion.sha1 || contentOf(file, parts)?.shownBy !== assetId) return [];
    return [{ sha1: file.sha1, assetId: file.assetId }];
  });
}

async function show({ sha1, assetId }: FileRecord, parts: LibraryParts): Promise<readonly ContentNews[]> {
  if (!sha1 || !assetId) return [];
  await showIfHidden(assetId, parts);
  return [{ kind: 'shown', sha1, by: undefined }];
}
