/** Finds the album that serves a planned name, or makes it. Known by its marker, never by its name alone. */
import { type AlbumId, albumKey, albumMarker, markerLine, type PlannedAlbum, readMarker } from '../../domain/index.ts';
import { type Album, firstMembersPage, type Immich, ImmichError } from '../../immich/index.ts';
import type { AlbumRecord } from '../../journal/index.ts';
import type { OrganisingParts } from './parts.ts';

/** Two Homerolls may make the same album in the same minute; later than this it is somebody's decision. */
const mayMergeForMs = 3_600_000;

export async function findOrMakeAlbum(planned: PlannedAlbum, parts: OrganisingParts): Promise<AlbumRecord> {
  const { source, signal } = parts;
  const { immich, userId } = source.account;
  const found = await findAlbum(planned, parts);
  if (found) return found;
  const adopted = planned.isAdoptable ? await named(planned.name, { immich, signal }) : undefined;
  if (adopted) return remember(planned, adopted, parts);
  await immich.createAlbum({ name: planned.name, description: markerLine(albumMarker(userId, albumKey(planned))) }, signal);
  const made = await findAlbum(planned, parts);
  if (!made) throw new Error(`the album ${planned.name} was made and is not listed`);
  return made;
}

/** The album that carries our marker; of several that were made at once what they become. Undefined: there is none. */
export async function findAlbum(planned: PlannedAlbum, parts: OrganisingParts): Promise<AlbumRecord | undefined> {
  const { source, signal, clock } = parts;
  const { immich, userId } = source.account;
  const twins = await ours(immich, albumMarker(userId, albumKey(planned)), signal);
  const album = await mergeTwins(twins, { immich, signal, nowMs: clock.now() });
  return album && remember(planned, album, parts);
}

function remember(planned: PlannedAlbum, { albumId }: Album, { journal, source, clock }: OrganisingParts): AlbumRecord {
  const { name: title, entry } = planned;
  const key = albumKey(planned);
  journal.albums.remember(source.account.id, {
    key,
    albumId,
    nowMs: clock.now(),
    ...(entry && { title, entryRevision: entry.revision }),
  });
  const record = journal.albums.find(source.account.id, key);
  if (!record) throw new Error('an album that was remembered is known');
  return record;
}

/** Own albums that carry the marker, the oldest first. */
async function ours(immich: Immich, marker: string, signal: AbortSignal): Promise<readonly Album[]> {
  const albums = await immich.listAlbums(signal);
  return albums
    .filter((album) => album.isOwned && readMarker(album.description) === marker)
    .toSorted((one, other) => one.createdAtMs - other.createdAtMs || (one.albumId < other.albumId ? -1 : 1));
}

/** The owner said that an album of this name may be used: the oldest of them. */
async function named(name: string, { immich, signal }: { immich: Immich; signal: AbortSignal }): Promise<Album | undefined> {
  const albums = await immich.listAlbums(signal);
  return albums.filter((album) => album.isOwned && album.name === name).toSorted((one, other) => one.createdAtMs - other.createdAtMs)[0];
}

/** Of several albums with our marker the oldest stays; young, unshared ones are poured into it. */
async function mergeTwins(
  twins: readonly Album[],
  { immich, signal, nowMs }: { immich: Immich; signal: AbortSignal; nowMs: number },
): Promise<Album | undefined> {
  const [oldest, ...younger] = twins;
  // By Immich's own clock, if it tells: one that is a day off would make every album old, or none.
  const ageOf = ({ ageMs, createdAtMs }: Album): number => ageMs ?? nowMs - createdAtMs;
  const isYoung = (album: Album): boolean => ageOf(album) < mayMergeForMs && !album.isShared;
  if (!oldest || !isYoung(oldest)) return oldest;
  for (const twin of younger.filter(isYoung)) await mergeInto(oldest.albumId, twin.albumId, { immich, signal });
  return oldest;
}

/** Poured twice, since the other Homeroll may fill it meanwhile. That one may be as far itself: what is gone was poured by it. */
async function mergeInto(into: AlbumId, from: AlbumId, { immich, signal }: { immich: Immich; signal: AbortSignal }): Promise<void> {
  try {
    const isWhole = (await pour(from, into, { immich, signal })) && (await pour(from, into, { immich, signal }));
    if (isWhole) await immich.deleteAlbum(from, signal);
  } catch (error) {
    if (!(error instanceof ImmichError) || error.kind !== 'not found') throw error;
  }
}

/** @returns false when Immich did not take all of them: the album they come from must stay */
async function pour(from: AlbumId, into: AlbumId, { immich, signal }: { immich: Immich; signal: AbortSignal }): Promise<boolean> {
  let isWhole = true;
  for (let page: typeof firstMembersPage | undefined = firstMembersPage; page; ) {
    const members = await immich.albumMembers(from, page, signal);
    const entries = members.assetIds.length > 0 ? await immich.addToAlbum(into, members.assetIds, signal) : [];
    isWhole &&= entries.every(({ kind }) => kind !== 'refused');
    page = members.next;
  }
  return isWhole;
}
