/** A live photo's video goes up hidden, before its still. When that still will not come, hidden it would be seen by nobody. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, it } from 'node:test';
import { TestHousehold } from '../../test/kit/household.ts';
import { parseTemplate } from '../domain/index.ts';

/** The still comes first, and Immich does not take it; its video is stored, hidden. */
async function withUnsentStill(): Promise<TestHousehold> {
  const home = await TestHousehold.open();
  await home.comeBack([{ endpoint: 'POST /assets', fault: { kind: 'status', status: 413 } }]);
  await home.write('IMG_1.HEIC');
  await home.once();
  await home.comeBack();
  await home.write('IMG_1.MOV');
  await home.once();
  assert.deepEqual(home.states(), { 'IMG_1.HEIC': 'blocked', 'IMG_1.MOV': 'safe' });
  assert.equal(await visibilityOf(home, 'IMG_1.MOV'), 'hidden');
  return home;
}

/** The still is stored; of its video, which came later, nothing can be read back until now. */
async function withUnprovenVideo(): Promise<TestHousehold> {
  const home = await TestHousehold.open();
  await home.write('IMG_1.HEIC');
  await home.once();
  await home.comeBack([{ endpoint: 'GET /assets/:id/original', fault: { kind: 'status', status: 500 } }]);
  await home.write('IMG_1.MOV');
  await home.once();
  assert.deepEqual(home.states(), { 'IMG_1.HEIC': 'joining', 'IMG_1.MOV': 'stored' });
  await home.comeBack();
  return home;
}

async function visibilityOf(home: TestHousehold, name: string, content = `the bytes of ${name}`): Promise<string | undefined> {
  const checksum = createHash('sha1').update(content).digest('base64');
  return (await home.assets()).find((asset) => asset.checksum === checksum)?.visibility;
}

async function order(home: TestHousehold, kind: 'keep' | 'let go', name: string): Promise<void> {
  await home.order(kind, home.path(name).toString('base64'));
}

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
    await home.comeBack([{ endpoint: 'POST /assets', fault: { kind: 'status', status: 413 } }]);
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
    await using home = await TestHousehold.open();
    await home.write('IMG_1.HEIC');
    await home.write('IMG_1.MOV');
    await home.once();
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
    await home.comeBack([{ endpoint: 'POST /assets', fault: { kind: 'status', status: 413 } }]);
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

