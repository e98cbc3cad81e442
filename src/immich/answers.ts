/** Immich's answers, parsed at the border: only the keys we read, both versions' shapes made one. Unknown keys pass. */
import { z } from 'zod';
import { type AlbumId, type AssetId, type Kind, type Sha1, sha1FromBase64, type TagId, type UserId } from '../domain/index.ts';
import { dialectOf } from './dialect.ts';
import type { Album, AlbumEntry, Asset, Me, NamedAsset, Presence, ServerConfig, ServerVersion, Stored } from './immich.ts';

const id = z.guid().transform((text) => text.toLowerCase());
const assetId = id.transform((text) => text as AssetId);
const albumId = id.transform((text) => text as AlbumId);
const tagId = id.transform((text) => text as TagId);
const userId = id.transform((text) => text as UserId);
const count = z.number().int().nonnegative();
const instantMs = z.string().transform((text, context) => {
  const ms = Date.parse(text);
  if (Number.isNaN(ms)) context.addIssue('not a date');
  return ms;
});
const base64Sha1 = z.string().transform((text, context): Sha1 => {
  try {
    return sha1FromBase64(text);
  } catch {
    context.addIssue('not a SHA-1');
    return z.NEVER;
  }
});

export const pong = z.looseObject({ res: z.literal('pong') });

export const version = z
  .looseObject({ major: count, minor: count, patch: count })
  .transform(({ major, minor, patch }): ServerVersion => dialectOf(major, minor, patch));

export const config = z
  .looseObject({ maintenanceMode: z.boolean().nullish() })
  .transform((said): ServerConfig => ({ isInMaintenance: said.maintenanceMode ?? false }));

export const features = z.looseObject({ trash: z.boolean() });

export const mediaTypes = z
  .looseObject({ image: z.array(z.string()), video: z.array(z.string()), sidecar: z.array(z.string()) })
  .transform((said): ReadonlyMap<string, Kind> => {
    const kinds: [Kind, readonly string[]][] = [
      ['photo', said.image],
      ['video', said.video],
      ['sidecar', said.sidecar],
    ];
    return new Map(kinds.flatMap(([kind, extensions]) => extensions.map((extension) => [extension.toLowerCase(), kind] as const)));
  });

export const me = z
  .looseObject({
    id: userId,
    name: z.string(),
    isAdmin: z.boolean(),
    quotaSizeInBytes: z.number().nullish(),
    quotaUsageInBytes: z.number().nullish(),
  })
  .transform(
    (said): Me => ({
      userId: said.id,
      name: said.name,
      isAdmin: said.isAdmin,
      quotaSizeBytes: said.quotaSizeInBytes ?? undefined,
      quotaUsedBytes: said.quotaUsageInBytes ?? 0,
    }),
  );

export const key = z.looseObject({ permissions: z.array(z.string()) }).transform((said): readonly string[] => said.permissions);

/** By the id we gave each question: Immich echoes it. */
export const presences = z
  .looseObject({
    results: z.array(
      z.union([
        z.looseObject({ id: z.string(), action: z.literal('accept') }),
        z.looseObject({ id: z.string(), action: z.literal('reject'), assetId, isTrashed: z.boolean().optional() }),
      ]),
    ),
  })
  .transform(
    ({ results }): ReadonlyMap<string, Presence> =>
      new Map(
        results.map((result) => [
          result.id,
          result.action === 'accept'
            ? { kind: 'absent' }
            : { kind: 'present', assetId: result.assetId, isTrashed: result.isTrashed ?? false },
        ]),
      ),
  );

export const stored = z
  .looseObject({ id: assetId, status: z.enum(['created', 'duplicate']) })
  .transform((said): Stored => ({ assetId: said.id, isDuplicate: said.status === 'duplicate' }));

