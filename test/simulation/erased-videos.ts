/** What else Immich erases: a still takes its video with it, unless another still has the same one. */
import type { SimulatedServer } from './immich.ts';

interface AssetJson {
  readonly id: string;
  readonly checksum?: string;
  readonly livePhotoVideoId?: string | null;
}

export interface ErasedVideo {
  readonly assetId: string;
  readonly sha1: string;
}

/** Does something to stills by hand. @returns the videos of theirs that are gone by it */
export async function videosErasedBy(
  act: () => Promise<unknown>,
  { server, key, stillIds }: { readonly server: SimulatedServer; readonly key: string; readonly stillIds: readonly string[] },
): Promise<readonly ErasedVideo[]> {
  const asset = async (id: string): Promise<AssetJson> => (await server.byHand(key, 'GET', `/assets/${id}`)) as AssetJson;
  const videos: AssetJson[] = [];
  for (const id of stillIds) {
    const { livePhotoVideoId } = await asset(id);
    if (livePhotoVideoId) videos.push(await asset(livePhotoVideoId));
  }
  await act();
  const erased: ErasedVideo[] = [];
  for (const { id, checksum } of videos) {
    if (checksum && !(await asset(id)).checksum) erased.push({ assetId: id, sha1: Buffer.from(checksum, 'base64').toString('hex') });
  }
  return erased;
}
