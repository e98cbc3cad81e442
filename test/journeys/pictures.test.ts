/** Files that belong together: live photos and sidecars. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { House } from './house.ts';

for (const version of ['2.7.5', '3.1.0'] as const) {
  describe(`a live photo (Immich ${version})`, () => {
    for (const { how, days } of [
      { how: 'that comes whole', days: [['IMG_1.HEIC', 'IMG_1.MOV']] },
      { how: 'whose video comes a day later', days: [['IMG_1.HEIC'], ['IMG_1.MOV']] },
      { how: 'whose still comes a day later', days: [['IMG_1.MOV'], ['IMG_1.HEIC']] },
    ]) {
      it(`${how} is one picture: the video hidden, linked to its still`, async () => {
        await using house = await House.open({ version, sources: [{ albums: ['Live'] }] });
        for (const names of days) {
          for (const name of names) await house.write(name);
          const { code, stderr } = await house.once();
          assert.equal(code, 0, stderr);
        }
        const [still, motion, ...others] = await house.immich.assets();
        assert.deepEqual(others, []);
        assert.equal(still?.livePhotoVideoId, motion?.id);
        assert.deepEqual([still?.visibility, motion?.visibility], ['timeline', 'hidden']);
        assert.deepEqual(await house.places(), { 'IMG_1.HEIC': 'safe', 'IMG_1.MOV': 'safe' });
        const again = await house.once();
        assert.equal(again.answer?.files.safe, 1, 'counted as one');
        assert.deepEqual([again.answer?.work.uploads, again.answer?.work.filesOpened], [0, 0]);
      });
    }
  });
}

describe('a sidecar', () => {
  it('goes along with its picture', async () => {
    await using house = await House.open();
    await house.write('a.jpg');
    await house.write('a.jpg.xmp', '<x:xmpmeta/>');
    assert.equal((await house.once()).code, 0);
    assert.deepEqual(await house.places(), { 'a.jpg': 'safe', 'a.jpg.xmp': 'sent' });
    assert.equal((await house.immich.assets()).length, 1);
  });

  it('that comes after its picture stays at home, and `why` says why', async () => {
    await using house = await House.open();
    await house.write('a.jpg');
    assert.equal((await house.once()).code, 0);
    await house.write('a.jpg.xmp', '<x:xmpmeta/>');
    const { code, answer } = await house.once();
    assert.deepEqual([code, answer?.work.uploads], [0, 0]);
    const { state, reason } = await house.why('a.jpg.xmp');
    assert.equal(state, 'left');
    assert.match(reason ?? '', /Immich/);
  });
});
