/** What happens to the journal: damaged, deleted, replaced, its disk full or away. Whatever it is, Immich and the disk agree afterwards. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  closeSync,
  cpSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, it, type TestContext } from 'node:test';
import { House, type HouseWish } from './house.ts';
import { sha1Of } from './immich-by-hand.ts';
import { until } from './program.ts';
import { held } from './server.ts';

const names = ['a.jpg', 'b.jpg', 'c.jpg', 'd.mp4'];

async function houseWithPictures(wish: HouseWish = {}): Promise<{ house: House; contents: string[] }> {
  const house = await House.open({ sources: [{ albums: ['Holidays'] }], ...wish });
  return { house, contents: await Promise.all(names.map((name) => house.write(name))) };
}

const stateOf = (house: House): string => join(house.folder, 'state');
const journalOf = (house: House): string => join(stateOf(house), 'journal.sqlite');
const asideIn = (house: House): readonly string[] => readdirSync(stateOf(house)).filter((name) => /\.damaged-[\dTZ]+$/.test(name));

/** Each content once, and each album once with all of them. */
async function allIsThereOnce(house: House, contents: readonly string[], members: readonly string[] = names): Promise<void> {
  assert.deepEqual(await house.immich.originals(), contents.map((content) => sha1Of(content)).toSorted());
  assert.deepEqual(await house.immich.membersByAlbum(), { Holidays: members.toSorted() });
}

async function allIsSafe(house: House, count: number): Promise<void> {
  await until(async () => {
    const files = await house.files().catch(() => []);
    // Also in their albums: what is only proven counts as safe, too.
    return files.length === count && files.every(({ stage }) => stage === 'safe');
  }, `all ${count} are safe`);
}

function scribble(path: string, fromByte: number): void {
  const file = openSync(path, 'r+');
  const bytes = Math.max(0, statSync(path).size - fromByte);
  writeSync(file, Buffer.alloc(bytes, 0xa5), 0, bytes, fromByte);
  closeSync(file);
}

/** Under the feet of a running Homeroll: written once by somebody else, so that it reads its pages again, and then overwritten. */
function damageUnderway(house: House): void {
  const database = new DatabaseSync(journalOf(house));
  database.exec("INSERT INTO fact VALUES ('test', 'x') ON CONFLICT DO UPDATE SET value = 'y'");
  for (const suffix of ['', '-wal']) if (existsSync(journalOf(house) + suffix)) scribble(journalOf(house) + suffix, 4_096);
  database.close();
}

describe('a journal that was damaged while Homeroll was stopped', () => {
  for (const { damage, harm } of [
    { damage: 'its header is overwritten', harm: (path: string) => writeFileSync(path, 'nothing that anybody knows, '.repeat(3_000)) },
    { damage: 'pages in its middle are overwritten', harm: (path: string) => scribble(path, 8_192) },
    { damage: 'its end is cut off', harm: (path: string) => truncateSync(path, 20_480) },
    { damage: 'it is empty', harm: (path: string) => truncateSync(path, 0) },
  ]) {
    it(`is kept aside, and everything is found again in Immich: ${damage}`, async () => {
      const { house: opened, contents } = await houseWithPictures();
      await using house = opened;
      assert.equal((await house.once()).code, 0);
      harm(journalOf(house));
      for (const words of [['status'], ['files'], ['why', house.path('a.jpg')], ['pause']]) {
        const { code, stdout, stderr } = await house.say(...words);
        // Nobody looks through all of it for a number: what is not met is not told of.
        if (damage === 'pages in its middle are overwritten' && code === 0) continue;
        assert.equal(code, 3, stdout + stderr);
        assert.match(stderr, /^The journal at .* is damaged\. Put a copy of it back, or start Homeroll: .* nothing is sent twice\.\n$/);
      }
      assert.deepEqual(asideIn(house), [], 'who only looks moves nothing');
      const again = await house.once();
      assert.equal(again.code, 0, again.stderr);
      assert.deepEqual([again.answer?.work.uploads, again.answer?.files.safe], [0, 4], again.stderr);
      assert.equal(asideIn(house).length, 1);
      await allIsThereOnce(house, contents);
      const told = house.letterbox.told('journal anew');
      assert.equal(told.length, 1);
      assert.match(
        told[0] ?? '',
        /was damaged, and a new one is begun\. .* nothing is sent twice\. .* kept in the state folder as journal\.sqlite\.damaged-/,
      );
      assert.equal((await house.once()).code, 0);
      assert.equal(house.letterbox.told('journal anew').length, 1, 'told once');
    });
  }

  it('of which nobody could be told any more is told of at the next start', async () => {
    const { house: opened } = await houseWithPictures();
    await using house = opened;
    assert.equal((await house.once()).code, 0);
    renameSync(journalOf(house), `${journalOf(house)}.damaged-20260101T000000Z`);
    assert.equal((await house.once()).code, 0);
    assert.equal(house.letterbox.told('journal anew').length, 1);
  });
});

