import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { TestHousehold } from '../../test/kit/household.ts';
import { pathGlob } from '../domain/index.ts';

const uploadsOf = (home: TestHousehold): number => home.timesAsked('POST /api/assets') - home.timesAsked('POST /api/assets/bulk');

for (const version of ['2.7.5', '3.1.0'] as const) {
  describe(`a live photo (Immich ${version})`, () => {
    it('goes up as a hidden video first, then the still with its id; it counts as one', async () => {
      await using home = await TestHousehold.open({ version });
      await home.write('IMG_1.HEIC');
      await home.write('IMG_1.MOV');
      await home.once();
      const [still, motion] = await home.assets();
      assert.equal(still?.originalFileName, 'IMG_1.HEIC');
      assert.equal(still.livePhotoVideoId, motion?.id);
      assert.equal(motion?.visibility, 'hidden');
      assert.equal(home.numbers().safe, 1);
      assert.equal(home.timesAsked('PUT /api/assets/'), 0, 'nothing was left to link');
    });

    it('whose motion half comes days later gets it, hidden and linked', async () => {
      await using home = await TestHousehold.open({ version });
      await home.write('IMG_1.HEIC');
      await home.once();
      await home.write('IMG_1.MOV');
      await home.once();
      const [still, motion] = await home.assets();
      assert.equal(still?.livePhotoVideoId, motion?.id);
      assert.equal(motion?.visibility, 'hidden');
      assert.deepEqual(home.history('IMG_1.HEIC').slice(-4), ['safe', 'joining', 'proven', 'safe']);
      assert.equal(home.numbers().safe, 1);
    });

    it('whose still comes days after the video is made one all the same', async () => {
      await using home = await TestHousehold.open({ version });
      await home.write('IMG_1.MOV');
      await home.once();
      assert.equal(home.numbers().safe, 1);
      await home.write('IMG_1.HEIC');
      await home.once();
      const [still, motion] = await home.assets();
      assert.equal(still?.livePhotoVideoId, motion?.id);
      assert.equal(motion?.visibility, 'hidden');
      assert.deepEqual(home.states(), { 'IMG_1.MOV': 'safe', 'IMG_1.HEIC': 'safe' });
      assert.equal(home.numbers().safe, 1);
    });

    it('whose still Immich has already is linked to it', async () => {
      await using home = await TestHousehold.open({ version, sources: [{}, { name: 'Card' }] });
      await home.write('other.HEIC', 'the still', 'Card');
      await home.once();
      await home.write('IMG_1.HEIC', 'the still');
      await home.write('IMG_1.MOV');
      await home.once();
      const [motion, still] = await home.assets();
      assert.equal(still?.livePhotoVideoId, motion?.id);
      assert.equal(motion?.visibility, 'hidden');
    });

    it('is done once: touching its files links and sends nothing again', async () => {
      await using home = await TestHousehold.open({ version });
      await home.write('IMG_1.HEIC');
      await home.write('IMG_1.MOV');
      await home.once();
      const [still] = await home.assets();
      const uploads = uploadsOf(home);
      await home.touch('IMG_1.HEIC');
      await home.touch('IMG_1.MOV');
      await home.once();
      assert.equal(uploadsOf(home), uploads);
      assert.deepEqual(home.states(), { 'IMG_1.HEIC': 'safe', 'IMG_1.MOV': 'safe' });
      assert.equal((await home.assets())[0]?.id, still?.id);
    });
  });
}

