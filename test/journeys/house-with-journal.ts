/** A house whose journal meets with something: what it holds beforehand, and what must be so afterwards, whatever it was. */
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, statSync, truncateSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
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

/** A small disk of its own for the state folder, while the test lasts. It can go and come back with all that is on it. Needs the right to mount. */
export class SmallDisk implements Disposable {
  readonly #aside: string;
  readonly #point: string;

  constructor(house: House) {
    this.#aside = join(house.folder, 'disk');
    this.#point = stateOf(house);
    mkdirSync(this.#aside);
    mkdirSync(this.#point);
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=12m', 'none', this.#aside]);
    this.mount();
  }

  mount(): void {
    execFileSync('mount', ['--bind', this.#aside, this.#point]);
  }

  unmount(): void {
    spawnSync('umount', ['-l', this.#point]);
  }

  [Symbol.dispose](): void {
    this.unmount();
    spawnSync('umount', ['-l', this.#aside]);
  }
}

/** Lets a process write no file beyond this size, or any again: as a disk that fails, for users who may mount none. */
export function limitFiles(pid: number, bytes: number | 'unlimited'): void {
  execFileSync('prlimit', ['--pid', String(pid), `--fsize=${bytes}:`]);
}

/** Why no process can be limited so here; undefined: it can. */
export const noLimits: string | undefined = spawnSync('prlimit', ['--pid', String(process.pid)]).status === 0 ? undefined : 'needs prlimit';

/** Under the feet of a running Homeroll: written once by somebody else, so that it reads its pages again, and then overwritten. */
export function damageUnderway(house: House): void {
  const database = new DatabaseSync(journalOf(house));
  database.exec("INSERT INTO fact VALUES ('test', 'x') ON CONFLICT DO UPDATE SET value = 'y'");
  for (const suffix of ['', '-wal']) if (existsSync(journalOf(house) + suffix)) scribble(journalOf(house) + suffix, 4_096);
  database.close();
}

export function scribble(path: string, fromByte: number): void {
  const file = openSync(path, 'r+');
  const bytes = Math.max(0, statSync(path).size - fromByte);
  writeSync(file, Buffer.alloc(bytes, 0xa5), 0, bytes, fromByte);
  closeSync(file);
}

/** Ways in which a file is damaged. */
export const harms: readonly { readonly damage: string; readonly harm: (path: string) => void }[] = [
  { damage: 'its header is overwritten', harm: (path) => writeFileSync(path, 'nothing that anybody knows, '.repeat(3_000)) },
  { damage: 'pages in its middle are overwritten', harm: (path) => scribble(path, 8_192) },
  { damage: 'its end is cut off', harm: (path) => truncateSync(path, 20_480) },
  { damage: 'it is empty', harm: (path) => truncateSync(path, 0) },
];

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
