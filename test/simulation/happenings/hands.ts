/** What people do in Immich by hand: trash, erase, take out of albums, rename, delete, and put there themselves. */
import type { PathBytes } from '../../../src/files/index.ts';
import type { Random } from '../../../src/kernel/index.ts';
import { pick, pickByName } from '../chance.ts';
import { isDoneRow } from '../check-files.ts';
import { accountNames, accountOf, winterHoliday } from '../config.ts';
import { hearAnswers } from '../hear-answers.ts';
import { newBytes } from '../pictures.ts';
import { sha1Of } from '../records.ts';
import { show } from '../show.ts';
import type { AlbumRow, AssetRow } from '../truth.ts';
import type { World } from '../world.ts';
import { aNewName, extensionOf, put } from './arrivals.ts';
import type { Act } from './happening.ts';

const isOurs = ({ description }: AlbumRow): boolean => description.includes('Kept by Homeroll');

interface Stored {
  readonly asset: AssetRow;
  readonly name: string;
  readonly key: string;
  readonly path: PathBytes;
}

/** The picture of a file that Homeroll knows to be in Immich: an upload whose answer is still under way is nobody's to undo yet. */
export function somethingStored(world: World, random: Random): Stored | undefined {
  const file = world.anyFile(random, ({ path }) => world.truth.rowAt(path.toString('latin1'))?.assetId !== null);
  const row = file && world.truth.rowAt(file.path.toString('latin1'));
  const asset = row && world.truth.asset(row.assetId);
  if (!file || !row || !asset || asset.isTrashed || asset.ownerId !== world.userOf(row.source)) return undefined;
  return { asset, name: `${show(file.path)} (${row.state})`, key: world.keyOf(file.path), path: file.path };
}

/** Does it, and notes what left the library by it: Immich erases a still's video with it, unless another still has the same one. */
export async function undo(world: World, act: () => Promise<unknown>): Promise<void> {
  // What Homeroll answered until now was said before this.
  hearAnswers(world);
  const before = world.truth.assets();
  await act();
  for (const { id, ownerId, sha1, isTrashed } of before) {
    const now = world.truth.asset(id);
    if (now && (isTrashed || !now.isTrashed)) continue;
    const isMet = world.truth.isMet(ownerId, sha1);
    // Gone before Homeroll ever met it: nobody can know that it was there.
    if (!now && !isMet) world.records.wantBack(`${ownerId} ${sha1}`);
    if (isTrashed || (!now && !isMet)) continue;
    const isKeptJustNow =
      world.records.kept.has(`${ownerId} ${sha1}`) && world.truth.rows().some((row) => row.sha1 === sha1 && !isDoneRow(row));
    // Who says keep, and removes it before that was done, is understood either way.
    if (isKeptJustNow) world.records.leaveUnclear(`${ownerId} ${sha1}`);
    else world.records.undo(`${ownerId} ${sha1}`);
  }
}

const removes =
  (isForced: boolean): Act =>
  async (world, random) => {
    const stored = somethingStored(world, random);
    if (stored) await remove(world, stored, isForced);
  };

export async function remove(world: World, { asset, name, key }: Stored, isForced: boolean): Promise<void> {
  world.note(`in Immich, somebody ${isForced ? 'erases' : 'trashes'} ${name}`);
  await undo(world, () => world.server.byHand(key, 'DELETE', '/assets', { ids: [asset.id], force: isForced }));
}

export const trashes = removes(false);
export const erases = removes(true);

/** A phone offers its picture anew, as sync apps do after an update: what was removed in Immich must stay so. */
export function isOfferedAgain(world: World, random: Random, path: PathBytes): void {
  const delayMs = 60_000 + random.next() * 7_200_000;
  world.later(delayMs, () => {
    if (!world.disk.bytesAt(path)) return;
    const mtimeMs = world.clock.now() - delayMs;
    world.note(`a sync app sets the time of ${show(path)} anew`);
    world.disk.touch(path, mtimeMs);
  });
}

export const removesAndSyncs: Act = async (world, random) => {
  const stored = somethingStored(world, random);
  if (!stored) return;
  await remove(world, stored, random.next() < 0.5);
  isOfferedAgain(world, random, stored.path);
};

