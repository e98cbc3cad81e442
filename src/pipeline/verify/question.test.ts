import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { TestHousehold } from '../../../test/kit/household.ts';
import { DiskError } from '../../files/index.ts';
import { aboutSource } from '../decisions.ts';

const told = (home: TestHousehold, wanted: string): string[] => home.news().flatMap(({ kind, text }) => (kind === wanted ? [text] : []));
const uploadsOf = (home: TestHousehold): number => home.asked.filter((question) => question === 'POST /api/assets').length;

/** Thirty pictures that are safe. */
async function library(): Promise<TestHousehold> {
  const home = await TestHousehold.open();
  for (let number = 10; number < 40; number += 1) await home.write(`IMG_${number}.jpg`);
  await home.once();
  assert.equal(home.numbers().safe, 30);
  return home;
}

/** The first `count` of them. */
async function remove(home: TestHousehold, count: number, force = true): Promise<readonly string[]> {
  const ids = (await home.assets()).slice(0, count).map(({ id }) => id);
  await home.byHand('DELETE', '/assets', { ids, force });
  return ids;
}

/** It may hold anything now, and nobody can tell. */
async function touchUnreadable(home: TestHousehold, name: string): Promise<void> {
  home.onLook = (question, path) => {
    if (question === 'open' && path.endsWith(name)) throw new DiskError('forbidden', Buffer.from(path));
  };
  await home.touch(name);
  await home.once();
  assert.equal(home.file(name)?.sha1, undefined);
}

