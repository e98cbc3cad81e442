import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, it } from 'node:test';
import { bytesNamed } from '../../../test/kit/halves.ts';
import { TestHousehold } from '../../../test/kit/household.ts';

const subjectOf = (home: TestHousehold, name: string): string => home.path(name).toString('base64');

async function backedUp(names: readonly string[]): Promise<TestHousehold> {
  const home = await TestHousehold.open();
  for (const name of names) await home.write(name);
  await home.once();
  return home;
}

describe('a live photo with a damaged half', () => {
  const points = [
    'video of damaged still remembered',
    'damaged still parted',
    'damaged asset erased',
    'after upload',
    'before commit',
    undefined,
  ];
  for (const point of points) {
    it(`(the still) is whole again after keep${point === undefined ? '' : `, also when it crashes at "${point}"`}`, async () => {
      await using home = await backedUp(['a.HEIC', 'a.MOV']);
      await home.flip('a.HEIC');
      await home.verify();
      assert.deepEqual([home.state('a.HEIC'), home.state('a.MOV')], ['blocked', 'safe']);
      home.journal.orders.give('keep', subjectOf(home, 'a.HEIC'), home.clock.now());
      if (point !== undefined) await home.onceUntilCrash(point, point === 'before commit' ? 4 : 1);
      await home.once();
      await assertWhole(home);
    });
  }

  for (const [name, point] of [
    ['a.HEIC', 'damaged still parted'],
    ['a.MOV', 'damaged video parted'],
  ] as const) {
    it(`(${name}) is one again when Immich's disk is mended after a crash at "${point}"`, async () => {
      await using home = await backedUp(['a.HEIC', 'a.MOV']);
      await home.flip(name);
      await home.verify();
      home.journal.orders.give('keep', subjectOf(home, name), home.clock.now());
      await home.onceUntilCrash(point);
      await home.flip(name);
      await home.once();
      await assertWhole(home);
    });
  }

  for (const named of ['a.HEIC', 'a.MOV']) {
    for (const point of ['damaged video parted', 'damaged asset erased', undefined]) {
      it(`(the video) is whole again after keep of ${named}${point === undefined ? '' : `, also when it crashes at "${point}"`}`, async () => {
        await using home = await backedUp(['a.HEIC', 'a.MOV']);
        await home.flip('a.MOV');
        await home.verify();
        assert.deepEqual([home.state('a.HEIC'), home.state('a.MOV')], ['blocked', 'blocked']);
        home.journal.orders.give('keep', subjectOf(home, named), home.clock.now());
        if (point !== undefined) await home.onceUntilCrash(point);
        await home.once();
        await assertWhole(home);
      });
    }
  }

  for (const named of ['a.HEIC', 'a.MOV']) {
    it(`both halves of which are damaged is let go whole by the name of ${named}, and nobody is asked again`, async () => {
      await using home = await backedUp(['a.HEIC', 'a.MOV']);
      for (const name of ['a.HEIC', 'a.MOV']) await home.flip(name);
      await home.verify();
      await home.order('let go', subjectOf(home, named));
      await home.once();
      assert.deepEqual(home.states(), { 'a.HEIC': 'letGo', 'a.MOV': 'letGo' });
    });
  }

  it('keeps its video when that is on disk no longer', async () => {
    await using home = await backedUp(['a.HEIC', 'a.MOV']);
    await home.remove('a.MOV');
    await home.once();
    await home.flip('a.HEIC');
    await home.verify();
    await home.order('keep', subjectOf(home, 'a.HEIC'));
    assert.equal(home.state('a.HEIC'), 'safe');
    const [still, video] = [await home.asset('a.HEIC'), await home.asset('a.MOV')];
    assert.deepEqual([still.livePhotoVideoId, video.visibility], [video.id, 'hidden']);
  });

  it("is left as one on the owner's word", async () => {
    await using home = await backedUp(['a.HEIC', 'a.MOV']);
    await home.flip('a.MOV');
    await home.verify();
    await home.order('let go', subjectOf(home, 'a.MOV'));
    assert.deepEqual([home.state('a.HEIC'), home.state('a.MOV')], ['safe', 'letGo']);
  });
});

async function assertWhole(home: TestHousehold): Promise<void> {
  assert.deepEqual([home.state('a.HEIC'), home.state('a.MOV')], ['safe', 'safe']);
  const [still, video] = [await home.asset('a.HEIC'), await home.asset('a.MOV')];
  assert.deepEqual([still.livePhotoVideoId, video.visibility, still.visibility], [video.id, 'hidden', 'timeline']);
  for (const { id, originalFileName } of [still, video])
    assert.deepEqual(await readFile(home.storedPath(id)), bytesNamed(originalFileName, `the bytes of ${originalFileName}`));
}
