/** A still that carries a film of its own: Immich shows that one, and deletes any other that is linked. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { filmOf } from '../../test/kit/halves.ts';
import { TestHousehold } from '../../test/kit/household.ts';
import { motionPhotoOf, motionPhotoWays } from '../../test/kit/motion-photos.ts';

const film = filmOf('the film', { isMarked: false });
const another = filmOf('another film', { isMarked: false });
const ofName = async (home: TestHousehold, name: string) => (await home.assets()).find(({ originalFileName }) => originalFileName === name);

const orders = ['still first', 'film first', 'together'] as const;

/** A still and a film, in this order; then all is looked at twice. */
async function arrive(home: TestHousehold, order: (typeof orders)[number], files: Readonly<Record<string, Buffer>>): Promise<void> {
  const inOrder = order === 'film first' ? Object.entries(files).toReversed() : Object.entries(files);
  for (const [index, [name, content]] of inOrder.entries()) {
    if (index > 0 && order !== 'together') await home.once();
    await home.write(name, content);
  }
  await home.once();
  await home.once();
}

describe('a long film within a still', () => {
  it('is taken out by Immich, and whole', async () => {
    await using home = await TestHousehold.open();
    const long = filmOf(Buffer.alloc(3_000_000, 1), { isMarked: false });
    await home.write('PXL_1.jpg', motionPhotoOf(long, 'container'));
    await home.write('PXL_1.mp4', another);
    await home.once();
    const taken = (await home.assets()).find(({ originalFileName }) => originalFileName === 'film.mp4');
    assert.equal(taken?.visibility, 'hidden');
    assert.equal((await ofName(home, 'PXL_1.jpg'))?.livePhotoVideoId, taken?.id);
    assert.deepEqual(home.states(), { 'PXL_1.jpg': 'safe', 'PXL_1.mp4': 'safe' });
  });
});

for (const way of motionPhotoWays.filter((one) => one !== 'Samsung, by its place')) {
  const still = way === 'HEIC' ? 'PXL_1.HEIC' : 'PXL_1.jpg';
  describe(`a still that carries a film (${way})`, () => {
    for (const order of orders) {
      it(`is not joined to another film of its name, so both stay (${order})`, async () => {
        await using home = await TestHousehold.open();
        await arrive(home, order, { [still]: motionPhotoOf(film, way), 'PXL_1.mp4': another });
        assert.deepEqual(home.states(), { [still]: 'safe', 'PXL_1.mp4': 'safe' });
        assert.equal((await ofName(home, 'PXL_1.mp4'))?.visibility, 'timeline');
        assert.notEqual((await ofName(home, still))?.livePhotoVideoId, (await ofName(home, 'PXL_1.mp4'))?.id);
        assert.equal(home.numbers().safe, 2);
      });

      it(`is joined to that very film (${order})`, async () => {
        await using home = await TestHousehold.open();
        await arrive(home, order, { [still]: motionPhotoOf(film, way), 'PXL_1.mp4': film });
        assert.deepEqual(home.states(), { [still]: 'safe', 'PXL_1.mp4': 'safe' });
        const [pair] = (await home.assets()).filter(({ originalFileName }) => originalFileName === still);
        assert.equal(pair?.livePhotoVideoId, home.file('PXL_1.mp4')?.assetId);
        assert.equal(home.numbers().safe, 1);
      });
    }
  });
}
