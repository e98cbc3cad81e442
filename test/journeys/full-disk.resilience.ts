/** The disk under the journal is full, or goes away. It is waited for; whatever Immich was sent meanwhile is found there. */
import assert from 'node:assert/strict';
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { noMounts } from '../kit/may-mount.ts';
import {
  allIsSafe,
  allIsThereOnce,
  fill,
  houseWithPictures,
  limitFiles,
  names,
  noLimits,
  SmallDisk,
  stateOf,
} from './house-with-journal.ts';
import { until } from './program.ts';
import { held } from './server.ts';

describe('a full disk under the journal', { skip: noMounts }, () => {
  it('is told once; nothing is lost, and Homeroll goes on by itself when there is room', async () => {
    const { house: opened, contents } = await houseWithPictures();
    await using house = opened;
    using _disk = new SmallDisk(house);
    const homeroll = house.start(['run']);
    await allIsSafe(house, 4);
    fill(stateOf(house));
    // Where the log of the journal has room for a while, picture after picture comes until it has none.
    const more: string[] = [];
    while (!homeroll.said.includes('is full')) {
      more.push(`e${more.length}.jpg`);
      contents.push(await house.write(more.at(-1) ?? ''));
      await until(async () => homeroll.said.includes('is full') || (await house.immich.assets()).length === contents.length, 'it is taken');
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
  });

  it('ends `once` with the sentence and 3, and `run` waits for room from its start', async () => {
    const { house: opened, contents } = await houseWithPictures();
    await using house = opened;
    using _disk = new SmallDisk(house);
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
  });

  it('strikes in the middle of an upload, and what Immich was sent is found there afterwards', async () => {
    const { house: opened, contents } = await houseWithPictures({
      faults: [{ endpoint: 'GET /assets/:id/original', nth: 1, fault: held }],
    });
    await using house = opened;
    using _disk = new SmallDisk(house);
    const homeroll = house.start(['run']);
    await house.server.whenHeld();
    fill(stateOf(house));
    house.server.letGo();
    await homeroll.says('is full, so Homeroll takes no more work');
    rmSync(join(stateOf(house), 'ballast'));
    await allIsSafe(house, 4);
    await allIsThereOnce(house, contents);
    assert.equal((await homeroll.kill('SIGTERM')).code, 0);
  });

  it('that is unmounted is waited for, and nothing is begun anew in the empty place', async () => {
    const { house: opened, contents } = await houseWithPictures();
    await using house = opened;
    using disk = new SmallDisk(house);
    const homeroll = house.start(['run']);
    await allIsSafe(house, 4);
    disk.unmount();
    await homeroll.says('is away, so Homeroll takes no more work');
    assert.deepEqual(readdirSync(stateOf(house)), []);
    disk.mount();
    contents.push(await house.write('e.jpg'));
    await allIsSafe(house, 5);
    assert.deepEqual(house.letterbox.told('journal anew'), []);
    await allIsThereOnce(house, contents, [...names, 'e.jpg']);
    assert.equal((await homeroll.kill('SIGTERM')).code, 0);
  });
});

describe('a disk under the journal that refuses to be written', { skip: noLimits }, () => {
  it('is told once and waited for, also where it has room', async () => {
    const { house: opened, contents } = await houseWithPictures();
    await using house = opened;
    const homeroll = house.start(['run']);
    await allIsSafe(house, 4);
    limitFiles(homeroll.pid, 8_192);
    contents.push(await house.write('e.jpg'));
    await homeroll.says(/cannot be read or written \(disk I\/O error\), so Homeroll takes no more work/);
    limitFiles(homeroll.pid, 'unlimited');
    await homeroll.says('can be written again, and Homeroll goes on.');
    await allIsSafe(house, 5);
    await allIsThereOnce(house, contents, [...names, 'e.jpg']);
    const { code, stderr } = await homeroll.kill('SIGTERM');
    assert.equal(code, 0, stderr);
    assert.equal(stderr.match(/takes no more work/g)?.length, 1, stderr);
  });
});
