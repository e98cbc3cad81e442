import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { TestHousehold } from '../../test/kit/household.ts';
import { checksumOf, withUnsentEdit } from '../../test/kit/live-photos.ts';
import { DiskError } from '../files/index.ts';

/** The stills are safe, and then comes their video, which Immich does not take. */
async function withVideoTooLarge(...stills: readonly string[]): Promise<TestHousehold> {
  const home = await TestHousehold.open();
  for (const name of stills) {
    await home.write(name);
    await home.once();
  }
  await home.comeBack([{ endpoint: 'POST /assets', fault: { kind: 'status', status: 413 } }]);
  await home.write('IMG_1.MOV');
  await home.once();
  return home;
}

describe('a live photo', () => {
  it('with a half that cannot be read goes up without it, and gets it once it can be', async () => {
    await using home = await TestHousehold.open();
    await home.write('IMG_1.HEIC');
    await home.write('IMG_1.MOV');
    home.onLook = (question, path) => {
      if (question === 'open' && path.endsWith('.MOV')) throw new DiskError('forbidden', Buffer.from(path));
    };
    for (let tries = 0; tries < 3; tries += 1) {
      await home.once();
      home.clock.leap(3_600_000);
    }
    await home.once();
    assert.deepEqual(home.states(), { 'IMG_1.HEIC': 'safe', 'IMG_1.MOV': 'settled' });
    home.onLook = () => undefined;
    home.clock.leap(3_600_000);
    await home.once();
    assert.deepEqual(home.states(), { 'IMG_1.HEIC': 'safe', 'IMG_1.MOV': 'safe' });
    const [still, motion] = await home.assets();
    assert.equal(still?.livePhotoVideoId, motion?.id);
  });

  it('whose still was deleted counts the half that needs a person for itself', async () => {
    await using home = await withVideoTooLarge('IMG_1.HEIC');
    assert.deepEqual(home.states(), { 'IMG_1.HEIC': 'blocked', 'IMG_1.MOV': 'blocked' });
    await home.remove('IMG_1.HEIC');
    await home.once();
    assert.equal(home.numbers().blocked, 1);
  });

  it('is safe again once the half that needed a person is gone', async () => {
    await using home = await withVideoTooLarge('IMG_1.HEIC');
    assert.deepEqual(home.states(), { 'IMG_1.HEIC': 'blocked', 'IMG_1.MOV': 'blocked' });
    await home.remove('IMG_1.MOV');
    await home.once();
    assert.deepEqual(home.states(), { 'IMG_1.HEIC': 'safe' });
    assert.equal(home.numbers().blocked, 0);
  });

  it('whose still Immich had from elsewhere is joined to its video all the same', async () => {
    await using home = await TestHousehold.open();
    await home.upload('elsewhere.HEIC', 'the still');
    await home.write('IMG_1.MOV');
    await home.once();
    await home.write('IMG_1.HEIC', 'the still');
    await home.once();
    const assets = await home.assets();
    const still = assets.find(({ originalFileName }) => originalFileName === 'elsewhere.HEIC');
    const video = assets.find(({ originalFileName }) => originalFileName === 'IMG_1.MOV');
    assert.deepEqual([still?.livePhotoVideoId, video?.visibility], [video?.id, 'hidden']);
    assert.deepEqual(home.states(), { 'IMG_1.HEIC': 'safe', 'IMG_1.MOV': 'safe' });
  });

  it('whose still was edited and deleted before the new one was sent stays joined to the one before', async () => {
    await using home = await withUnsentEdit();
    await home.comeBack();
    await home.remove('IMG_1.HEIC');
    await home.once();
    const video = (await home.assets()).find(({ originalFileName }) => originalFileName === 'IMG_1.MOV');
    assert.deepEqual([home.state('IMG_1.MOV'), video?.visibility], ['safe', 'hidden']);
  });

  it('whose video was edited moves as the new one does, and the one before is a video that people can see', async () => {
    await using home = await TestHousehold.open();
    await home.write('IMG_1.HEIC');
    await home.write('IMG_1.MOV');
    await home.once();
    await home.write('IMG_1.MOV', 'edited');
    await home.once();
    assert.deepEqual(home.states(), { 'IMG_1.HEIC': 'safe', 'IMG_1.MOV': 'safe' });
    const still = (await home.assets()).find(({ originalFileName }) => originalFileName === 'IMG_1.HEIC');
    const videos = (await home.assets()).filter(({ originalFileName }) => originalFileName === 'IMG_1.MOV');
    assert.equal(videos.length, 2);
    const linked = videos.find(({ id }) => id === still?.livePhotoVideoId);
    assert.equal(linked?.checksum, checksumOf('IMG_1.MOV', 'edited'));
    assert.deepEqual(
      videos.map(({ id, visibility }) => `${id === linked?.id ? 'the new one' : 'the one before'}: ${visibility}`).toSorted(),
      ['the new one: hidden', 'the one before: timeline'],
    );
  });

  it('that its owner linked with another video stays as they did it, though the video on disk is edited', async () => {
    await using home = await TestHousehold.open();
    await home.write('IMG_1.HEIC');
    await home.write('IMG_1.MOV');
    await home.write('other.mp4');
    await home.once();
    const assets = await home.assets();
    const idOf = (name: string): string | undefined => assets.find(({ originalFileName }) => originalFileName === name)?.id;
    await home.byHand('PUT', `/assets/${idOf('IMG_1.HEIC')}`, { livePhotoVideoId: idOf('other.mp4') });
    await home.write('IMG_1.MOV', 'edited');
    await home.once();
    const still = (await home.assets()).find(({ originalFileName }) => originalFileName === 'IMG_1.HEIC');
    assert.equal(still?.livePhotoVideoId, idOf('other.mp4'));
    assert.deepEqual(home.states(), { 'IMG_1.HEIC': 'safe', 'IMG_1.MOV': 'safe', 'other.mp4': 'safe' });
    // Hidden and linked to nothing, nobody would ever see it.
    const edited = (await home.assets()).find(({ checksum }) => checksum === checksumOf('IMG_1.MOV', 'edited'));
    assert.equal(edited?.visibility, 'timeline');
  });

  it('whose video its owner erased before the still was sent goes up as a still', async () => {
    await using home = await TestHousehold.open();
    await home.comeBack([{ endpoint: 'POST /assets', nth: 2, fault: { kind: 'status', status: 500 } }]);
    await home.write('IMG_1.HEIC');
    await home.write('IMG_1.MOV');
    await home.once();
    assert.deepEqual(home.states(), { 'IMG_1.HEIC': 'missing', 'IMG_1.MOV': 'proven' });
    const [video] = await home.assets();
    await home.byHand('DELETE', '/assets', { ids: [video?.id], force: true });
    home.clock.leap(3_600_000);
    await home.once();
    assert.deepEqual(home.states(), { 'IMG_1.HEIC': 'safe', 'IMG_1.MOV': 'letGo' });
    assert.deepEqual(
      (await home.assets()).map(({ originalFileName }) => originalFileName),
      ['IMG_1.HEIC'],
    );
  });

  it('in which two photos share the name gives the video to one of them only', async () => {
    await using home = await TestHousehold.open();
    for (const name of ['IMG_1.HEIC', 'IMG_1.JPG', 'IMG_1.MOV']) await home.write(name);
    await home.once();
    const linked = (await home.assets()).flatMap(({ originalFileName, livePhotoVideoId }) => (livePhotoVideoId ? [originalFileName] : []));
    assert.deepEqual(linked, ['IMG_1.HEIC']);
  });

  it('in which two photos share the name is blocked as the live photo, not as the other one', async () => {
    await using home = await withVideoTooLarge('IMG_1.DNG', 'IMG_1.HEIC');
    assert.deepEqual(home.states(), { 'IMG_1.DNG': 'safe', 'IMG_1.HEIC': 'blocked', 'IMG_1.MOV': 'blocked' });
  });
});
