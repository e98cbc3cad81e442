/** Immich that is only looked at: questions are asked, orders are answered as if done. */
import type { AlbumId, AssetId, TagId, UserId } from '../domain/index.ts';
import type { Clock, Ids } from '../kernel/index.ts';
import type { Immich } from './immich.ts';

/** What it "stores" it does not remember: reading such an asset back is `not found`. */
export function dryRun(immich: Immich, { ids, clock }: { readonly ids: Ids; readonly clock: Clock }): Immich {
  return {
    ...immich,
    upload: async () => ({ assetId: ids.uuid() as AssetId, isDuplicate: false }),
    linkMotion: async () => undefined,
    unlinkMotion: async () => undefined,
    show: async () => undefined,
    restore: async () => undefined,
    erase: async () => undefined,
    moveToTrash: async () => undefined,
    createAlbum: async (plan) => ({
      ...plan,
      albumId: ids.uuid() as AlbumId,
      ownerId: ids.uuid() as UserId,
      isOwned: true,
      isShared: false,
      assetCount: 0,
      createdAtMs: clock.now(),
    }),
    updateAlbum: async () => undefined,
    deleteAlbum: async () => undefined,
    addToAlbum: async (_albumId, assetIds) => assetIds.map(() => ({ kind: 'added' as const })),
    upsertTags: async (values) => values.map(() => ids.uuid() as TagId),
    tagAssets: async (_tagId, assetIds) => assetIds.length,
  };
}