export const takesOutAndSyncs: Act = async (world, random) => {
  const stored = somethingStored(world, random);
  const album = stored && pickByName(random, albumsHolding(world, stored.asset.id), ({ description }) => description);
  if (!stored || !album) return;
  world.note(`in Immich, somebody takes ${stored.name} out of the album ${album.name}`);
  await world.server.byHand(stored.key, 'DELETE', `/albums/${album.id}/assets`, { ids: [stored.asset.id] });
  world.records.takenOut.add(`${album.id} ${stored.asset.id}`);
  isOfferedAgain(world, random, stored.path);
};

function albumsHolding(world: World, assetId: string): readonly AlbumRow[] {
  return world.truth.albums().filter((album) => isOurs(album) && knownMembers(world, album).includes(assetId));
}

/** Those that Homeroll knows to be in it: what is under way, or of which the answer is lost, is nobody's to take out yet. */
function knownMembers({ truth }: World, { id, members }: AlbumRow): readonly string[] {
  const sql = 'SELECT asset_id AS id FROM album_member JOIN album ON album = album.id WHERE album_id = ?';
  const known = new Set(truth.ask<{ id: string }>(sql, id).map((member) => member.id));
  return [...members].filter((member) => known.has(member));
}

export const restores: Act = async (world, random) => {
  const asset = pickByName(
    random,
    world.truth.assets().filter(({ isTrashed }) => isTrashed),
    ({ sha1 }) => sha1,
  );
  if (!asset) return;
  world.note('in Immich, somebody takes something out of the trash again');
  await world.server.byHand(keyOfOwner(world, asset), 'POST', '/trash/restore/assets', { ids: [asset.id] });
  world.records.wantBack(`${asset.ownerId} ${asset.sha1}`);
};

export const emptiesTrash: Act = async (world, random) => {
  const account = random.next() < 0.5 ? 0 : 1;
  world.note(`in Immich, ${accountNames[account]} empties the trash`);
  await undo(world, () => world.server.byHand(world.server.key(account), 'POST', '/trash/empty'));
};

export const archives: Act = async (world, random) => {
  const stored = somethingStored(world, random);
  if (stored?.asset.visibility !== 'timeline') return;
  world.note(`in Immich, somebody archives ${stored.name}`);
  await world.server.byHand(stored.key, 'PUT', `/assets/${stored.asset.id}`, { visibility: 'archive' });
};

/** A live photo that Homeroll knows to be one: what is under way is nobody's to part yet. */
export const partsLivePhoto: Act = async (world, random) => {
  const known = new Set(world.truth.ask<{ id: string }>('SELECT shown_by AS id FROM content').map(({ id }) => id));
  const stills = world.truth.assets().filter(({ id, liveVideoId }) => liveVideoId !== null && known.has(id));
  const still = pickByName(random, stills, ({ sha1 }) => sha1);
  if (!still?.liveVideoId) return;
  world.note(`in Immich, somebody parts a live photo`);
  await world.server.byHand(keyOfOwner(world, still), 'PUT', `/assets/${still.id}`, { livePhotoVideoId: null });
  world.records.parted.set(still.id, still.liveVideoId);
  const row = world.truth.rows().find(({ assetId }) => assetId === still.id);
  if (row) isOfferedAgain(world, random, Buffer.from(row.path, 'latin1'));
};

const keyOfOwner = ({ server }: World, { ownerId }: Pick<AssetRow, 'ownerId'>): string => server.key(ownerId === server.userId(0) ? 0 : 1);

function anyAlbum(world: World, random: Random): { album: AlbumRow; key: string } | undefined {
  const album = pickByName(random, world.truth.albums().filter(isOurs), ({ ownerId, description }) => `${ownerId} ${description}`);
  return album && { album, key: keyOfOwner(world, album) };
}

export const takesOutOfAlbum: Act = async (world, random) => {
  const { album, key } = anyAlbum(world, random) ?? {};
  const asset = album && pickByName(random, knownMembers(world, album), (id) => world.truth.asset(id)?.sha1 ?? id);
  if (!album || !key || !asset) return;
  world.note(`in Immich, somebody takes a picture out of the album ${album.name}`);
  await world.server.byHand(key, 'DELETE', `/albums/${album.id}/assets`, { ids: [asset] });
  world.records.takenOut.add(`${album.id} ${asset}`);
};

