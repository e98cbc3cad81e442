/** Pictures are thrown into bins on their own disks, alone or with their folder, taken out again, and gone for good when a bin is emptied. */
import { joinPath, type PathBytes } from '../../../src/files/index.ts';
import type { Random } from '../../../src/kernel/index.ts';
import { aBin, trashedName } from '../bins.ts';
import { pick, pickByName } from '../chance.ts';
import type { FileOnDisk } from '../disk.ts';
import { newBytes, newStem } from '../pictures.ts';
import { show } from '../show.ts';
import { rootOf } from '../volumes.ts';
import type { Storm } from '../weather.ts';
import type { World } from '../world.ts';
import { aNewName, extensionOf, put } from './arrivals.ts';
import type { Act } from './happening.ts';

export const isThrownAway: Act = (world, random, number) => {
  const file = world.anyFile(random);
  if (file) throwAway(world, file, aPlaceInABin(world, file.path, random, number));
};

/** Somebody sees at once that it is blurred, and Immich is away: it waits, and then it is gone. */
export const isThrownAwayWaiting: Act = (world, random, number) => {
  const path = aNewName(world, random, number)(pick(random, ['.jpg', '.mp4', '.heic']));
  const to = aPlaceInABin(world, path, random, number);
  const away: Storm = { kind: 'away' };
  world.trouble('Immich is away', 600_000 + random.next() * 1_800_000, {
    begin: () => world.server.storms.add(away),
    end: () => world.server.storms.delete(away),
  });
  put(world, path, newBytes(random));
  world.later(5_000 + random.next() * 500_000, () => {
    const bytes = world.disk.bytesAt(path);
    if (bytes) throwAway(world, { path, bytes, mtimeMs: world.disk.mtimeAt(path) ?? 0 }, to);
  });
};

export const folderIsThrownAway: Act = (world, random, number) => {
  const root = rootOf[pick(random, world.sources)];
  const folder = joinPath(root, Buffer.from(pick(random, ['Camera', 'Camera/deep', '2025 Summer'])));
  const to = joinPath(aBin(root, random), Buffer.from(`Folder ${number}`));
  const files = world.disk.files(folder);
  if (files.length === 0) return;
  world.note(`the folder ${show(folder)} is thrown away: it is ${show(to)} now`);
  for (const file of files) world.noteThrowingAway(file);
  world.disk.rename(folder, to);
};

/** By another program, which has the same bin: nobody wants it here. */
export const arrivesInABin: Act = (world, random, number) => {
  const path = aNewName(world, random, number)(pick(random, ['.jpg', '.mp4', '.CR2', '.gif']));
  const to = aPlaceInABin(world, path, random, number);
  put(world, to, newBytes(random));
};

/** Where it lay, or under another name. */
export const isTakenOutAgain: Act = (world, random, number) => {
  const file = aThrownAway(world, random);
  if (!file) return;
  const root = rootOf[world.sourceOf(file.path)];
  const to = joinPath(root, Buffer.concat([newStem(random, String(number)), extensionOf(file.path)]));
  world.note(`${show(file.path)} is taken out again: it is ${show(to)} now`);
  move(world, file, to);
};

export const binsAreEmptied: Act = (world) => {
  world.note(`all bins are emptied: ${world.thrownAway.length} files`);
  for (const { path } of world.thrownAway) world.disk.remove(path);
};

function throwAway(world: World, file: FileOnDisk, to: PathBytes): void {
  world.note(`${show(file.path)} is thrown away: it is ${show(to)} now`);
  world.noteThrowingAway(file);
  move(world, file, to);
}

/** In the source's own bin, in one beside the picture, or renamed where it lies. Bins give a name that is taken another one. */
function aPlaceInABin(world: World, path: PathBytes, random: Random, number: number): PathBytes {
  const folder = path.subarray(0, path.lastIndexOf('/'));
  const bin = aBin(pick(random, [rootOf[world.sourceOf(path)], folder]), random);
  const name = Buffer.concat([Buffer.from(`Copy #${number} of `), path.subarray(path.lastIndexOf('/') + 1)]);
  const place = joinPath(bin, random.next() < 0.5 ? path.subarray(path.lastIndexOf('/') + 1) : name);
  if (random.next() < 0.2) return trashedName(path);
  return world.disk.bytesAt(place) ? joinPath(bin, name) : place;
}

/** Between disks a program copies and deletes. */
function move(world: World, { path, bytes, mtimeMs }: FileOnDisk, to: PathBytes): void {
  if (world.disk.isOneVolume(path, to)) world.disk.rename(path, to);
  else {
    world.disk.write(to, bytes, mtimeMs);
    world.disk.remove(path);
  }
}

const aThrownAway = (world: World, random: Random): FileOnDisk | undefined =>
  pickByName(random, world.thrownAway, ({ path }) => path.toString('latin1'));