describe('a picture of several files', () => {
  it('does not wait for a motion half that was renamed away', async () => {
    await using home = await TestHousehold.open();
    // The video cannot be sent yet, so the still waits for it.
    await home.comeBack([{ endpoint: 'POST /assets', fault: { kind: 'status', status: 500 } }]);
    await home.write('IMG_1.HEIC');
    await home.write('IMG_1.MOV');
    await home.once();
    assert.deepEqual(home.states(), { 'IMG_1.HEIC': 'missing', 'IMG_1.MOV': 'missing' });
    await home.comeBack();
    await home.move('IMG_1.MOV', 'elsewhere/clip.MOV');
    // Seen at its new place before its next try is due.
    await home.once();
    home.clock.leap(3_600_000);
    await home.once();
    assert.deepEqual(home.states(), { 'IMG_1.HEIC': 'safe', 'elsewhere/clip.MOV': 'safe' });
    // Nobody's half any more, so it is a video of its own that people can see.
    assert.deepEqual(
      (await home.assets()).map(({ visibility }) => visibility),
      ['timeline', 'timeline'],
    );
    assert.equal(home.numbers().safe, 2);
  });

  it('does not wait for a late motion half that the still was renamed away from', async () => {
    await using home = await TestHousehold.open();
    await home.write('IMG_1.HEIC');
    await home.once();
    await home.comeBack([{ endpoint: 'POST /assets', fault: { kind: 'status', status: 500 } }]);
    await home.write('IMG_1.MOV');
    await home.once();
    assert.deepEqual(home.states(), { 'IMG_1.HEIC': 'joining', 'IMG_1.MOV': 'missing' });
    await home.comeBack();
    await home.move('IMG_1.HEIC', 'elsewhere/still.HEIC');
    await home.once();
    home.clock.leap(3_600_000);
    await home.once();
    assert.deepEqual(home.states(), { 'elsewhere/still.HEIC': 'safe', 'IMG_1.MOV': 'safe' });
  });

  it('leaves a motion half whose still was deleted before it went up as a video that people can see', async () => {
    await using home = await TestHousehold.open();
    await home.comeBack([{ endpoint: 'POST /assets', fault: { kind: 'status', status: 500 } }]);
    await home.write('IMG_1.HEIC');
    await home.write('IMG_1.MOV');
    await home.once();
    await home.comeBack();
    await home.remove('IMG_1.HEIC');
    await home.once();
    home.clock.leap(3_600_000);
    await home.once();
    assert.deepEqual(home.states(), { 'IMG_1.MOV': 'safe' });
    assert.equal((await home.assets())[0]?.visibility, 'timeline');
    assert.equal(home.numbers().safe, 1);
  });

  it('does not wait for a motion half that was deleted', async () => {
    await using home = await TestHousehold.open();
    await home.comeBack([{ endpoint: 'POST /assets', fault: { kind: 'status', status: 500 } }]);
    await home.write('IMG_1.HEIC');
    await home.write('IMG_1.MOV');
    await home.once();
    await home.comeBack();
    await home.remove('IMG_1.MOV');
    home.clock.leap(3_600_000);
    await home.once();
    assert.deepEqual(home.states(), { 'IMG_1.HEIC': 'safe' });
  });

  it('needs a person when its motion half does, and is freed with it', async () => {
    await using home = await TestHousehold.open();
    await home.comeBack([{ endpoint: 'POST /assets', nth: 1, fault: { kind: 'status', status: 413 } }]);
    await home.write('IMG_1.HEIC');
    await home.write('IMG_1.MOV');
    await home.once();
    assert.deepEqual(home.states(), { 'IMG_1.HEIC': 'blocked', 'IMG_1.MOV': 'blocked' });
    assert.match(home.file('IMG_1.HEIC')?.reason ?? '', /^its motion half: The file is too large/);
    assert.equal(home.numbers().blocked, 1);
    await home.comeBack();
    home.journal.orders.give('retry', undefined, home.clock.now());
    await home.once();
    assert.deepEqual(home.states(), { 'IMG_1.HEIC': 'safe', 'IMG_1.MOV': 'safe' });
    const [still, motion] = await home.assets();
    assert.equal(still?.livePhotoVideoId, motion?.id);
  });

  it('RAW and JPEG go side by side, each for itself', async () => {
    await using home = await TestHousehold.open();
    await home.write('DSC_1.CR2');
    await home.write('DSC_1.JPG');
    await home.once();
    assert.deepEqual(home.states(), { 'DSC_1.CR2': 'safe', 'DSC_1.JPG': 'safe' });
    assert.equal(home.numbers().safe, 2);
  });

  it('a long clip that shares the name of a photo stays a video of its own', async () => {
    await using home = await TestHousehold.open({ sources: [{ rules: [] }] });
    await home.write('A.RAF');
    await home.write('A.mkv');
    await home.once();
    assert.equal(home.numbers().safe, 2);
    assert.ok((await home.assets()).every(({ visibility }) => visibility === 'timeline'));
  });

  it('an unwanted half keeps nobody waiting', async () => {
    const rule = { kind: 'skip', glob: pathGlob('*.MOV'), where: 'homeroll.yaml:7' } as const;
    await using home = await TestHousehold.open({ sources: [{ rules: [rule] }] });
    await home.write('IMG_1.HEIC');
    await home.write('IMG_1.MOV');
    await home.once();
    assert.deepEqual(home.states(), { 'IMG_1.HEIC': 'safe', 'IMG_1.MOV': 'unwanted' });
  });

  it('whose names are no text is known all the same', async () => {
    await using home = await TestHousehold.open();
    const still = Buffer.from([0x49, 0xff, 0xfe, ...Buffer.from('.HEIC')]);
    const motion = Buffer.from([0x49, 0xff, 0xfe, ...Buffer.from('.MOV')]);
    await home.write(still, 'still');
    await home.write(motion, 'motion');
    await home.once();
    assert.deepEqual([home.state(still), home.state(motion)], ['safe', 'safe']);
    assert.equal(home.numbers().safe, 1);
  });
});