export const renamesAlbum: Act = async (world, random) => {
  const { album, key } = anyAlbum(world, random) ?? {};
  if (album && key) await rename(world, album, key);
};

export const renamesEntryAlbum: Act = async (world, random) => {
  const albums = world.truth.albums().filter((one) => world.home?.entryOf(one) !== undefined);
  const album = pickByName(random, albums, ({ description }) => description);
  if (album) await rename(world, album, keyOfOwner(world, album));
};

async function rename(world: World, album: AlbumRow, key: string): Promise<void> {
  world.note(`in Immich, somebody renames the album ${album.name}`);
  const name = `${album.name}, ours`;
  await world.server.byHand(key, 'PATCH', `/albums/${album.id}`, { albumName: name });
  world.records.renamedAlbums.set(album.id, name);
}

export const deletesAlbum: Act = async (world, random) => {
  const { album, key } = anyAlbum(world, random) ?? {};
  // An album that Homeroll does not know yet, since the answer is under way, is nobody's to delete.
  const isKnown = album && world.truth.ask('SELECT 1 FROM album WHERE album_id = ?', album.id).length > 0;
  if (!album || !key || !isKnown) return;
  world.note(`in Immich, somebody deletes the album ${album.name}`);
  await world.server.byHand(key, 'DELETE', `/albums/${album.id}`);
  world.records.deletedAlbums.add(`${album.ownerId} ${album.description}`);
};

/** An album of their own, with a name that Homeroll would give one, too. */
export const makesOwnAlbum: Act = async (world, random) => {
  const account = random.next() < 0.5 ? 0 : 1;
  const name = pick(random, ['2025/January', winterHoliday.name, '1970/January', '2099/December', '1985/July', '2099/January']);
  world.note(`in Immich, ${accountNames[account]} makes an album "${name}" of their own`);
  const made = (await world.server.byHand(world.server.key(account), 'POST', '/albums', { albumName: name, description: 'mine' })) as {
    id: string;
  };
  world.records.ownAlbums.set(made.id, new Set());
};

/** The picture comes from the phone as well, or came already. Some regret it at once, and trash it. */
export const uploadsByHand: Act = async (world, random, number) => {
  const path = aNewName(world, random, number);
  const [file, fresh] = [world.anyFile(random), newBytes(random)];
  // Nobody puts half a file there by hand.
  const isFresh = random.next() < 0.7 || !file || world.records.unfinished.has(sha1Of(file.bytes));
  const bytes = isFresh ? fresh : file.bytes;
  const isVideo = !isFresh && /\.(mov|mp4)$/i.test(extensionOf(file.path).toString());
  const account = accountOf[world.sourceOf(path(''))];
  const isRegretted = random.next() < 0.5;
  const isComing = isFresh && random.next() < 0.8;
  const delayMs = random.next() * 3_600_000;
  const content = `${world.server.userId(account)} ${sha1Of(bytes)}`;
  // What they removed before and put there again is wanted.
  world.note(`in Immich, ${accountNames[account]} uploads a picture by hand${isRegretted ? ', and trashes it' : ''}`);
  const isThere = world.truth.assetOf(world.server.userId(account), sha1Of(bytes)) !== undefined;
  if (isThere) return;
  world.records.contents.add(sha1Of(bytes));
  world.records.wantBack(content);
  const id = await world.server.putByHand(world.server.key(account), `web ${number}.${isVideo ? 'mp4' : 'jpg'}`, bytes);
  if (isRegretted) {
    await undo(world, () => world.server.byHand(world.server.key(account), 'DELETE', '/assets', { ids: [id], force: false }));
    const isNew = !world.truth.rows().some((row) => row.sha1 === sha1Of(bytes) && accountOf[row.source] === account);
    if (isNew) world.records.trashedBefore.add(content);
  }
  if (isComing) world.later(delayMs, () => put(world, path('.jpg'), fresh));
};
