/** A live photo's video goes up hidden, before its still. When that still will not come, hidden it would be seen by nobody. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { TestHousehold } from '../../test/kit/household.ts';
import { order, refusing, visibilityOf, withLivePhoto, withUnprovenVideo, withUnsentStill } from '../../test/kit/live-photos.ts';
import { parseTemplate } from '../domain/index.ts';
import { applyEvent } from './transitions.ts';

describe('a stored video is seen by people when its still', () => {
  it('is deleted after the hidden video went up', async () => {
    await using home = await TestHousehold.open({ sources: [{ albums: [{ template: parseTemplate('Ours'), isAdoptable: false }] }] });
    await home.comeBack([{ endpoint: 'POST /assets', nth: 2, fault: { kind: 'status', status: 500 } }]);
    await home.write('IMG_1.HEIC');
    await home.write('IMG_1.MOV');
    await home.once();
    assert.deepEqual(home.states(), { 'IMG_1.HEIC': 'missing', 'IMG_1.MOV': 'proven' });
    await home.remove('IMG_1.HEIC');
    await home.once();
    assert.deepEqual(home.states(), { 'IMG_1.MOV': 'safe' });
    assert.equal((await home.assets())[0]?.visibility, 'timeline');
    assert.equal(home.numbers().safe, 1);
    assert.deepEqual(await home.members((await home.albums())[0]?.id ?? ''), ['IMG_1.MOV']);
  });

  for (const leaves of ['is deleted', 'is edited and deleted'] as const) {
    it(`could not be sent and ${leaves}`, async () => {
      await using home = await withUnsentStill();
      if (leaves === 'is edited and deleted') await home.write('IMG_1.HEIC', 'edited');
      await home.remove('IMG_1.HEIC');
      await home.once();
      assert.deepEqual(home.states(), { 'IMG_1.MOV': 'safe' });
      assert.equal(await visibilityOf(home, 'IMG_1.MOV'), 'timeline');
    });
  }

  it('could not be sent and is deleted while the video is looked at anew', async () => {
    await using home = await withUnsentStill();
    await home.touch('IMG_1.MOV');
    await home.remove('IMG_1.HEIC');
    await home.once();
    assert.deepEqual(home.states(), { 'IMG_1.MOV': 'safe' });
    assert.equal(await visibilityOf(home, 'IMG_1.MOV'), 'timeline');
    assert.equal(home.numbers().safe, 1);
  });

  it('could not be sent and is moved to another name', async () => {
    await using home = await withUnsentStill();
    await home.comeBack([refusing]);
    await home.move('IMG_1.HEIC', 'party.HEIC');
    await home.once();
    assert.equal(await visibilityOf(home, 'IMG_1.MOV'), 'timeline');
    assert.equal(home.numbers().safe, 1);
  });

  it('could not be sent and stays behind, while the video is moved', async () => {
    await using home = await withUnsentStill();
    await home.move('IMG_1.MOV', 'party.MOV');
    await home.once();
    assert.equal(await visibilityOf(home, 'IMG_1.MOV'), 'timeline');
    assert.equal(home.numbers().safe, 1);
  });

  it('could not be sent and is let go', async () => {
    await using home = await withUnsentStill();
    await order(home, 'let go', 'IMG_1.HEIC');
    assert.deepEqual(home.states(), { 'IMG_1.HEIC': 'letGo', 'IMG_1.MOV': 'safe' });
    assert.equal(await visibilityOf(home, 'IMG_1.MOV'), 'timeline');
    assert.equal(home.numbers().safe, 1);
  });

  it('was removed in Immich with the video before, and the video is edited', async () => {
    await using home = await withLivePhoto();
    await home.byHand('DELETE', '/assets', { ids: (await home.assets()).map(({ id }) => id) });
    await home.verify();
    assert.deepEqual(home.states(), { 'IMG_1.HEIC': 'letGo', 'IMG_1.MOV': 'letGo' });
    await home.write('IMG_1.MOV', 'edited');
    await home.once();
    assert.deepEqual(home.states(), { 'IMG_1.HEIC': 'letGo', 'IMG_1.MOV': 'safe' });
    assert.equal(await visibilityOf(home, 'IMG_1.MOV', 'edited'), 'timeline');
  });

  it('could not be sent since it was edited, and is deleted', async () => {
    await using home = await TestHousehold.open();
    await home.write('IMG_1.HEIC');
    await home.once();
    await home.comeBack([refusing]);
    await home.write('IMG_1.HEIC', 'edited');
    await home.once();
    await home.comeBack();
    await home.write('IMG_1.MOV');
    await home.once();
    assert.deepEqual(home.states(), { 'IMG_1.HEIC': 'blocked', 'IMG_1.MOV': 'safe' });
    await home.remove('IMG_1.HEIC');
    await home.once();
    assert.equal(await visibilityOf(home, 'IMG_1.MOV'), 'timeline');
  });

  for (const isErased of [true, false]) {
    it(`was ${isErased ? 'erased' : 'trashed'} in Immich before the video came`, async () => {
      await using home = await TestHousehold.open();
      await home.write('IMG_1.HEIC');
      await home.once();
      await home.byHand('DELETE', '/assets', { ids: [(await home.asset('IMG_1.HEIC')).id], force: isErased });
      await home.write('IMG_1.MOV');
      await home.once();
      assert.deepEqual(home.states(), { 'IMG_1.HEIC': 'letGo', 'IMG_1.MOV': 'safe' });
      assert.equal(await visibilityOf(home, 'IMG_1.MOV'), 'timeline');
    });
  }

  it('is let go while the video waits to be looked after', async () => {
    await using home = await withUnprovenVideo();
    const still = (await home.assets()).find(({ originalFileName }) => originalFileName === 'IMG_1.HEIC');
    await home.byHand('DELETE', '/assets', { ids: [still?.id] });
    await order(home, 'let go', 'IMG_1.HEIC');
    home.clock.leap(3_600_000);
    await home.once();
    assert.deepEqual(home.states(), { 'IMG_1.HEIC': 'letGo', 'IMG_1.MOV': 'safe' });
    assert.equal(await visibilityOf(home, 'IMG_1.MOV'), 'timeline');
  });
});

const video = 'the bytes of IMG_1.MOV';

describe('a video that was sent hidden, and nobody heard that it arrived, is seen by people when', () => {
  for (const cause of ['the answer was lost', 'Homeroll died'] as const) {
    for (const what of ['its still is deleted', 'it is moved'] as const) {
      it(`${what} after ${cause}`, async () => {
        await using home = await TestHousehold.open();
        if (cause === 'the answer was lost') await home.comeBack([{ endpoint: 'POST /assets', nth: 1, fault: { kind: 'answer-lost' } }]);
        await home.write('IMG_1.HEIC');
        await home.write('IMG_1.MOV');
        if (cause === 'the answer was lost') await home.once();
        else await home.onceUntilCrash('after upload');
        await home.goAway();
        if (what === 'it is moved') await home.move('IMG_1.MOV', 'party.MOV');
        else await home.remove('IMG_1.HEIC');
        await home.once();
        await home.comeBack();
        home.clock.leap(3_600_000);
        await home.once();
        assert.equal(await visibilityOf(home, 'IMG_1.MOV'), 'timeline');
      });
    }
  }
});

describe('a hidden video of which there is a copy elsewhere is seen by people when', () => {
  async function withTwoUnsentStills(): Promise<TestHousehold> {
    const home = await TestHousehold.open();
    await home.comeBack([refusing]);
    for (const folder of ['a', 'b']) await home.write(`${folder}/IMG_1.HEIC`);
    await home.once();
    await home.comeBack();
    for (const folder of ['a', 'b']) await home.write(`${folder}/IMG_1.MOV`, video);
    await home.once();
    return home;
  }

  for (const becomes of ['is deleted', 'is edited'] as const) {
    it(`the one beside its still ${becomes}`, async () => {
      await using home = await withUnsentStill();
      await home.write('album/clip.MOV', video);
      await home.once();
      if (becomes === 'is edited') await home.write('IMG_1.MOV', 'edited');
      else for (const name of ['IMG_1.HEIC', 'IMG_1.MOV']) await home.remove(name);
      await home.once();
      assert.equal(await visibilityOf(home, 'IMG_1.MOV'), 'timeline');
    });
  }

  it('one still leaves, and then the other picture', async () => {
    await using home = await withTwoUnsentStills();
    await home.remove('a/IMG_1.HEIC');
    await home.once();
    for (const name of ['b/IMG_1.HEIC', 'b/IMG_1.MOV']) await home.remove(name);
    await home.once();
    assert.deepEqual(home.states(), { 'a/IMG_1.MOV': 'safe' });
    assert.equal(await visibilityOf(home, 'IMG_1.MOV'), 'timeline');
  });

  it('the copy left, and then the still', async () => {
    await using home = await withTwoUnsentStills();
    await home.remove('b/IMG_1.MOV');
    await home.once();
    await home.remove('a/IMG_1.HEIC');
    await home.once();
    await home.order('retry');
    assert.equal(await visibilityOf(home, 'IMG_1.MOV'), 'timeline');
  });
});

describe('a hidden video is seen by people the night after', () => {
  it('its own file left as well', async () => {
    await using home = await withUnsentStill();
    for (const name of ['IMG_1.HEIC', 'IMG_1.MOV']) await home.remove(name);
    await home.once();
    await home.verify();
    assert.equal(await visibilityOf(home, 'IMG_1.MOV'), 'timeline');
    const asked = home.asked.length;
    await home.verify();
    assert.deepEqual(
      home.asked.slice(asked).filter((question) => question.startsWith('PUT')),
      [],
    );
  });

  it('it was edited, before its still could be sent', async () => {
    await using home = await withUnsentStill();
    await home.write('IMG_1.MOV', 'edited');
    await home.once();
    await home.order('retry');
    await home.verify();
    assert.equal(await visibilityOf(home, 'IMG_1.MOV'), 'timeline');
    const still = await home.asset('IMG_1.HEIC');
    assert.equal(await visibilityOf(home, 'IMG_1.MOV', 'edited'), 'hidden');
    assert.ok(still.livePhotoVideoId);
  });
});

describe('a still that moves away', () => {
  it('while its video is just being looked after leaves that to be looked after once more', async () => {
    await using home = await withUnsentStill();
    const { journal } = home;
    const [still, half] = [home.file('IMG_1.HEIC'), home.file('IMG_1.MOV')];
    assert.ok(still && half);
    journal.files.update(half.id, { state: 'proven' });
    // As a sweep writes it between the answer of a step and its commit.
    journal.files.update(still.id, { name: Buffer.from('party.HEIC'), stem: Buffer.from('party') });
    const proven = home.file('IMG_1.MOV');
    assert.ok(proven);
    journal.transaction(() => applyEvent(journal, proven, 'organised', { nowMs: home.clock.now() }));
    assert.equal(home.state('IMG_1.MOV'), 'proven');
  });
});