describe('under a running Homeroll', () => {
  it('a journal that is damaged in the middle of the work is kept aside, and the same process goes on with a new one', async () => {
    const { house: opened, contents } = await houseWithPictures();
    await using house = opened;
    const homeroll = house.start(['run']);
    await allIsSafe(house, 4);
    damageUnderway(house);
    contents.push(await house.write('e.jpg'));
    await homeroll.says('is damaged. It is kept as journal.sqlite.damaged-');
    await allIsSafe(house, 5);
    await until(() => house.letterbox.told('journal anew').length === 1, 'the household was told');
    await allIsThereOnce(house, contents, [...names, 'e.jpg']);
    const { code, stderr } = await homeroll.kill('SIGTERM');
    assert.equal(code, 0, stderr);
    assert.equal(asideIn(house).length, 1);
    assert.doesNotMatch(stderr, /never should|itself failed|\n\s+at /);
  });

  for (const { what, remove } of [
    { what: 'a journal', remove: (house: House) => rmSync(journalOf(house)) },
    { what: 'a state folder', remove: (house: House) => rmSync(stateOf(house), { recursive: true }) },
  ]) {
    it(`${what} that is deleted is noticed, told, and begun anew`, async () => {
      const { house: opened, contents } = await houseWithPictures();
      await using house = opened;
      const homeroll = house.start(['run']);
      await allIsSafe(house, 4);
      remove(house);
      await homeroll.says('was deleted while Homeroll ran. A new one is begun.');
      contents.push(await house.write('e.jpg'));
      await allIsSafe(house, 5);
      await until(() => house.letterbox.told('journal anew').length === 1, 'the household was told');
      await allIsThereOnce(house, contents, [...names, 'e.jpg']);
      assert.equal((await house.say('once')).code, 5, 'the folder is still held');
      const { code, stderr } = await homeroll.kill('SIGTERM');
      assert.equal(code, 0, stderr);
    });
  }

  it('a copy that is put in its place is gone on with, as if nothing had been', async () => {
    const { house: opened, contents } = await houseWithPictures();
    await using house = opened;
    assert.equal((await house.once()).code, 0);
    cpSync(stateOf(house), join(house.folder, 'backup'), { recursive: true });
    const homeroll = house.start(['run']);
    contents.push(await house.write('e.jpg'));
    await allIsSafe(house, 5);
    renameSync(stateOf(house), join(house.folder, 'broken'));
    renameSync(join(house.folder, 'backup'), stateOf(house));
    await homeroll.says('and Homeroll goes on with that one.');
    await allIsSafe(house, 5);
    assert.deepEqual(house.letterbox.told('journal anew'), []);
    await allIsThereOnce(house, contents, [...names, 'e.jpg']);
    assert.equal((await homeroll.kill('SIGTERM')).code, 0);
  });
});

/** A small disk of its own for the state folder. @returns undefined, with a word, where none can be mounted */
function smallDisk(test: TestContext, house: House, size = '12m'): { unmount(): void } | undefined {
  mkdirSync(stateOf(house));
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'none', stateOf(house)], { encoding: 'utf8' });
  if (mounted.status !== 0) {
    test.skip(`no small disk can be mounted here: ${mounted.stderr?.trim() ?? mounted.error?.message}`);
    return undefined;
  }
  return { unmount: () => void spawnSync('umount', ['-l', stateOf(house)]) };
}

