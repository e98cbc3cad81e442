/** Files that grow, vanish, move, change, and come back as others. */
import assert from 'node:assert/strict';
import { appendFile, stat, truncate } from 'node:fs/promises';
import { describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { House, type Once } from './house.ts';
import { sha1Of } from './immich-by-hand.ts';
import { until } from './program.ts';
import { held } from './server.ts';

/** More than all buffers on the way hold, so that its sending cannot end before its receiver reads. */
const largeBytes = 64 << 20;

const done = (house: House, { code, answer, stderr }: Once, safe: number): void => {
  assert.equal(code, 0, stderr);
  assert.equal(answer?.files.safe, safe, house.folder);
};

describe('a growing file', () => {
  it('is sent once, and whole', async () => {
    await using house = await House.open({ sources: [{ settle: '3 s' }] });
    const homeroll = house.start(['run']);
    await house.write('a.mp4', 'the beginning');
    for (const part of ['1', '2', '3', '4', '5', '6', '7', '8']) {
      await sleep(150);
      await appendFile(house.path('a.mp4'), part.repeat(1000));
    }
    await until(async () => (await house.immich.assets()).length > 0, 'Immich has it');
    await until(async () => (await house.places())['a.mp4'] === 'safe', 'it is safe');
    await homeroll.kill('SIGTERM');
    assert.deepEqual(await house.immich.originals(), [sha1Of(await house.read('a.mp4'))]);
  });

  it('that grows while it is sent is sent again when it is whole; its half never becomes a picture', async () => {
    await using house = await House.open({ faults: [{ endpoint: 'POST /assets', nth: 1, fault: held }] });
    await house.write('a.mp4', 'the beginning');
    await truncate(house.path('a.mp4'), largeBytes);
    const once = house.startOnce({ patience: '30 s' });
    await house.server.whenHeld();
    await appendFile(house.path('a.mp4'), 'the end');
    house.server.letGo();
    assert.equal((await once.ended).code, 0);
    assert.deepEqual(await house.immich.originals(), [sha1Of(await house.read('a.mp4'))]);
    assert.deepEqual(await house.places(), { 'a.mp4': 'safe' });
  });
});

describe('a file that vanishes', () => {
  for (const step of ['settle', 'judge', 'hash', 'check']) {
    it(`before what it says to "${step}" is written stops no other`, async () => {
      await using house = await House.open({ sources: [{ settle: step === 'settle' ? '1 s' : '0 s' }] });
      for (const name of ['a.jpg', 'b.jpg', 'c.jpg']) {
        await house.write(name);
        // What was changed in the future is not settled at first sight, however slowly Homeroll starts.
        await house.touch(name, '2090-07-14T10:00:00Z');
      }
      const { signal } = await house.once({ env: { HOMEROLL_CRASH_AT: `after ${step}` } });
      assert.equal(signal, 'SIGKILL');
      await house.remove('b.jpg');
      done(house, await house.once(), 2);
      assert.deepEqual(await house.places(), { 'a.jpg': 'safe', 'c.jpg': 'safe' });
      assert.equal((await house.immich.assets()).length, 2);
    });
  }

  it('while Immich is asked about it is told: it left before it was safe', async () => {
    await using house = await House.open({ faults: [{ endpoint: 'POST /assets/bulk-upload-check', nth: 1, fault: held }] });
    for (const name of ['a.jpg', 'b.jpg', 'c.jpg']) await house.write(name);
    const once = house.startOnce();
    await house.server.whenHeld();
    await house.remove('b.jpg');
    house.server.letGo();
    assert.equal((await once.ended).code, 0);
    assert.deepEqual(await house.places(), { 'a.jpg': 'safe', 'c.jpg': 'safe' });
    assert.deepEqual(house.letterbox.told('lost before safe'), ['1 photo left Phone folder before it was safe. It was "b.jpg".']);
  });

  it('while it is sent arrives whole or not at all', async () => {
    await using house = await House.open({ faults: [{ endpoint: 'POST /assets', nth: 1, fault: held }] });
    await house.write('a.mp4', 'a film');
    await truncate(house.path('a.mp4'), largeBytes);
    const sha1 = sha1Of(await house.read('a.mp4'));
    const once = house.startOnce();
    await house.server.whenHeld();
    await house.remove('a.mp4');
    house.server.letGo();
    assert.equal((await once.ended).code, 0);
    const originals = await house.immich.originals();
    assert.ok(originals.length === 0 || originals[0] === sha1, `${originals}`);
    assert.equal((await house.once()).code, 0);
    assert.deepEqual(await house.places(), {});
  });

  it('while it is proven stays in Immich: what is deleted on disk is deleted nowhere else', async () => {
    await using house = await House.open({ faults: [{ endpoint: 'GET /assets/:id/original', nth: 1, fault: held }] });
    const content = await house.write('a.jpg');
    const once = house.startOnce();
    await house.server.whenHeld();
    await house.remove('a.jpg');
    house.server.letGo();
    assert.equal((await once.ended).code, 0);
    assert.equal((await house.once()).code, 0);
    assert.deepEqual(await house.places(), {});
    assert.deepEqual(await house.immich.originals(), [sha1Of(content)]);
    assert.deepEqual(house.letterbox.told('lost before safe'), []);
  });
});

describe('a file that only moves', () => {
  for (const { how, from, to } of [
    { how: 'is renamed', from: 'a.jpg', to: 'b.jpg' },
    { how: 'goes to another folder', from: 'a.jpg', to: 'Harz/a.jpg' },
    { how: 'changes the case of its name', from: 'IMG_1.JPG', to: 'img_1.jpg' },
    { how: 'goes with its folder', from: 'Harz', to: 'Harz 2024' },
  ]) {
    it(`(it ${how}) keeps its proof, and is neither opened nor sent`, async () => {
      await using house = await House.open();
      const name = from === 'Harz' ? 'Harz/a.jpg' : from;
      const newName = from === 'Harz' ? 'Harz 2024/a.jpg' : to;
      await house.write(name);
      await house.age(name);
      done(house, await house.once(), 1);
      const before = await house.why(name);
      await house.move(from, to);
      const after = await house.once();
      done(house, after, 1);
      assert.deepEqual([after.answer?.work.uploads, after.answer?.work.filesOpened], [0, 0]);
      const now = await house.why(newName);
      assert.deepEqual([now.state, now.provenAt], ['safe', before.provenAt]);
      assert.equal(house.letterbox.letters.size, 1, 'nothing new to tell');
    });
  }
});

describe('a new picture that looks like an old one', () => {
  for (const { how, name } of [
    { how: 'under another name', name: 'new.jpg' },
    { how: 'under the same name', name: 'old.jpg' },
  ]) {
    it(`(same inode, second and size, ${how}) is sent`, async () => {
      await using house = await House.open();
      await house.write('old.jpg', 'the first one');
      await house.touch('old.jpg');
      done(house, await house.once(), 1);
      const { ino } = await stat(house.path('old.jpg'));
      await house.remove('old.jpg');
      await house.write(name, 'a second one.'.slice(0, 'the first one'.length));
      await house.touch(name);
      const isReused = (await stat(house.path(name))).ino === ino;
      const { code, answer, stderr } = await house.once();
      assert.equal(code, 0, stderr);
      assert.equal(answer?.work.uploads, 1, `inode reused: ${isReused}`);
      assert.equal((await house.immich.assets()).length, 2);
    });
  }
});

describe('a file that is changed', () => {
  it('becomes a new picture; the old one stays', async () => {
    await using house = await House.open();
    const before = await house.write('a.jpg', 'the whole scene');
    done(house, await house.once(), 1);
    const after = await house.write('a.jpg', 'cropped');
    done(house, await house.once(), 1);
    assert.deepEqual(await house.immich.originals(), [sha1Of(before), sha1Of(after)].toSorted());
  });

  it('only in its time is read once and not sent', async () => {
    await using house = await House.open();
    await house.write('a.jpg');
    done(house, await house.once(), 1);
    await house.touch('a.jpg');
    const again = await house.once();
    done(house, again, 1);
    assert.deepEqual([again.answer?.work.uploads, again.answer?.work.proofs], [0, 0]);
    assert.equal(house.letterbox.letters.size, 1, 'nothing new to tell');
  });
});
