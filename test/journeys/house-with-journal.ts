/** A house whose journal meets with something: what it holds beforehand, and what must be so afterwards, whatever it was. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { House, type HouseWish } from './house.ts';
import { sha1Of } from './immich-by-hand.ts';
import { until } from './program.ts';

export const names = ['a.jpg', 'b.jpg', 'c.jpg', 'd.mp4'];

export async function houseWithPictures(wish: HouseWish = {}): Promise<{ house: House; contents: string[] }> {
  const house = await House.open({ sources: [{ albums: ['Holidays'] }], ...wish });
  return { house, contents: await Promise.all(names.map((name) => house.write(name))) };
}

export const stateOf = (house: House): string => join(house.folder, 'state');
export const journalOf = (house: House): string => join(stateOf(house), 'journal.sqlite');

/** Each content once, and each album once with all of them. */
export async function allIsThereOnce(house: House, contents: readonly string[], members: readonly string[] = names): Promise<void> {
  assert.deepEqual(await house.immich.originals(), contents.map((content) => sha1Of(content)).toSorted());
  assert.deepEqual(await house.immich.membersByAlbum(), { Holidays: members.toSorted() });
}

export async function allIsSafe(house: House, count: number): Promise<void> {
  await until(async () => {
    const files = await house.files().catch(() => []);
    // Also in their albums: what is only proven counts as safe, too.
    return files.length === count && files.every(({ stage }) => stage === 'safe');
  }, `all ${count} are safe`);
}

/** A small disk of its own for the state folder. @returns undefined, with a word, where none can be mounted */
export function smallDisk(test: TestContext, house: House, size = '12m'): { unmount(): void } | undefined {
  mkdirSync(stateOf(house));
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'none', stateOf(house)], { encoding: 'utf8' });
  if (mounted.status !== 0) {
    test.skip(`no small disk can be mounted here: ${mounted.stderr?.trim() ?? mounted.error?.message}`);
    return undefined;
  }
  return { unmount: () => void spawnSync('umount', ['-l', stateOf(house)]) };
}

/** Takes all the room that is left. */
export function fill(folder: string): void {
  const file = openSync(join(folder, 'ballast'), 'a');
  for (const bytes of [65_536, 4_096, 1]) {
    try {
      for (;;) writeSync(file, Buffer.alloc(bytes));
    } catch {
      // Full, as wished.
    }
  }
  closeSync(file);
}