/** Takes all the room that is left. */
function fill(folder: string): void {
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

describe('a full disk under the journal', () => {
  it('is told once; nothing is lost, and Homeroll goes on by itself when there is room', async (test) => {
    const { house: opened, contents } = await houseWithPictures();
    await using house = opened;
    const disk = smallDisk(test, house);
    if (!disk) return;
    try {
      const homeroll = house.start(['run']);
      await allIsSafe(house, 4);
      fill(stateOf(house));
      // Where the log of the journal has room for a while, picture after picture comes until it has none.
      const more: string[] = [];
      while (!homeroll.said.includes('is full')) {
        more.push(`e${more.length}.jpg`);
        contents.push(await house.write(more.at(-1) ?? ''));
        await until(
          async () => homeroll.said.includes('is full') || (await house.immich.assets()).length === contents.length,
          'it is taken',
        );
      }
      await homeroll.says('is full, so Homeroll takes no more work. Nothing is lost: make room there');
      assert.equal(homeroll.isOver, false);
      const paused = await house.say('pause');
      assert.ok(paused.code === 3 || /Noted/.test(paused.stdout), paused.stdout + paused.stderr);
      rmSync(join(stateOf(house), 'ballast'));
      await homeroll.says('can be written again, and Homeroll goes on.');
      if (paused.code === 0) await house.say('resume');
      await allIsSafe(house, contents.length);
      await allIsThereOnce(house, contents, [...names, ...more]);
      const { code, stderr } = await homeroll.kill('SIGTERM');
      assert.equal(code, 0, stderr);
      assert.equal(stderr.match(/is full, so/g)?.length, 1, stderr);
      assert.doesNotMatch(stderr, /never should|itself failed|\n\s+at /);
    } finally {
      disk.unmount();
    }
  });

  it('ends `once` with the sentence and 3, and `run` waits for room from its start', async (test) => {
    const { house: opened, contents } = await houseWithPictures();
    await using house = opened;
    const disk = smallDisk(test, house);
    if (!disk) return;
    try {
      fill(stateOf(house));
      const { code, stderr } = await house.once();
      assert.equal(code, 3, stderr);
      assert.match(stderr, /The disk that holds the journal at .* is full/);
      const homeroll = house.start(['run']);
      await homeroll.says('is full, so Homeroll takes no more work');
      rmSync(join(stateOf(house), 'ballast'));
      await allIsSafe(house, 4);
      await allIsThereOnce(house, contents);
      assert.equal((await homeroll.kill('SIGTERM')).code, 0);
    } finally {
      disk.unmount();
    }
  });

  it('strikes in the middle of an upload, and what Immich was sent is found there afterwards', async (test) => {
    const { house: opened, contents } = await houseWithPictures({
      faults: [{ endpoint: 'GET /assets/:id/original', nth: 1, fault: held }],
    });
    await using house = opened;
    const disk = smallDisk(test, house);
    if (!disk) return;
    try {
      const homeroll = house.start(['run']);
      await house.server.whenHeld();
      fill(stateOf(house));
      house.server.letGo();
      await homeroll.says('is full, so Homeroll takes no more work');
      rmSync(join(stateOf(house), 'ballast'));
      await allIsSafe(house, 4);
      await allIsThereOnce(house, contents);
      assert.equal((await homeroll.kill('SIGTERM')).code, 0);
    } finally {
      disk.unmount();
    }
  });

  it('that is unmounted is waited for, and nothing is begun anew in the empty place', async (test) => {
    const { house: opened, contents } = await houseWithPictures();
    await using house = opened;
    const source = join(house.folder, 'disk');
    mkdirSync(source);
    const disk = smallDisk(test, house);
    if (!disk) return;
    try {
      // Bound to a second place, so that it can come back with all that is on it.
      spawnSync('mount', ['--bind', stateOf(house), source]);
      const homeroll = house.start(['run']);
      await allIsSafe(house, 4);
      disk.unmount();
      await homeroll.says('is away, so Homeroll takes no more work');
      assert.deepEqual(readdirSync(stateOf(house)), []);
      spawnSync('mount', ['--bind', source, stateOf(house)]);
      contents.push(await house.write('e.jpg'));
      await allIsSafe(house, 5);
      assert.deepEqual(house.letterbox.told('journal anew'), []);
      await allIsThereOnce(house, contents, [...names, 'e.jpg']);
      assert.equal((await homeroll.kill('SIGTERM')).code, 0);
    } finally {
      disk.unmount();
      spawnSync('umount', ['-l', source]);
    }
  });
});
