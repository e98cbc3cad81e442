/** What somebody may have done with an asset in Immich: asked before anything of it is put away. */
import { z } from 'zod';
import type { AlbumId, AssetId, TagId } from '../domain/index.ts';
import * as answers from './answers.ts';
import { absentWhenNotFound, askFor, type Caller } from './ask.ts';
import type { AssetTraces } from './immich.ts';

const guid = z.guid().transform((text) => text.toLowerCase());

const traced = z
  .looseObject({
    isFavorite: z.boolean(),
    visibility: z.string(),
    isEdited: z.boolean().nullish(),
    livePhotoVideoId: z.string().nullish(),
    stack: z.looseObject({}).nullish(),
    tags: z.array(z.looseObject({ id: guid })).nullish(),
    exifInfo: z.looseObject({ description: z.string().nullish(), rating: z.number().nullish() }).nullish(),
  })
  .transform(
    (said): Omit<AssetTraces, 'albumIds' | 'isLinked'> => ({
      isFavorite: said.isFavorite,
      isArchived: said.visibility !== 'timeline',
      isEdited: said.isEdited ?? false,
      isLivePhoto: said.livePhotoVideoId !== null && said.livePhotoVideoId !== undefined,
      isStacked: said.stack !== null && said.stack !== undefined,
      tagIds: (said.tags ?? []).map(({ id }) => id as TagId),
      description: said.exifInfo?.description ?? '',
      rating: said.exifInfo?.rating ?? undefined,
    }),
  );

const links = z.array(z.looseObject({ type: z.string(), assets: z.array(z.looseObject({ id: guid })) }));

/**
 * Its albums are all that the account can see it in; a link to an album is a matter of the album.
 * @throws ImmichError `permission missing` where the key may not see albums (`album.read`) or links (`sharedLink.read`)
 */
export async function fetchTraces(caller: Caller, assetId: AssetId, signal: AbortSignal): Promise<AssetTraces | 'absent'> {
  const get = (path: string) => ({ method: 'GET', path });
  const said = await absentWhenNotFound(askFor(caller, traced, get(`/api/assets/${assetId}`), signal));
  if (said === 'absent') return said;
  const albums = await askFor(caller, answers.albums, get(`/api/albums?assetId=${assetId}`), signal);
  const shared = await askFor(caller, links, get('/api/shared-links'), signal);
  return {
    ...said,
    albumIds: albums.map(({ albumId }): AlbumId => albumId),
    isLinked: shared.some(({ type, assets }) => type === 'INDIVIDUAL' && assets.some(({ id }) => id === assetId)),
  };
}
