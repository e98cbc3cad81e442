/** What Immich's library shows of live photos: which still shows which video, and whether it does so still. */
import type { AssetId } from '../domain/index.ts';
import type { ContentRecord, Journal } from '../journal/index.ts';
import type { AccountInUse } from './step.ts';

export interface LibraryParts {
  readonly journal: Pick<Journal, 'files' | 'contents'>;
  readonly account: AccountInUse;
  readonly signal: AbortSignal;
}

/** `put away`: in the trash or the locked folder, with its video. */
export type StillSeen = { readonly kind: 'seen'; readonly videoId: AssetId | undefined } | { readonly kind: 'put away' | 'absent' };

export async function lookAtStill(stillId: AssetId, { journal, account, signal }: LibraryParts): Promise<StillSeen> {
  const { immich, id } = account;
  const asset = await immich.fetchAsset(stillId, signal);
  if (asset !== 'absent') return asset.isTrashed ? { kind: 'put away' } : { kind: 'seen', videoId: asset.livePhotoVideoId };
  // What is locked away nobody sees by its id; its bytes are known all the same.
  const sha1 = journal.contents.sha1Of(id, stillId);
  const [presence] = sha1 ? await immich.checkPresence([sha1], signal) : [];
  return { kind: presence?.kind === 'present' && presence.assetId === stillId ? 'put away' : 'absent' };
}

/** @param isKnown that it showed this video when it was seen last; what is put away since took its video along */
export async function isShowing(
  stillId: AssetId,
  { videoId, isKnown }: { readonly videoId: AssetId; readonly isKnown: boolean },
  parts: LibraryParts,
): Promise<boolean> {
  const still = await lookAtStill(stillId, parts);
  return still.kind === 'seen' ? still.videoId === videoId : still.kind === 'put away' && isKnown;
}

/** @param shownBy the still that showed the video, as it was before an edit; its owner took the video from it when it shows none now */
export async function isPartedBefore(shownBy: ContentRecord['shownBy'], parts: LibraryParts): Promise<boolean> {
  if (shownBy === undefined || shownBy === 'nobody') return false;
  const still = await lookAtStill(shownBy, parts);
  return still.kind === 'seen' && still.videoId === undefined;
}

/** A video that we stored, and whose bytes no file of the account has any more. Whatever else is linked is the owner's choice. */
export function isVideoOfNoFile(videoId: AssetId, { journal, account }: LibraryParts): boolean {
  const sha1 = journal.contents.sha1Of(account.id, videoId);
  return sha1 !== undefined && [...journal.files.withBytes(account.id, sha1)].every(({ state }) => state === 'gone');
}

export async function showIfHidden(videoId: AssetId, { account: { immich }, signal }: Omit<LibraryParts, 'journal'>): Promise<void> {
  const asset = await immich.fetchAsset(videoId, signal);
  if (asset !== 'absent' && asset.visibility === 'hidden') await immich.show(videoId, signal);
}
