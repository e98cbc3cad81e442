/** Which video a still goes up with: its motion half, or what a damaged one that was erased had shown. */
import type { AssetId, FileRecord, Sha1 } from '../../domain/index.ts';
import { familyOf } from '../family.ts';
import { isPartedBefore, type LibraryParts } from '../library.ts';

export interface VideoOf {
  readonly id: AssetId;
  /** Left out: it was not stored by us. */
  readonly sha1?: Sha1;
}

/** @param others the files beside the still that are not gone */
export async function videoOf(
  { file, sha1, others }: { readonly file: FileRecord; readonly sha1: Sha1; readonly others: readonly FileRecord[] },
  parts: LibraryParts,
): Promise<VideoOf | undefined> {
  const { journal, account, signal } = parts;
  const half = halfOf(file, others);
  const known = half && journal.contents.find(account.id, half.sha1);
  // Its owner took it from the still as that was before an edit.
  if (half && !(await isPartedBefore(known?.shownBy, parts))) return { id: half.assetId, sha1: half.sha1 };
  const videoId = journal.contents.find(account.id, sha1)?.videoId;
  // Somebody may have erased that too.
  const isThere = videoId !== undefined && (await account.immich.fetchAsset(videoId, signal)) !== 'absent';
  const videoSha1 = isThere ? journal.contents.sha1Of(account.id, videoId) : undefined;
  return isThere ? { id: videoId, ...(videoSha1 && { sha1: videoSha1 }) } : undefined;
}

/** The stored motion half of a live photo's still. A copy of that still in another format has none. */
function halfOf(file: FileRecord, others: readonly FileRecord[]): { readonly assetId: AssetId; readonly sha1: Sha1 } | undefined {
  const half = familyOf([file, ...others]).find(({ role, of }) => role === 'motion' && of?.id === file.id)?.member;
  if (half?.role !== 'motion' || half.state === 'letGo' || half.state === 'blocked') return undefined;
  const { assetId, sha1 } = half;
  return assetId && sha1 ? { assetId, sha1 } : undefined;
}
