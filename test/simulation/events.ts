/** What happens to a household in a week: pictures arrive and change, the owner tidies up, things break. */
import { joinPath, type PathBytes } from '../../src/files/index.ts';
import { newBytes, newStem, pick } from './pictures.ts';
import type { World } from './world.ts';

export type HouseholdEvent = (world: World) => void | Promise<void>;

const aFolder = (world: World): PathBytes => {
  const root = pick(world.random, world.roots);
  const name = pick(world.random, ['', 'Camera', '2025 Summer', 'Camera/deep/er']);
  let folder = root;
  for (const part of name.split('/').filter(Boolean)) {
    folder = joinPath(folder, Buffer.from(part));
    world.disk.makeFolder(folder);
  }
  return folder;
};

const named = (folder: PathBytes, stem: Buffer, extension: string): PathBytes =>
  joinPath(folder, Buffer.concat([stem, Buffer.from(extension)]));

function arrives(world: World): void {
  const [folder, stem] = [aFolder(world), newStem(world.random, world.nextNumber())];
  world.put(named(folder, stem, pick(world.random, ['.jpg', '.JPG', '.png', '.heic', '.mp4', '.webp'])), newBytes(world.random));
}

function livePhotoArrives(world: World): void {
  const [folder, stem] = [aFolder(world), newStem(world.random, world.nextNumber())];
  world.put(named(folder, stem, '.HEIC'), newBytes(world.random));
  const video = (): void => world.put(named(folder, stem, '.MOV'), newBytes(world.random));
  if (world.random.next() < 0.5) video();
  else world.later(world.random.next() * 7_200_000, video);
}

function pictureWithSidecarArrives(world: World): void {
  const [folder, stem] = [aFolder(world), newStem(world.random, world.nextNumber())];
  const sidecar = (): void => world.put(named(folder, stem, '.xmp'), newBytes(world.random, '<x:xmpmeta>'));
  if (world.random.next() < 0.5) sidecar();
  else world.later(world.random.next() * 3_600_000, sidecar);
  world.put(named(folder, stem, '.CR2'), newBytes(world.random));
  world.put(named(folder, stem, '.JPG'), newBytes(world.random));
}

function copyArrives(world: World): void {
  const original = world.anyFile();
  if (original) world.put(named(aFolder(world), newStem(world.random, world.nextNumber()), '.jpg'), original.bytes);
}

function growingFileArrives(world: World): void {
  const path = named(aFolder(world), newStem(world.random, world.nextNumber()), '.mp4');
  let bytes = newBytes(world.random);
  world.put(path, bytes);
  for (let step = 1; step <= 5; step += 1) {
    world.later(step * 4_000, () => {
      bytes = Buffer.concat([bytes, newBytes(world.random)]);
      if (world.has(path)) world.put(path, bytes);
    });
  }
}

function rubbishArrives(world: World): void {
  world.put(
    named(aFolder(world), newStem(world.random, world.nextNumber()), pick(world.random, ['.txt', '.tmp', '.part', '.gif'])),
    newBytes(world.random),
  );
}

function isEdited(world: World): void {
  const file = world.anyFile();
  if (file) world.put(file.path, newBytes(world.random));
}

function isTouched(world: World): void {
  const file = world.anyFile();
  if (file) world.touch(file.path);
}

function isMoved(world: World): void {
  const file = world.anyFile();
  if (!file) return;
  const root = world.roots.find((one) => file.path.subarray(0, one.length).equals(one));
  if (root) world.move(file.path, joinPath(root, Buffer.concat([newStem(world.random, world.nextNumber()), extensionOf(file.path)])));
}

function isRemoved(world: World): void {
  const file = world.anyFile();
  if (file) world.remove(file.path);
}

/** A freed inode is given away at once: a new picture of the same size and second in the place of the old one. */
function isReplacedOnTheSameInode(world: World): void {
  const file = world.anyFile();
  if (!file) return;
  const bytes = Buffer.from(file.bytes);
  bytes.writeUInt32LE(Math.floor(world.random.next() * 2 ** 32), bytes.length - 4);
  world.remove(file.path);
  world.put(named(aFolder(world), newStem(world.random, world.nextNumber()), '.jpg'), bytes, file.mtimeMs);
}

const extensionOf = (path: PathBytes): Buffer => path.subarray(path.lastIndexOf(0x2e));

export const ordinary: readonly (readonly [weight: number, event: HouseholdEvent])[] = [
  [12, arrives],
  [4, livePhotoArrives],
  [3, pictureWithSidecarArrives],
  [3, copyArrives],
  [2, growingFileArrives],
  [2, rubbishArrives],
  [3, isEdited],
  [2, isTouched],
  [3, isMoved],
  [2, isRemoved],
  [1, isReplacedOnTheSameInode],
];

export const ownersHand: readonly HouseholdEvent[] = [
  (world) => world.trashSomething(),
  (world) => world.eraseSomething(),
  (world) => world.takeOutOfAlbum(),
  (world) => world.renameAnAlbum(),
  (world) => world.deleteAnAlbum(),
  (world) => world.emptyTrash(),
];

export const faults: readonly HouseholdEvent[] = [
  (world) => world.immichGoesAway(world.random.next() * 3 * 3_600_000),
  (world) => world.troubleOnTheWay(0.3, world.random.next() * 3_600_000),
  (world) => world.shareGoesAway(world.random.next() * 3_600_000),
  (world) => world.hintsAreLost(world.random.next() * 7_200_000),
  (world) => world.restart('changed rules'),
];

export const crashes: readonly HouseholdEvent[] = [
  (world) => world.crashSoon(1 + Math.floor(world.random.next() * 12)),
  (world) => world.restart('crash'),
];