describe('a stored video is joined to its still', () => {
  it('in another format, when the one that it was to go with leaves before it is sent', async () => {
    await using home = await TestHousehold.open();
    await home.comeBack([{ endpoint: 'POST /assets', fault: { kind: 'status', status: 413 } }]);
    await home.write('IMG_1.HEIC');
    await home.once();
    await home.comeBack();
    await home.write('IMG_1.JPG');
    await home.write('IMG_1.MOV');
    await home.once();
    assert.deepEqual(home.states(), { 'IMG_1.HEIC': 'blocked', 'IMG_1.JPG': 'safe', 'IMG_1.MOV': 'safe' });
    await home.remove('IMG_1.HEIC');
    await home.once();
    const video = await home.asset('IMG_1.MOV');
    assert.deepEqual([(await home.asset('IMG_1.JPG')).livePhotoVideoId, video.visibility], [video.id, 'hidden']);
  });

  it('as it was before an edit, whatever became of the file since', async () => {
    await using home = await TestHousehold.open();
    await home.write('IMG_1.HEIC');
    await home.write('IMG_1.MOV');
    await home.once();
    await home.comeBack([{ endpoint: 'POST /assets', fault: { kind: 'status', status: 413 } }]);
    await home.write('IMG_1.HEIC', 'edited');
    await home.once();
    await home.remove('IMG_1.HEIC');
    await home.touch('IMG_1.MOV');
    await home.once();
    assert.deepEqual(home.states(), { 'IMG_1.MOV': 'safe' });
    assert.equal(await visibilityOf(home, 'IMG_1.MOV'), 'hidden');
  });

  it('though both were moved before the still could be sent', async () => {
    await using home = await withUnsentStill();
    await home.move('IMG_1.HEIC', 'party.HEIC');
    await home.move('IMG_1.MOV', 'party.MOV');
    await home.order('retry');
    assert.deepEqual(home.states(), { 'party.HEIC': 'safe', 'party.MOV': 'safe' });
    const still = (await home.assets()).find(({ originalFileName }) => originalFileName === 'party.HEIC');
    const video = (await home.assets()).find(({ originalFileName }) => originalFileName === 'IMG_1.MOV');
    assert.deepEqual([still?.livePhotoVideoId, video?.visibility], [video?.id, 'hidden']);
  });

  it('that was deleted once it was sent', async () => {
    await using home = await withUnprovenVideo();
    await home.remove('IMG_1.HEIC');
    home.clock.leap(3_600_000);
    await home.once();
    const [still, motion] = await home.assets();
    assert.equal(still?.livePhotoVideoId, motion?.id);
    assert.equal(motion?.visibility, 'hidden');
  });

  it('that Immich had from elsewhere, also once its file is gone', { timeout: 30_000 }, async () => {
    await using home = await TestHousehold.open();
    await home.upload('IMG_1.HEIC', 'the still');
    const { id } = await home.asset('IMG_1.HEIC');
    await home.byHand('DELETE', '/assets', { ids: [id] });
    await home.write('IMG_1.HEIC', 'the still');
    await home.once();
    assert.equal(home.state('IMG_1.HEIC'), 'blocked');
    await home.byHand('POST', '/trash/restore/assets', { ids: [id] });
    await home.write('IMG_1.MOV');
    await home.once();
    await home.remove('IMG_1.HEIC');
    await home.once();
    const [still, video] = await home.assets();
    assert.deepEqual([still?.livePhotoVideoId, video?.visibility], [video?.id, 'hidden']);
  });

  it('that Immich has damaged', async () => {
    await using home = await TestHousehold.open();
    await home.write('IMG_1.HEIC');
    await home.once();
    await home.flip('IMG_1.HEIC');
    await home.verify();
    await home.write('IMG_1.MOV');
    await home.once();
    assert.deepEqual(home.states(), { 'IMG_1.HEIC': 'blocked', 'IMG_1.MOV': 'safe' });
    const [still, video] = await home.assets();
    assert.deepEqual([still?.livePhotoVideoId, video?.visibility], [video?.id, 'hidden']);
    // Whatever becomes of its file: in Immich they are one.
    await home.move('IMG_1.MOV', 'party.MOV');
    await home.once();
    assert.equal(await visibilityOf(home, 'IMG_1.MOV'), 'hidden');
  });

  it('that was let go and is kept after all', async () => {
    await using home = await withUnsentStill();
    await order(home, 'let go', 'IMG_1.HEIC');
    await order(home, 'keep', 'IMG_1.HEIC');
    assert.deepEqual(home.states(), { 'IMG_1.HEIC': 'safe', 'IMG_1.MOV': 'safe' });
    const assets = await home.assets();
    const video = assets.find(({ originalFileName }) => originalFileName === 'IMG_1.MOV');
    const still = assets.find(({ originalFileName }) => originalFileName === 'IMG_1.HEIC');
    assert.deepEqual([still?.livePhotoVideoId, video?.visibility], [video?.id, 'hidden']);
    assert.equal(home.numbers().safe, 1);
  });
});

describe('a video that its owner parted from its still in Immich', () => {
  it('stays apart, however often it is looked at again', async () => {
    await using home = await TestHousehold.open();
    await home.write('IMG_1.HEIC');
    await home.write('IMG_1.MOV');
    await home.once();
    const still = await home.asset('IMG_1.HEIC');
    await home.byHand('PUT', `/assets/${still.id}`, { livePhotoVideoId: null });
    await home.touch('IMG_1.HEIC');
    await home.touch('IMG_1.MOV');
    await home.once();
    assert.deepEqual(home.states(), { 'IMG_1.HEIC': 'safe', 'IMG_1.MOV': 'safe' });
    assert.equal((await home.asset('IMG_1.HEIC')).livePhotoVideoId ?? undefined, undefined);
    assert.equal(await visibilityOf(home, 'IMG_1.MOV'), 'timeline');
  });
});
