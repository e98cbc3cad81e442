/** What people and their programs do with files that are there: edit, touch, move, delete, and worse. */
import { joinPath, type PathBytes } from '../../../src/files/index.ts';
import { trashedName } from '../bins.ts';
import { pick } from '../chance.ts';
import { newBytes, newStem, otherBytes, saysWhatItIsHalfOf } from '../pictures.ts';
import { show } from '../show.ts';
import { rootOf } from '../volumes.ts';
import type { Storm } from '../weather.ts';
import type { World } from '../world.ts';
import { aNewName, extensionOf, put } from './arrivals.ts';
import type { Act } from './happening.ts';

export const isEdited: Act = (world, random) => {
  const file = world.anyFile(random);
  if (!file) return;
  world.note(`${show(file.path)} is edited`);
  world.disk.write(file.path, random.next() < 0.5 ? newBytes(random) : otherBytes(random, file.bytes));
};

export const isCutShort: Act = (world, random) => {
  // Of half a date nobody knows what is left.
  const file = world.anyFile(random, ({ bytes }) => bytes.length > 1 && !saysWhatItIsHalfOf(bytes));
  if (!file) return;
  world.note(`a program cuts ${show(file.path)} short`);
  cut(world, file.path, file.bytes);
};

/** What is left is all there is: no beginning of anything any more. */
function cut(world: World, path: PathBytes, bytes: Buffer): void {
  const rest = bytes.subarray(0, bytes.length >> 1);
  world.records.finish([rest]);
  world.disk.write(path, rest);
}

/** A sync app gives files the time they had elsewhere: the same bytes with another time. */
export const isTouched: Act = (world, random) => {
  const file = world.anyFile(random);
  if (!file) return;
  // Never the same one twice: bytes of the same size and time are the same file to a share, and no program can tell.
  const mtimeMs = Math.floor(
    pick(random, [0, Date.UTC(2099, 0, 1), world.clock.now() - 1e10, world.clock.now() - 2e9]) + random.next() * 1e9,
  );
  world.note(`a sync app sets the time of ${show(file.path)} to ${new Date(mtimeMs).toISOString().slice(0, 10)}`);
  world.disk.touch(file.path, mtimeMs);
};

/** Edited elsewhere, and synced with the time it had: only the time of change and the inode tell. */
export const isEditedKeepingItsTime: Act = (world, random) => {
  const file = world.anyFile(random, ({ path }) => world.sourceOf(path) === 'Phone');
  if (!file) return;
  world.note(`${show(file.path)} is edited, and a sync app gives it its old time`);
  world.disk.write(file.path, otherBytes(random, file.bytes), file.mtimeMs);
};

export const isMoved: Act = (world, random, number) => {
  const file = world.anyFile(random);
  if (!file) return;
  const to = joinPath(rootOf[world.sourceOf(file.path)], Buffer.concat([newStem(random, String(number)), extensionOf(file.path)]));
  world.note(`${show(file.path)} is moved to ${show(to)}`);
  if (world.disk.isOneVolume(file.path, to)) world.disk.rename(file.path, to);
  else {
    // Between disks a program copies and deletes.
    world.disk.write(to, file.bytes, file.mtimeMs);
    world.disk.remove(file.path);
  }
};

export const folderIsMoved: Act = (world, random, number) => {
  const root = rootOf[pick(random, world.sources)];
  const [from, to] = [joinPath(root, Buffer.from('Camera')), joinPath(root, Buffer.from(`Camera ${number}`))];
  if (world.disk.files(from).length === 0) return;
  world.note(`the folder ${show(from)} is renamed ${show(to)}`);
  world.disk.rename(from, to);
};

export const isRemoved: Act = (world, random) => {
  const file = world.anyFile(random);
  if (!file) return;
  world.note(`${show(file.path)} is deleted`);
  world.noteLeaving(file);
  world.disk.remove(file.path);
};

/** The newest, as somebody does who sees at once that it is blurred. */
export const freshOneIsRemoved: Act = (world, random, number) => {
  const path = aNewName(world, random, number)('.jpg');
  put(world, path, newBytes(random));
  world.later(9_000 + random.next() * 6_000, () => {
    const bytes = world.disk.bytesAt(path);
    if (!bytes) return;
    world.note(`${show(path)} is deleted`);
    world.noteLeaving({ path, bytes, mtimeMs: world.disk.mtimeAt(path) ?? 0 });
    world.disk.remove(path);
  });
};

/** A freed inode is given away at once: a new picture of the same size and second in the place of the old one. */
export const isReplacedOnTheSameInode: Act = (world, random, number) => {
  const file = world.anyFile(random);
  if (!file) return;
  const path = joinPath(rootOf[world.sourceOf(file.path)], Buffer.concat([newStem(random, String(number)), Buffer.from('.jpg')]));
  world.note(`${show(file.path)} is deleted, and ${show(path)} takes its inode, size and time`);
  world.noteLeaving(file);
  world.disk.remove(file.path);
  world.disk.write(path, otherBytes(random, file.bytes), file.mtimeMs);
};

/** Somebody changes a file just while Homeroll reads it. */
export const isUsedWhileRead: Act = (world, random) => {
  let left = 1 + Math.floor(random.next() * 6);
  const what = pick(random, ['changed', 'cut short', 'deleted', 'replaced', 'thrown away'] as const);
  world.note(`the file that is read as the ${left}. from here is ${what} meanwhile`);
  const seed = newBytes(random);
  world.disk.onRead = (path) => {
    left -= 1;
    const bytes = world.disk.bytesAt(path);
    if (left > 0 || !bytes) return;
    world.disk.onRead = () => undefined;
    world.note(`${show(path)} is ${what} while it is read`);
    if (what === 'changed') world.disk.write(path, Buffer.concat([bytes.subarray(0, -4), seed.subarray(-4)]));
    if (what === 'cut short') cut(world, path, bytes);
    const file = { path, bytes, mtimeMs: world.disk.mtimeAt(path) ?? 0 };
    if (what === 'deleted') world.noteLeaving(file);
    if (what === 'thrown away') world.noteThrowingAway(file);
    if (what === 'thrown away') world.disk.rename(path, trashedName(path));
    if (what === 'replaced') world.noteReplacing(file);
    if (what === 'deleted' || what === 'replaced') world.disk.remove(path);
    if (what === 'replaced') world.disk.write(path, seed);
  };
};

/** A phone begins to count anew while Immich is away: another picture comes under the name of one that waits to be sent. */
export const nameIsUsedAgain: Act = (world, random, number) => {
  const path = aNewName(world, random, number)('.jpg');
  const how = pick(random, ['written over', 'removed and made anew', 'moved over'] as const);
  const [first, second] = [newBytes(random), newBytes(random)];
  const away: Storm = { kind: 'away' };
  world.trouble('Immich is away', 600_000 + random.next() * 1_800_000, {
    begin: () => world.server.storms.add(away),
    end: () => world.server.storms.delete(away),
  });
  put(world, path, first);
  world.later(60_000 + random.next() * 400_000, () => {
    const bytes = world.disk.bytesAt(path);
    if (!bytes) return;
    world.note(`another picture takes the name of ${show(path)}: ${how}`);
    world.noteReplacing({ path, bytes, mtimeMs: world.disk.mtimeAt(path) ?? 0 });
    const aside = joinPath(rootOf[world.sourceOf(path)], Buffer.from('.aside.tmp'));
    if (how === 'moved over') world.disk.write(aside, second);
    if (how !== 'written over') world.disk.remove(path);
    if (how === 'moved over') world.disk.rename(aside, path);
    else world.disk.write(path, second);
  });
};
