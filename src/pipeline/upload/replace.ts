/**
 * Makes room for a file whose copy in Immich is damaged: on the owner's word, and only when the bytes on disk were found to be the right
 * ones and those in Immich were once more found not to be, the damaged asset is erased. May run again after a crash at any line.
 */
import type { AssetId, FileRecord, Sha1 } from '../../domain/index.ts';
import { type Disk, hashFile } from '../../files/index.ts';
import { type Immich, ImmichError } from '../../immich/index.ts';
import type { Journal } from '../../journal/index.ts';
import type { Clock, CrashPoints } from '../../kernel/index.ts';
import { familyOf } from '../family.ts';
import { isAnyOtherReadable, readTwice } from '../original.ts';
import { happened, type Outcome, retry } from '../outcome.ts';
import type { FileIn, SourceInUse } from '../step.ts';

const looksAtNothing = 3;
const betweenLooksMs = 60_000;

export interface ReplaceParts {
  readonly journal: Pick<Journal, 'files' | 'contents' | 'sources' | 'verified'>;
  readonly disk: Disk;
  readonly clock: Clock;
  readonly crashPoints: CrashPoints;
}

export interface Damaged extends FileIn {
  readonly sha1: Sha1;
  readonly assetId: AssetId;
  readonly source: SourceInUse;
}

/** @returns undefined when the way is free, and the file is to be sent */
export async function replaceDamaged(damaged: Damaged, parts: ReplaceParts, signal: AbortSignal): Promise<Outcome | undefined> {
  const { file, path, sha1, assetId, source } = damaged;
  const { immich } = source.account;
  const hashed = await hashFile(parts.disk, { path, stat: file.stat, identity: source.identity() }, signal);
  if (hashed.kind === 'unreadable') throw hashed.why;
  if (hashed.kind !== 'hashed') return happened(hashed.kind, { reason: 'it changed before it was sent again' });
  if (hashed.sha1 !== sha1) return happened('blocked', { reason: alsoDamagedOnDisk });
  const allowed = await immich.keyPermissions(signal);
  if (!allowed.includes('all') && !allowed.includes('asset.delete')) return retry(mayNotErase);
  const reading = await readTwice({ sha1, assetId }, source.account, signal);
  if (reading === 'equal') {
    const contents = [{ kind: 'stored', sha1, assetId } as const, { kind: 'proven', sha1, provenAtMs: parts.clock.now() } as const];
    return happened('storedAndProven', { reason: 'it was read back once more, and is whole by now', learnt: { assetId, contents } });
  }
  if (reading === 'unreadable') {
    const doubt = await doubtOf(damaged, parts, signal);
    if (doubt) return doubt;
  }
  await part(damaged, parts, signal);
  await erase(assetId, immich, signal);
  parts.crashPoints.reach('damaged asset erased');
  const [presence] = await immich.checkPresence([sha1], signal);
  return presence?.kind === 'absent' ? undefined : retry('Immich is still erasing the damaged one');
}

/** What gives nothing may be whole, on a disk that is away or fails now and then. Other bytes are damage, nothing is only a sign of it. */
async function doubtOf(
  { file, sha1, assetId, source }: Damaged,
  { journal }: ReplaceParts,
  signal: AbortSignal,
): Promise<Outcome | undefined> {
  const { account } = source;
  if (!(await isAnyOtherReadable([{ sha1, assetId }], { account, journal }, signal)))
    return retry('Immich gives back no original at all at the moment: nothing is erased before it does');
  if (file.tries >= looksAtNothing - 1) return undefined;
  return retry('Immich gives nothing of it: it is looked at once more before it is erased', betweenLooksMs);
}

/** Immich erases a still's video with it, and nobody knows what a still makes of a video that is gone: so they are parted before. */
async function part({ file, sha1, assetId, source }: Damaged, { journal, crashPoints }: ReplaceParts, signal: AbortSignal): Promise<void> {
  const { immich, id: accountId } = source.account;
  const unlink = async (stillId: AssetId, videoSha1: Sha1 | undefined): Promise<void> => {
    // Else it would be taken for the owner's wish that they are apart.
    if (videoSha1) journal.contents.markShown(accountId, videoSha1, undefined);
    await immich.unlinkMotion(stillId, signal);
  };
  const asset = await immich.fetchAsset(assetId, signal);
  if (asset !== 'absent' && asset.livePhotoVideoId !== undefined) {
    // First of all: after a crash nobody else would know which video it was.
    journal.contents.rememberVideo(accountId, sha1, asset.livePhotoVideoId);
    crashPoints.reach('video of damaged still remembered');
    await unlink(assetId, journal.contents.sha1Of(accountId, asset.livePhotoVideoId));
    crashPoints.reach('damaged still parted');
  }
  const still = file.role === 'motion' ? stillOf(file, journal) : undefined;
  if (!still?.assetId) return;
  const shown = await immich.fetchAsset(still.assetId, signal);
  if (shown === 'absent' || shown.livePhotoVideoId !== assetId) return;
  await unlink(still.assetId, sha1);
  crashPoints.reach('damaged video parted');
}

function stillOf(motion: FileRecord, journal: ReplaceParts['journal']): FileRecord | undefined {
  return familyOf(journal.files.picture(motion.folderId, motion.stem)).find(({ member }) => member.id === motion.id)?.of;
}

async function erase(assetId: AssetId, immich: Immich, signal: AbortSignal): Promise<void> {
  try {
    await immich.erase(assetId, signal);
  } catch (error) {
    // Erased by an earlier try.
    if (!(error instanceof ImmichError) || error.kind !== 'not found') throw error;
  }
}

const alsoDamagedOnDisk =
  'its bytes on disk are no longer those that were sent, though its times are the same, and what Immich has is damaged too: nothing was erased. Look for another copy; `homeroll let-go FILE` leaves all as it is';
const mayNotErase =
  'To send it again, the damaged one must be erased first: give the key the permission "asset.delete" in Immich\'s account settings.';