describe('what is gone from Immich', () => {
  for (const force of [true, false]) {
    it(`(${force ? 'erased' : 'in its trash'}) is let go and told once, if it is a few`, async () => {
      await using home = await library();
      await remove(home, 20, force);
      for (let times = 0; times < 2; times += 1) await home.verify();
      assert.deepEqual([home.numbers().letGo, home.numbers().safe, home.numbers().blocked], [20, 10, 0]);
      assert.equal(told(home, 'let go').length, 1);
      assert.match(told(home, 'let go')[0] ?? '', /^20 photos from Phone were removed in Immich and stay removed\./);
    });
  }

  it('is told also when its file is being looked at in that moment, and nobody knows yet what it holds', async () => {
    await using home = await TestHousehold.open();
    await home.write('a.jpg');
    await home.once();
    await remove(home, 1);
    await touchUnreadable(home, 'a.jpg');
    assert.equal((await home.verify()).letGo, 1);
    assert.deepEqual(told(home, 'let go'), []);
    home.onLook = () => undefined;
    for (const mtimeMs of [1e12, 1.1e12]) {
      await home.touch('a.jpg', mtimeMs);
      await home.once();
      assert.equal(home.state('a.jpg'), 'letGo');
      assert.equal(told(home, 'let go').length, 1);
      // What is told by now is no longer gathered with it.
      home.clock.leap(3_600_000);
    }
  });

  it('is told when the same bytes come back to a disk that no longer held them', async () => {
    await using home = await TestHousehold.open();
    await home.write('a.jpg', 'the bytes');
    await home.once();
    const ids = (await home.assets()).map(({ id }) => id);
    await home.write('a.jpg', 'edited');
    await home.once();
    await home.byHand('DELETE', '/assets', { ids });
    assert.equal((await home.verify()).letGo, 1);
    assert.deepEqual(told(home, 'let go'), [], 'nothing on any disk is concerned');
    for (const name of ['b.jpg', 'c.jpg']) {
      await home.write(name, 'the bytes');
      await home.once();
      assert.equal(home.state(name), 'letGo');
      assert.equal(told(home, 'let go').length, 1);
      home.clock.leap(3_600_000);
    }
  });

  it('is told once, by a copy that was known to hold the same', async () => {
    await using home = await TestHousehold.open();
    for (const name of ['a.jpg', 'copy.jpg']) await home.write(name, 'the same');
    await home.once();
    await remove(home, 1);
    await touchUnreadable(home, 'a.jpg');
    await home.verify();
    assert.equal(told(home, 'let go').length, 1);
    home.onLook = () => undefined;
    home.clock.leap(3_600_000);
    await home.once();
    assert.deepEqual(home.states(), { 'a.jpg': 'letGo', 'copy.jpg': 'letGo' });
    assert.equal(told(home, 'let go').length, 1);
  });

  for (const isOnDisk of [true, false]) {
    it(`is noticed though it was only stored, and is to be proven by now (${isOnDisk ? 'on disk' : 'on no disk any more'})`, async () => {
      await using home = await TestHousehold.open({ sources: [{ proof: { kind: 'checksum' } }] });
      await home.write('a.jpg');
      await home.once();
      if (!isOnDisk) await home.remove('a.jpg');
      home.reconfigure({ proof: { kind: 'every' } });
      await remove(home, 1);
      await home.once();
      assert.deepEqual([(await home.verify()).letGo, (await home.verify()).total], [1, 0]);
      assert.equal(home.state('a.jpg'), isOnDisk ? 'letGo' : 'gone');
      assert.equal(told(home, 'let go').length, 1);
    });
  }

  it('is in question by the name of its source, also where a copy turns up in another one', async () => {
    await using home = await TestHousehold.open({ sources: [{ name: 'Phone' }, { name: 'Card' }] });
    for (let number = 10; number < 40; number += 1) await home.write(`IMG_${number}.jpg`);
    await home.once();
    await remove(home, 30);
    await home.verify();
    await home.write('copy.jpg', 'the bytes of IMG_10.jpg', 'Card');
    await home.once();
    assert.match(home.file('copy.jpg', 'Card')?.reason ?? '', /keep --source "Phone"/);
    await home.order('keep', aboutSource('Phone'));
    await home.once();
    assert.deepEqual([home.state('copy.jpg', 'Card'), home.numbers().blocked], ['safe', 0]);
  });

  it('is told as lost when its file is deleted while the question is open', async () => {
    await using home = await library();
    await remove(home, 30);
    await home.verify();
    await home.remove('IMG_10.jpg');
    await home.once();
    home.clock.leap(3_600_000);
    await home.once();
    assert.match(told(home, 'lost before safe').join(), /^1 photo left Phone folder before it was safe/);
  });

  it('is told as on no disk any more, where it is', async () => {
    await using home = await library();
    await home.remove('IMG_10.jpg');
    await home.once();
    await remove(home, 1);
    await home.verify();
    assert.deepEqual(told(home, 'let go'), [
      '1 photo from Phone was removed in Immich and stays removed. It is on no disk any more either.',
    ]);
  });

  it('in numbers is a question, asked once: no longer safe, and nothing assumed', async () => {
    await using home = await library();
    await home.remove('IMG_10.jpg');
    await home.once();
    await remove(home, 25);
    for (let times = 0; times < 2; times += 1) assert.equal((await home.verify()).asked, times === 0 ? 25 : 0);
    const { safe, blocked, letGo } = home.numbers();
    assert.deepEqual([safe, blocked, letGo], [5, 24, 0]);
    assert.match(home.file('IMG_11.jpg')?.reason ?? '', /many others of Phone .*homeroll keep --source "Phone"/);
    assert.equal(told(home, 'many removed').length, 1);
    assert.match(told(home, 'many removed')[0] ?? '', /^25 of 30 pictures from Phone .* 1 of them is on no disk any more/);
    assert.deepEqual(told(home, 'let go'), []);
  });

  it('in numbers is sent again when the owner says keep', async () => {
    await using home = await library();
    await remove(home, 25);
    await home.verify();
    const uploads = uploadsOf(home);
    assert.match((await home.order('keep', aboutSource('Phone'))) ?? '', /^25 pictures from Phone are kept/);
    assert.equal(home.numbers().safe, 30);
    assert.equal(uploadsOf(home), uploads + 25);
    assert.equal((await home.assets()).length, 30);
    assert.equal(await home.order('keep', aboutSource('Phone')), 'Nothing of Phone was asked about.');
  });

  it('in numbers is brought back from the trash when the owner says keep, also what is on no disk', async () => {
    await using home = await library();
    await home.remove('IMG_10.jpg');
    await home.once();
    await remove(home, 25, false);
    await home.verify();
    const uploads = uploadsOf(home);
    assert.match((await home.order('keep', aboutSource('Phone'))) ?? '', /^24 pictures .* 1 picture on no disk any more/);
    await home.verify();
    await home.verify();
    assert.equal(home.numbers().safe, 29);
    assert.equal((await home.assets()).length, 30);
    assert.equal(uploadsOf(home), uploads);
    assert.equal(await home.order('keep', aboutSource('Phone')), 'Nothing of Phone was asked about.');
  });

  it('in numbers is let go when the owner says that, and not told as news to who said it', async () => {
    await using home = await library();
    await remove(home, 25);
    await home.verify();
    assert.match((await home.order('let go', aboutSource('Phone'))) ?? '', /^25 pictures from Phone are let go/);
    await home.verify();
    assert.deepEqual([home.numbers().safe, home.numbers().letGo], [5, 25]);
    assert.deepEqual(told(home, 'let go'), []);
  });

  // Whichever half is looked at first: they come in the order of their hashes.
  for (const [still, video] of [
    ['one', 'two'],
    ['two', 'one'],
  ] as const) {
    it(`in numbers is let go by its owner's word also where it is half of a live photo (the bytes of the still: ${still})`, async () => {
      await using home = await library();
      await home.write('IMG_1.HEIC', still);
      await home.write('IMG_1.MOV', video);
      await home.once();
      await remove(home, 32);
      await home.verify();
      await home.order('let go', aboutSource('Phone'));
      for (const name of ['IMG_1.HEIC', 'IMG_1.MOV']) {
        assert.deepEqual([home.state(name), home.file(name)?.reason], ['letGo', 'the owner said: let it go']);
      }
    });
  }

  for (const how of ['retry', 'the next look']) {
    it(`in numbers is safe again without an upload, once Immich has it again (${how})`, async () => {
      await using home = await library();
      const ids = await remove(home, 25, false);
      await home.verify();
      const uploads = uploadsOf(home);
      await home.order('retry');
      assert.equal(home.numbers().blocked, 25, 'judged anew, and still gone');
      await home.byHand('POST', '/trash/restore/assets', { ids });
      if (how === 'retry') await home.order('retry');
      else await home.verify();
      assert.equal(home.numbers().safe, 30);
      assert.equal(uploadsOf(home), uploads);
    });
  }

  it('is no question of a source that was not asked about', async () => {
    await using home = await library();
    await remove(home, 3);
    await home.verify();
    assert.equal(await home.order('keep', aboutSource('Phone')), 'Nothing of Phone was asked about.');
    assert.equal(await home.order('let go', aboutSource('Phoney')), 'No source is called "Phoney".');
    assert.equal(home.numbers().letGo, 3);
  });

  for (const point of ['missing marked', 'missing decided', 'content verified']) {
    it(`is asked about once, whenever it crashes (${point})`, async () => {
      await using home = await library();
      await remove(home, 25);
      await home.crash(point, 1, (how) => home.verify({ kind: 'all' }, how));
      await home.verify();
      assert.deepEqual([home.numbers().safe, home.numbers().blocked], [5, 25]);
      assert.equal(told(home, 'many removed').length, 1);
    });
  }

  it('and there again as another asset is read back before it is called safe', async () => {
    await using home = await library();
    await remove(home, 1);
    await home.upload('IMG_10.jpg', 'the bytes of IMG_10.jpg');
    const uploads = uploadsOf(home);
    await home.verify();
    assert.equal(home.numbers().safe, 30);
    assert.equal(home.file('IMG_10.jpg')?.assetId, (await home.asset('IMG_10.jpg')).id);
    assert.equal(uploadsOf(home), uploads);
  });
});
