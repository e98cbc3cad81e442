import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { TestHousehold } from '../../test/kit/household.ts';
import { parseTemplate } from '../domain/index.ts';
import type { OrderKind } from '../journal/index.ts';
import { aboutBatch } from './decisions.ts';

const uploadsOf = (home: TestHousehold): number => home.asked.filter((question) => question === 'POST /api/assets').length;
const told = (home: TestHousehold, wanted: string): string[] => home.news().flatMap(({ kind, text }) => (kind === wanted ? [text] : []));

async function order(home: TestHousehold, kind: OrderKind, name?: string): Promise<string | undefined> {
  const subject = name === undefined ? undefined : home.path(name).toString('base64');
  const id = home.journal.orders.give(kind, subject, home.clock.now());
  await home.once();
  return home.journal.orders.answer(id);
}

async function removeInImmich(home: TestHousehold, force: boolean): Promise<void> {
  const ids = (await home.assets()).map(({ id }) => id);
  await home.byHand('DELETE', '/assets', { ids, force });
}

for (const version of ['2.7.5', '3.1.0'] as const) {
  describe(`what the owner removes in Immich ${version} after it was safe`, () => {
    for (const { how, force } of [
      { how: 'trashed', force: false },
      { how: 'erased', force: true },
    ]) {
      it(`(${how}) is let go, told once, and never sent again`, async () => {
        await using home = await TestHousehold.open({ version });
        await home.write('a.jpg');
        await home.once();
        await removeInImmich(home, force);
        for (const mtimeMs of [1e12, 1.1e12, 1.2e12]) {
          await home.touch('a.jpg', mtimeMs);
          await home.once();
          assert.equal(home.state('a.jpg'), 'letGo');
        }
        assert.equal(uploadsOf(home), 1);
        assert.deepEqual(told(home, 'let go'), [
          '1 photo from Phone was removed in Immich and stays removed. To have it back: homeroll keep PATH.',
        ]);
        assert.equal(home.numbers().letGo, 1);
      });

      it(`(${how}) is let go with every copy on disk, though only one of them comes by`, async () => {
        await using home = await TestHousehold.open({ version });
        for (const name of ['a.jpg', 'copy.jpg']) await home.write(name, 'the same');
        await home.once();
        await removeInImmich(home, force);
        await home.touch('a.jpg');
        await home.once();
        assert.deepEqual(home.states(), { 'a.jpg': 'letGo', 'copy.jpg': 'letGo' });
        assert.equal(told(home, 'let go').length, 1);
        await order(home, 'keep', 'copy.jpg');
        assert.deepEqual(home.states(), { 'a.jpg': 'safe', 'copy.jpg': 'safe' });
      });

      it(`(${how}) comes back when the owner says keep`, async () => {
        await using home = await TestHousehold.open({ version });
        await home.write('a.jpg');
        await home.once();
        await removeInImmich(home, force);
        await home.touch('a.jpg');
        await home.once();
        assert.match((await order(home, 'keep', 'a.jpg')) ?? '', /^It is kept/);
        assert.equal(home.state('a.jpg'), 'safe');
        assert.equal((await home.assets()).length, 1);
      });
    }

    it('is back in all of its albums when the owner said keep, though one of them has to be tried again', async () => {
      const albums = ['{year}', 'Photos of {year}'].map((name) => ({ template: parseTemplate(name), isAdoptable: false }));
      const faults = [{ endpoint: 'PUT /albums/:id/assets', from: 4, count: 3, fault: { kind: 'status', status: 500 } as const }];
      await using home = await TestHousehold.open({ version, sources: [{ albums }], faults });
      await home.write('a.jpg');
      await home.touch('a.jpg', Date.UTC(2023, 6, 1));
      await home.once();
      await removeInImmich(home, true);
      await home.touch('a.jpg', Date.UTC(2024, 6, 1));
      await home.once();
      await order(home, 'keep', 'a.jpg');
      await home.once({ patienceMs: 3_600_000 });
      assert.equal(home.state('a.jpg'), 'safe');
      const filled = (await home.albums()).filter(({ assetCount }) => assetCount === 1);
      assert.deepEqual(
        filled.map(({ albumName }) => albumName),
        ['2024', 'Photos of 2024'],
      );
    });

    it('is a live photo: told as one photo, not as a photo and a video', async () => {
      await using home = await TestHousehold.open({ version });
      await home.write('a.HEIC');
      await home.write('a.MOV');
      await home.once();
      await removeInImmich(home, false);
      await home.touch('a.HEIC');
      await home.touch('a.MOV');
      await home.once();
      assert.deepEqual(home.states(), { 'a.HEIC': 'letGo', 'a.MOV': 'letGo' });
      assert.match(told(home, 'let go').join(), /^1 photo from Phone was removed/);
    });
  });

  describe(`bytes that lie in the trash of Immich ${version} and were never proven`, () => {
    async function withTrashed(): Promise<TestHousehold> {
      const home = await TestHousehold.open({ version });
      await home.upload('elsewhere.jpg', 'the same');
      await removeInImmich(home, false);
      await home.write('b.jpg', 'the same');
      await home.once();
      return home;
    }

    it('block the file until the owner chooses', async () => {
      await using home = await withTrashed();
      assert.equal(home.state('b.jpg'), 'blocked');
      assert.match(home.file('b.jpg')?.reason ?? '', /lie in Immich's trash/);
      await order(home, 'retry');
      assert.equal(home.state('b.jpg'), 'blocked');
    });

    it('are brought back by keep', async () => {
      await using home = await withTrashed();
      await order(home, 'keep', 'b.jpg');
      assert.equal(home.state('b.jpg'), 'safe');
      assert.equal((await home.assets()).length, 1);
    });

    for (const { kind, answer, state } of [
      { kind: 'keep', answer: '1 picture is kept: brought back from the trash, or sent again.', state: 'safe' },
      { kind: 'let go', answer: '1 picture is let go, and will not be uploaded again.', state: 'letGo' },
    ] as const)
      it(`are told with the number of their batch, which ${kind} takes`, async () => {
        await using home = await withTrashed();
        const [news] = home.journal.outbox.all();
        assert.deepEqual([news?.facts.blocked, news?.facts.trashed], [1, 1]);
        const give = async (): Promise<string | undefined> => {
          const id = home.journal.orders.give(kind, aboutBatch(Number(news?.facts.batch)), home.clock.now());
          await home.once();
          return home.journal.orders.answer(id);
        };
        assert.equal(await give(), answer);
        assert.equal(home.state('b.jpg'), state);
        assert.equal(await give(), 'Nothing of them is in question any more.');
      });

    it('stay there by let go, which is remembered', async () => {
      await using home = await withTrashed();
      await order(home, 'let go', 'b.jpg');
      assert.equal(home.state('b.jpg'), 'letGo');
      await home.touch('b.jpg');
      await home.once();
      assert.equal(home.state('b.jpg'), 'letGo');
      assert.deepEqual(told(home, 'let go'), [], 'the owner said it: nobody need be told');
    });
  });
}

describe('orders', () => {
  it('pause everything, and resume it', async () => {
    await using home = await TestHousehold.open();
    await home.write('a.jpg');
    await order(home, 'pause');
    assert.equal(home.numbers().unjudged, 1);
    await order(home, 'resume');
    assert.equal(home.state('a.jpg'), 'safe');
  });

  it('pause one source, and only that one', async () => {
    await using home = await TestHousehold.open({ sources: [{}, { name: 'Card' }] });
    await home.write('a.jpg', 'a');
    await home.write('b.jpg', 'b', 'Card');
    home.journal.orders.give('pause', 'Phone', home.clock.now());
    await home.once();
    assert.equal(home.numbers().safe, 1);
    assert.equal(home.state('b.jpg', 'Card'), 'safe');
    home.journal.orders.give('resume', 'Phone', home.clock.now());
    await home.once();
    assert.equal(home.numbers().safe, 2);
  });

  for (const when of [{ kind: 'manual' }, { kind: 'schedule', cron: '0 3 1 1 *', timeZone: 'UTC' }] as const)
    it(`let a source of \`when: ${when.kind}\` go on after a pause, and no more: it is looked through at its own time, or on a word`, async () => {
      await using home = await TestHousehold.open({ sources: [{ when }] });
      const running = await home.run();
      const give = async (kind: 'pause' | 'resume' | 'sweep', name?: string): Promise<void> => {
        const id = home.journal.orders.give(kind, name, home.clock.now());
        await home.until(() => home.journal.orders.answer(id) !== undefined);
      };
      await home.write('a.jpg');
      for (const name of [undefined, 'Phone']) {
        await give('pause', name);
        await give('resume', name);
      }
      await new Promise((resolve) => setTimeout(resolve, 200));
      assert.equal(home.file('a.jpg'), undefined);
      await give('sweep', 'Phone');
      await home.until(() => home.state('a.jpg') === 'safe');
      await running.stop();
    });

  it('about what is not there are answered with a sentence', async () => {
    await using home = await TestHousehold.open();
    assert.equal(await order(home, 'keep', 'nothing.jpg'), 'No file of that path is known.');
    const id = home.journal.orders.give('pause', 'Nowhere', home.clock.now());
    await home.once();
    assert.equal(home.journal.orders.answer(id), 'No source is called "Nowhere".');
  });

  it('are taken by a running Homeroll', async () => {
    await using home = await TestHousehold.open();
    const running = await home.run();
    const id = home.journal.orders.give('pause', undefined, home.clock.now());
    await home.until(() => home.journal.orders.answer(id) !== undefined);
    await running.stop();
    assert.match(home.journal.orders.answer(id) ?? '', /^Paused/);
  });
});

describe('what the owner says of a single file', () => {
  const onlyChecksum = { proof: { kind: 'checksum' } } as const;

  it('(let it go) holds for bytes that were never sent, under every name', async () => {
    await using home = await TestHousehold.open();
    await home.comeBack([{ endpoint: 'POST /assets', fault: { kind: 'status', status: 413 } }]);
    await home.write('a.jpg', 'the same');
    await home.once();
    assert.equal(home.state('a.jpg'), 'blocked');
    await home.comeBack();
    await order(home, 'let go', 'a.jpg');
    await home.write('copy.jpg', 'the same');
    await home.touch('a.jpg');
    await home.once();
    assert.deepEqual(home.states(), { 'a.jpg': 'letGo', 'copy.jpg': 'letGo' });
    assert.equal((await home.assets()).length, 0);
    assert.match((await order(home, 'keep', 'a.jpg')) ?? '', /^It is kept/);
    assert.equal(home.state('a.jpg'), 'safe');
  });

  it('is about every copy: who lets go of one calls no other safe, which nobody would look at again', async () => {
    await using home = await TestHousehold.open();
    for (const name of ['a.jpg', 'copy.jpg']) await home.write(name, 'the same');
    await home.once();
    await order(home, 'let go', 'a.jpg');
    assert.deepEqual(home.states(), { 'a.jpg': 'letGo', 'copy.jpg': 'letGo' });
  });

  it('(keep it) is about every copy: none goes on speaking of the asset that was removed', async () => {
    const albums = [{ template: parseTemplate('{folder}'), isAdoptable: false }];
    await using home = await TestHousehold.open({ sources: [{ proof: { kind: 'checksum' }, albums }] });
    for (const name of ['one/a.jpg', 'two/b.jpg']) await home.write(name, 'the same');
    await home.once();
    assert.deepEqual(home.states(), { 'one/a.jpg': 'kept', 'two/b.jpg': 'kept' });
    home.reconfigure({ albums });
    await removeInImmich(home, true);
    await home.touch('one/a.jpg');
    await home.once();
    assert.equal(home.state('one/a.jpg'), 'blocked', 'it is gone before it was proven');
    await order(home, 'keep', 'one/a.jpg');
    await home.once();
    assert.deepEqual(home.states(), { 'one/a.jpg': 'safe', 'two/b.jpg': 'safe' });
    const [asset] = await home.assets();
    for (const name of ['one/a.jpg', 'two/b.jpg']) assert.equal(home.file(name)?.assetId, asset?.id);
    for (const { id } of await home.albums()) assert.equal((await home.members(id)).length, 1);
  });

  it('last is what counts: keep, then let go', async () => {
    await using home = await TestHousehold.open();
    await home.write('a.jpg');
    await home.once();
    await removeInImmich(home, true);
    await home.touch('a.jpg');
    await home.once();
    for (const kind of ['keep', 'let go'] as const) {
      home.journal.orders.give(kind, home.path('a.jpg').toString('base64'), home.clock.now());
    }
    await home.once();
    assert.equal(home.state('a.jpg'), 'letGo');
    assert.equal((await home.assets()).length, 0);
  });

  it('is waited for, however often is looked: trash that nobody decided about is not let go by itself', async () => {
    await using home = await TestHousehold.open({ sources: [onlyChecksum] });
    await home.upload('elsewhere.jpg', 'the same');
    await removeInImmich(home, false);
    await home.write('a.jpg', 'the same');
    await home.once();
    await home.write('copy.jpg', 'the same');
    await order(home, 'retry');
    assert.deepEqual(home.states(), { 'a.jpg': 'blocked', 'copy.jpg': 'blocked' });
    assert.deepEqual(told(home, 'let go'), []);
  });
});
