/** New files: pictures of all kinds, live photos, RAWs with sidecars, copies, files that grow, and what is no picture. */
import { joinPath, type PathBytes } from '../../../src/files/index.ts';
import { type Random, wallClock } from '../../../src/kernel/index.ts';
import { filmOf, stillOf } from '../../kit/halves.ts';
import { pick } from '../chance.ts';
import { timeZone } from '../config.ts';
import { newBytes, newStem, stranger } from '../pictures.ts';
import { show } from '../show.ts';
import { innerRoot, rootOf } from '../volumes.ts';
import type { World } from '../world.ts';
import type { Act } from './happening.ts';

export function aFolder(world: World, random: Random): PathBytes {
  const root = rootOf[pick(random, world.sources)];
  const name = pick(random, ['', 'Camera', '2025 Summer', 'Camera/deep/er']);
  const start = root.equals(rootOf.Phone) && random.next() < 0.15 ? innerRoot : root;
  let folder = start;
  for (const part of name.split('/').filter(Boolean)) {
    folder = joinPath(folder, Buffer.from(part));
    world.disk.makeFolder(folder);
  }
  return folder;
}

const named = (folder: PathBytes, stem: Buffer, extension: string): PathBytes =>
  joinPath(folder, Buffer.concat([stem, Buffer.from(extension)]));

/** Where a picture that is new goes, but for its extension. */
export function aNewName(world: World, random: Random, number: number): (extension: string) => PathBytes {
  const folder = aFolder(world, random);
  const stem = newStem(random, String(number));
  return (extension) => named(folder, stem, extension);
}

export function put(world: World, path: PathBytes, bytes: Buffer, mtimeMs?: number): void {
  world.note(`${show(path)} is written`);
  world.disk.write(path, bytes, mtimeMs);
}

const extensions = ['.jpg', '.JPG', '.png', '.heic', '.mp4', '.webp', '.mov'];

export const arrives: Act = (world, random, number) =>
  put(world, aNewName(world, random, number)(pick(random, extensions)), newBytes(random));

/** Known as one by Apple's identifier or, where an export lost that, by the moment that both tell. */
export const livePhotoArrives: Act = (world, random, number) => {
  const path = aNewName(world, random, number);
  const wish = random.next() < 0.5 ? { at: 'never' } : { isMarked: false, ...momentOf(world) };
  const video = filmOf(newBytes(random), wish);
  put(world, path('.HEIC'), stillOf(newBytes(random), wish));
  const isLate = random.next() < 0.5;
  if (isLate) world.later(random.next() * 7_200_000, () => put(world, path('.MOV'), video));
  else put(world, path('.MOV'), video);
};

/** A short film that only shares the name: of another day, or of a length that it does not tell. */
export const strangersArrive: Act = (world, random, number) => {
  const path = aNewName(world, random, number);
  const isCut = random.next() < 0.3;
  const earlier = momentOf(world, -86_400_000 * (1 + random.next()));
  const film = isCut
    ? newBytes(random, stranger)
    : filmOf(Buffer.concat([Buffer.from(stranger), newBytes(random)]), { isMarked: false, ...earlier });
  const files: [string, Buffer][] = [
    [pick(random, ['.HEIC', '.JPG']), stillOf(newBytes(random), { isMarked: false, ...momentOf(world) })],
    [pick(random, ['.MOV', '.mp4']), film],
  ];
  for (const [extension, bytes] of random.next() < 0.5 ? files : files.toReversed()) put(world, path(extension), bytes);
};

/** Whole seconds, as cameras tell them. */
function momentOf(world: World, laterMs = 0): { readonly at: string; readonly aheadMinutes: number } {
  const epochMs = Math.floor((world.clock.now() + laterMs) / 1000) * 1000;
  const at = wallClock(epochMs, timeZone);
  return { at, aheadMinutes: (Date.parse(`${at}Z`) - epochMs) / 60_000 };
}

export const pictureWithSidecarArrives: Act = (world, random, number) => {
  const path = aNewName(world, random, number);
  const sidecar = newBytes(random, '<x:xmpmeta>');
  const isLate = random.next() < 0.5;
  if (isLate) world.later(random.next() * 3_600_000, () => put(world, path('.xmp'), sidecar));
  else put(world, path('.xmp'), sidecar);
  put(world, path('.CR2'), newBytes(random));
  put(world, path('.JPG'), newBytes(random));
};

export const copyArrives: Act = (world, random, number) => {
  const original = world.anyFile(random);
  if (original) put(world, aNewName(world, random, number)(extensionOf(original.path).toString()), original.bytes);
};

export const growingFileArrives: Act = (world, random, number) => {
  const path = aNewName(world, random, number)('.mp4');
  const pieces = Array.from({ length: 6 }, () => newBytes(random));
  const grown = pieces.map((_, index) => Buffer.concat(pieces.slice(0, index + 1)));
  world.note(`${show(path)} is written bit by bit`);
  for (const [step, bytes] of grown.entries()) {
    const before = grown[step - 1];
    const grow = (): void => {
      const isAsLeft = before ? world.disk.bytesAt(path)?.equals(before) === true : true;
      // Moved away or changed by others, what was there may stay as it was.
      if (!isAsLeft) world.records.finish(grown);
      else {
        if (step < grown.length - 1) world.records.begin(path, bytes);
        world.disk.write(path, bytes);
      }
    };
    if (step === 0) grow();
    else world.later(step * 4_000, grow);
  }
};

export const rubbishArrives: Act = (world, random, number) =>
  put(world, aNewName(world, random, number)(pick(random, ['.txt', '.tmp', '.part', '.gif', '.gif'])), newBytes(random));

/** A clock that was never set, one that was set wrongly, and a scan that somebody dated by hand. */
export const oddlyDatedArrives: Act = (world, random, number) => {
  const mtimeMs = pick(random, [0, Date.UTC(2099, 11, 31, 12), Date.UTC(1985, 6, 1, 12), world.clock.now() - random.next() * 3e10]);
  put(world, aNewName(world, random, number)('.jpg'), newBytes(random), mtimeMs);
};

export const secondNameArrives: Act = (world, random, number) => {
  const file = world.anyFile(random);
  if (!file) return;
  const path = joinPath(rootOf[world.sourceOf(file.path)], Buffer.concat([newStem(random, String(number)), extensionOf(file.path)]));
  if (!world.disk.isOneVolume(file.path, path)) return;
  world.note(`${show(path)} is a second name (hard link) of ${show(file.path)}`);
  world.disk.link(file.path, path);
};

/** An old folder is copied over: hundreds of small pictures at once. */
export const folderArrives: Act = (world, random, number) =>
  copyFolder(world, random, { number, count: 100 + Math.floor(random.next() * 200) });

export function copyFolder(world: World, random: Random, { number, count }: { readonly number: number; readonly count: number }): void {
  const root = rootOf[pick(random, world.sources)];
  const folder = joinPath(root, Buffer.from(`Old album ${number}`));
  world.note(`a folder of ${count} pictures is copied to ${show(folder)}`);
  world.disk.makeFolder(folder);
  for (let index = 0; index < count; index += 1) {
    world.disk.write(joinPath(folder, Buffer.from(`IMG_${number}_${index}.jpg`)), newBytes(random, 'old', 60));
  }
}

export function extensionOf(path: PathBytes): Buffer {
  const dot = path.lastIndexOf(0x2e);
  return dot < 0 ? Buffer.alloc(0) : path.subarray(dot);
}
