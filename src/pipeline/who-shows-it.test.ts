/** Which still shows a live photo's video in Immich: its own, until its owner says otherwise. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { filmOf } from '../../test/kit/halves.ts';
import { TestHousehold } from '../../test/kit/household.ts';
import {
  assetOf,
  order,
  refusing,
  visibilityOf,
  withLivePhoto,
  withUnprovenVideo,
  withUnsentEdit,
  withUnsentStill,
} from '../../test/kit/live-photos.ts';
import { parseTemplate } from '../domain/index.ts';

describe('a stored video is joined to its still', () => {
  it('in another format, when the one that it was to go with leaves before it is sent', async () => {
    await using home = await TestHousehold.open();
    await home.comeBack([refusing]);
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
    await using home = await withUnsentEdit();
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
    await using home = await withLivePhoto();
    const still = await home.asset('IMG_1.HEIC');
    await home.byHand('PUT', `/assets/${still.id}`, { livePhotoVideoId: null });
    await home.touch('IMG_1.HEIC');
    await home.touch('IMG_1.MOV');
    await home.once();
    assert.deepEqual(home.states(), { 'IMG_1.HEIC': 'safe', 'IMG_1.MOV': 'safe' });
    assert.equal((await home.asset('IMG_1.HEIC')).livePhotoVideoId ?? undefined, undefined);
    assert.equal(await visibilityOf(home, 'IMG_1.MOV'), 'timeline');
  });

  it('stays apart when the still is edited', async () => {
    await using home = await withLivePhoto();
    await home.byHand('PUT', `/assets/${(await home.asset('IMG_1.HEIC')).id}`, { livePhotoVideoId: null });
    await home.write('IMG_1.HEIC', 'edited');
    await home.once();
    assert.deepEqual(home.states(), { 'IMG_1.HEIC': 'safe', 'IMG_1.MOV': 'safe' });
    assert.equal((await assetOf(home, 'edited')).livePhotoVideoId ?? undefined, undefined);
    assert.equal(await visibilityOf(home, 'IMG_1.MOV'), 'timeline');
  });

  it('stays apart though it was joined while the key might do nothing else', async () => {
    await using home = await TestHousehold.open({ sources: [{ albums: [{ template: parseTemplate('Ours'), isAdoptable: false }] }] });
    const full = home.config.immich.accounts[0]?.key.reveal() ?? '';
    const permissions = ['user.read', 'asset.upload', 'asset.read', 'asset.download', 'asset.update', 'album.read'];
    const { secret } = (await home.byHand('POST', '/api-keys', { name: 'less', permissions })) as { secret: string };
    await home.upload('IMG_1.HEIC', 'the bytes of IMG_1.HEIC');
    const { id } = await home.asset('IMG_1.HEIC');
    await home.byHand('DELETE', '/assets', { ids: [id] });
    await home.write('IMG_1.HEIC');
    await home.once();
    await home.write('IMG_1.MOV');
    await home.once();
    await home.byHand('POST', '/trash/restore/assets', { ids: [id] });
    home.useKey('anna', secret);
    await home.order('retry');
    assert.equal((await home.asset('IMG_1.HEIC')).livePhotoVideoId, (await home.asset('IMG_1.MOV')).id);
    home.useKey('anna', full);
    await home.byHand('PUT', `/assets/${id}`, { livePhotoVideoId: null });
    home.clock.leap(86_400_000);
    await home.once();
    assert.deepEqual(home.states(), { 'IMG_1.HEIC': 'safe', 'IMG_1.MOV': 'safe' });
    assert.equal((await home.asset('IMG_1.HEIC')).livePhotoVideoId ?? undefined, undefined);
  });
});

describe('a video whose still its owner put away in Immich is put away with it', () => {
  for (const [where, put] of [
    ['the trash', (home: TestHousehold, id: string) => home.byHand('DELETE', '/assets', { ids: [id] })],
    ['the locked folder', (home: TestHousehold, id: string) => home.byHand('PUT', `/assets/${id}`, { visibility: 'locked' })],
  ] as const) {
    it(`in ${where}, also when its file is touched`, async () => {
      await using home = await withLivePhoto();
      await put(home, (await home.asset('IMG_1.HEIC')).id);
      await home.touch('IMG_1.MOV');
      await home.once();
      assert.notEqual(await visibilityOf(home, 'IMG_1.MOV'), 'timeline');
    });
  }
});

describe('an edited video', () => {
  it('that is edited back is shown by its still again', async () => {
    await using home = await withLivePhoto();
    await home.write('IMG_1.MOV', 'edited');
    await home.once();
    assert.equal((await home.asset('IMG_1.HEIC')).livePhotoVideoId, (await assetOf(home, 'edited')).id);
    await home.write('IMG_1.MOV');
    await home.once();
    assert.equal((await home.asset('IMG_1.HEIC')).livePhotoVideoId, (await assetOf(home, 'the bytes of IMG_1.MOV')).id);
    assert.equal(await visibilityOf(home, 'IMG_1.MOV'), 'hidden');
  });

  it('is shown by its still though another account has the one before', async () => {
    await using home = await TestHousehold.open({ sources: [{}, { name: 'Card', account: 'ben' }] });
    for (const source of ['Phone', 'Card']) {
      await home.write('IMG_1.HEIC', 'the still', source);
      await home.write('IMG_1.MOV', 'the video', source);
    }
    await home.once();
    await home.write('IMG_1.MOV', 'edited');
    await home.once();
    assert.equal((await assetOf(home, 'the still')).livePhotoVideoId, (await assetOf(home, 'edited')).id);
  });
});

describe('a copy of a still in another format', () => {
  it('does not take the video of the one that left the disk', async () => {
    await using home = await TestHousehold.open();
    for (const name of ['IMG_1.HEIC', 'IMG_1.JPG', 'IMG_1.MOV']) await home.write(name);
    await home.once();
    await home.remove('IMG_1.HEIC');
    await home.touch('IMG_1.JPG');
    await home.once();
    const { livePhotoVideoId } = await home.asset('IMG_1.HEIC');
    assert.equal(livePhotoVideoId, (await home.asset('IMG_1.MOV')).id);
    assert.equal((await home.asset('IMG_1.JPG')).livePhotoVideoId ?? undefined, undefined);
  });
});

describe('a still that showed a film of its moment', () => {
  /** The film has no identifier, and nothing better was there. */
  async function withFilmOfTheMoment(): Promise<TestHousehold> {
    const home = await TestHousehold.open({ sources: [{ albums: [{ template: parseTemplate('{year}'), isAdoptable: false }] }] });
    await home.write('IMG_1.HEIC');
    await home.write('IMG_1.mp4', filmOf('of the moment', { isMarked: false }));
    await home.once();
    assert.equal((await home.asset('IMG_1.mp4')).visibility, 'hidden');
    return home;
  }

  async function isShownInPlaceOfIt(home: TestHousehold): Promise<void> {
    const half = await home.asset('IMG_1.MOV');
    assert.equal((await home.asset('IMG_1.HEIC')).livePhotoVideoId, half.id);
    assert.deepEqual([half.visibility, (await home.asset('IMG_1.mp4')).visibility], ['hidden', 'timeline']);
    assert.deepEqual([home.file('IMG_1.MOV')?.role, home.file('IMG_1.mp4')?.role], ['motion', 'main']);
    const members = await Promise.all((await home.albums()).map(({ id }) => home.members(id)));
    assert.ok(members.flat().includes('IMG_1.mp4'));
    assert.equal(home.numbers().safe, 2);
  }

  it('shows the half with its identifier once that comes, and the other is seen by itself', async () => {
    await using home = await withFilmOfTheMoment();
    await home.write('IMG_1.MOV');
    await home.once();
    await isShownInPlaceOfIt(home);
  });

  it('lets the other be seen, too, when Immich itself was quicker to join the two', async () => {
    await using home = await withFilmOfTheMoment();
    await home.comeBack([{ endpoint: 'GET /assets/:id/original', fault: { kind: 'status', status: 500 } }]);
    await home.write('IMG_1.MOV');
    await home.once();
    const [still, half] = [await home.asset('IMG_1.HEIC'), await home.asset('IMG_1.MOV')];
    await home.byHand('PUT', `/assets/${still.id}`, { livePhotoVideoId: half.id });
    await home.comeBack();
    home.clock.leap(3_600_000);
    await home.once();
    await isShownInPlaceOfIt(home);
  });

  it('keeps the film that its owner gave it after that', async () => {
    await using home = await withFilmOfTheMoment();
    await home.write('IMG_1.MOV');
    await home.once();
    const [still, other] = [await home.asset('IMG_1.HEIC'), await home.asset('IMG_1.mp4')];
    await home.byHand('PUT', `/assets/${still.id}`, { livePhotoVideoId: other.id });
    for (const name of ['IMG_1.mp4', 'IMG_1.MOV', 'IMG_1.HEIC']) await home.touch(name);
    await home.once();
    assert.equal((await home.asset('IMG_1.HEIC')).livePhotoVideoId, other.id);
  });
});