export const asset = z
  .looseObject({
    id: assetId,
    ownerId: userId,
    checksum: base64Sha1,
    libraryId: z.string().nullish(),
    isTrashed: z.boolean(),
    visibility: z.string(),
    livePhotoVideoId: assetId.nullish(),
    originalFileName: z.string(),
  })
  .transform(
    (said): Asset => ({
      assetId: said.id,
      ownerId: said.ownerId,
      sha1: said.checksum,
      isExternal: said.libraryId !== null && said.libraryId !== undefined,
      isTrashed: said.isTrashed,
      visibility: said.visibility,
      livePhotoVideoId: said.livePhotoVideoId ?? undefined,
      originalFileName: said.originalFileName,
    }),
  );

/** Version 2 names the owner beside the users, version 3 as the user whose role it is. */
export const album = z
  .looseObject({
    id: albumId,
    albumName: z.string(),
    description: z.string().nullish(),
    ownerId: userId.optional(),
    albumUsers: z.array(z.looseObject({ role: z.string(), user: z.looseObject({ id: userId }) })),
    shared: z.boolean(),
    hasSharedLink: z.boolean().optional(),
    assetCount: count,
    createdAt: instantMs,
  })
  .transform((said, context): Omit<Album, 'isOwned'> => {
    const ownerId = said.ownerId ?? said.albumUsers.find(({ role }) => role === 'owner')?.user.id;
    if (ownerId === undefined) {
      context.addIssue('an album without an owner');
      return z.NEVER;
    }
    return {
      albumId: said.id,
      name: said.albumName,
      description: said.description ?? '',
      ownerId,
      isShared: said.shared || (said.hasSharedLink ?? false),
      assetCount: said.assetCount,
      createdAtMs: said.createdAt,
    };
  });

export const albums = z.array(album);

export const albumEntries = z.array(
  z
    .looseObject({ id: assetId, success: z.boolean(), error: z.string().optional() })
    .transform((said): { assetId: AssetId; entry: AlbumEntry } => ({ assetId: said.id, entry: entryOf(said.success, said.error) })),
);

function entryOf(isAdded: boolean, error: string | undefined): AlbumEntry {
  if (isAdded) return { kind: 'added' };
  return error === 'duplicate' ? { kind: 'already' } : { kind: 'refused', reason: error ?? 'unknown' };
}

export const foundAssets = z
  .looseObject({
    assets: z.looseObject({ items: z.array(z.looseObject({ id: assetId })), nextPage: z.string().nullish() }),
  })
  .transform(({ assets }) => ({ assetIds: assets.items.map((item) => item.id), hasMore: typeof assets.nextPage === 'string' }));

export const namedAssets = z
  .looseObject({
    assets: z.looseObject({
      items: z.array(
        z.looseObject({
          id: assetId,
          ownerId: userId,
          originalFileName: z.string(),
          libraryId: z.string().nullish(),
          exifInfo: z.looseObject({ fileSizeInByte: count.nullish() }).nullish(),
        }),
      ),
    }),
  })
  .transform(({ assets }) =>
    assets.items.map((said): { ownerId: UserId; name: string; asset: NamedAsset } => ({
      ownerId: said.ownerId,
      name: said.originalFileName,
      asset: {
        assetId: said.id,
        sizeBytes: said.exifInfo?.fileSizeInByte ?? undefined,
        isExternal: said.libraryId !== null && said.libraryId !== undefined,
      },
    })),
  );

export const tags = z.array(z.looseObject({ id: tagId, value: z.string() }));

export const tagged = z.looseObject({ count }).transform((said) => said.count);

/** What Immich says when it refuses: one sentence (3), or one or a list of them (2). */
export const refusal = z
  .looseObject({
    message: z.union([z.string(), z.array(z.string())]),
    errors: z.array(z.looseObject({ path: z.array(z.union([z.string(), z.number()])), message: z.string() })).optional(),
  })
  .transform(({ message, errors }) => {
    if (errors) return errors.map((error) => `${error.path.join('.')}: ${error.message}`).join('; ');
    return typeof message === 'string' ? message : message.join('; ');
  });
