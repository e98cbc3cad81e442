/** Puts assets into their planned albums: by the album's id, each asset once. */
import { type AssetId, albumKey, type PlannedAlbum, tellAlbumDeleted } from '../../domain/index.ts';
import { type AlbumEntry, ImmichError } from '../../immich/index.ts';
import type { AlbumRecord } from '../../journal/index.ts';
import { putNews } from '../news.ts';
import { type Outcome, retry } from '../outcome.ts';
import { findAlbum, findOrMakeAlbum } from './find-album.ts';
import { unlessHindered } from './left-out.ts';
import type { OrganisingParts } from './parts.ts';
import type { Plan } from './plan.ts';

/** What is to be said of a file whose asset is not in one of its albums, or lacks a tag, though it may be the next time. */
export type LeftOut = ReadonlyMap<AssetId, Outcome>;

// It is gone, in the trash, or somebody else's: asking again changes nothing. Everything else is a trouble of Immich's own.
const lastingReasons: ReadonlySet<string> = new Set(['no_permission', 'not_found']);

/** One asset that Immich does not take keeps no other from its album. */
export async function fileIntoAlbums(plans: readonly Plan[], parts: OrganisingParts): Promise<LeftOut> {
  const membersOf = new Map<string, { readonly album: PlannedAlbum; readonly assetIds: AssetId[] }>();
  for (const { assetId, albums } of plans) {
    for (const album of albums) {
      const entry = membersOf.get(albumKey(album)) ?? { album, assetIds: [] };
      entry.assetIds.push(assetId);
      membersOf.set(albumKey(album), entry);
    }
  }
  const leftOut = new Map<AssetId, Outcome>();
  for (const { album: planned, assetIds } of membersOf.values()) {
    const album = parts.journal.albums.find(parts.source.account.id, albumKey(planned));
    const missing = missingFrom(album, assetIds, parts);
    if (missing.length === 0) continue;
    const file = async (): Promise<void> => {
      for (const [assetId, why] of await fileIntoAlbum(planned, missing, parts)) leftOut.set(assetId, retry(why));
    };
    // A key may be good for albums that are there, and not for making one.
    const waiting = await unlessHindered(album ? 'albums' : 'new albums', file, parts);
    if (waiting) for (const assetId of missing) leftOut.set(assetId, waiting);
  }
  return leftOut;
}

/** An album that was removed lacks nothing. */
function missingFrom(album: AlbumRecord | undefined, assetIds: readonly AssetId[], { journal }: OrganisingParts): readonly AssetId[] {
  const ids = [...new Set(assetIds)];
  if (!album) return ids;
  return album.isRemoved ? [] : ids.filter((assetId) => !journal.albums.isMember(album.id, assetId));
}

/** Why an asset was not taken, in the owner's words. */
type Refusals = ReadonlyMap<AssetId, string>;

async function fileIntoAlbum(planned: PlannedAlbum, assetIds: readonly AssetId[], parts: OrganisingParts): Promise<Refusals> {
  const { journal, source, clock } = parts;
  const known = journal.albums.find(source.account.id, albumKey(planned));
  const album = known ?? (await findOrMakeAlbum(planned, parts));
  const missing = missingFrom(album, assetIds, parts);
  if (missing.length === 0) return none;
  const entries = await addTo(album, missing, parts);
  if (entries === 'no such album') {
    // Another Homeroll may have poured it into its own, which then carries our marker.
    const other = await findAlbum(planned, parts);
    if (other && other.albumId !== album.albumId) return fileIntoAlbum(planned, missing, parts);
    noteRemoved(album, parts);
    return none;
  }
  // One that another Homeroll made in this very moment may have shown only now; pouring ours into it, that one may have missed these.
  const served = known ?? (await findAlbum(planned, parts));
  if (served && served.albumId !== album.albumId) return fileIntoAlbum(planned, missing, parts);
  const refusals = new Map<AssetId, string>();
  journal.transaction(() => {
    for (const [index, assetId] of missing.entries()) {
      const entry = entries[index];
      if (entry?.kind !== 'refused') journal.albums.addMember(album.id, assetId, clock.now());
      else if (!lastingReasons.has(entry.reason)) refusals.set(assetId, refusalInWords(planned, entry.reason));
    }
  });
  return refusals;
}

const none: Refusals = new Map();

function refusalInWords({ name }: PlannedAlbum, reason: string): string {
  return `Immich did not take it into the album "${name}" and says "${reason}". It is tried again; if that lasts, look into Immich's log.`;
}

async function addTo(
  { albumId }: AlbumRecord,
  assetIds: readonly AssetId[],
  { source, signal }: OrganisingParts,
): Promise<readonly AlbumEntry[] | 'no such album'> {
  try {
    return await source.account.immich.addToAlbum(albumId, assetIds, signal);
  } catch (error) {
    if (!(error instanceof ImmichError) || error.kind !== 'not found') throw error;
    return 'no such album';
  }
}

/** The owner deleted the album: it is not made again, and the household hears of it once. */
function noteRemoved(album: AlbumRecord, { journal, news, clock, source }: OrganisingParts): void {
  const nowMs = clock.now();
  journal.transaction(() => {
    journal.albums.markRemoved(album.id, nowMs);
    putNews(journal, news, {
      kind: 'album deleted',
      text: tellAlbumDeleted({ album: album.name }),
      facts: { album: album.name, account: source.account.name },
      nowMs,
    });
  });
}
