import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { TestHousehold } from '../../test/kit/household.ts';
import { parseTemplate } from '../domain/index.ts';

const steps = ['settle', 'judge', 'hash', 'check', 'upload', 'prove', 'organise'].map((step) => `after ${step}`);
const points = [
  ...steps,
  'before commit',
  'after commit',
  ...['POST /assets', 'POST /albums', 'PUT /albums/:id/assets', 'PUT /tags', 'PUT /tags/assets'].flatMap((order) => [
    `before ${order}`,
    `after ${order}`,
  ]),
  'before announcing',
  'after announcing',
];

const source = {
  // As network: a file must be seen twice, so that settle has something to do.
  identity: 'network' as const,
  albums: [{ template: parseTemplate('Everything'), isAdoptable: false }],
  tags: [parseTemplate('from/{source}')],
};

async function withThreeFiles(): Promise<TestHousehold> {
  const home = await TestHousehold.open({ sources: [source] });
  await home.write('IMG_1.jpg');
  await home.write('IMG_2.HEIC');
  await home.write('IMG_2.MOV');
  return home;
}

/** Everything is there once, and was told once. */
async function assertDoneOnce(home: TestHousehold): Promise<void> {
  assert.deepEqual(home.states(), { 'IMG_1.jpg': 'safe', 'IMG_2.HEIC': 'safe', 'IMG_2.MOV': 'safe' });
  const assets = await home.assets();
  assert.deepEqual(
    assets.map(({ originalFileName, visibility }) => `${originalFileName} ${visibility}`),
    ['IMG_1.jpg timeline', 'IMG_2.HEIC timeline', 'IMG_2.MOV hidden'],
  );
  assert.equal(assets[1]?.livePhotoVideoId, assets[2]?.id);
  const albums = await home.albums();
  assert.deepEqual(
    albums.map(({ albumName, assetCount }) => [albumName, assetCount]),
    [['Everything', 2]],
  );
  assert.deepEqual(
    home.news().map(({ text }) => text),
    ['All 2 photos from Phone are safe.'],
  );
}

describe('every step', () => {
  it('does its part when nothing goes wrong', async () => {
    await using home = await withThreeFiles();
    await home.once();
    await assertDoneOnce(home);
    assert.deepEqual(home.history('IMG_1.jpg'), ['noticed', 'settled', 'wanted', 'hashed', 'missing', 'stored', 'proven', 'safe']);
  });

  for (const point of points) {
    it(`may crash ${point} and nothing is lost, doubled or told twice`, async () => {
      await using home = await withThreeFiles();
      await home.onceUntilCrash(point);
      await home.once();
      await assertDoneOnce(home);
    });
  }

  for (const point of points) {
    it(`may be stopped ${point}, and goes on from there`, async () => {
      await using home = await withThreeFiles();
      await home.onceUntilStopped(point);
      await home.once();
      await assertDoneOnce(home);
    });
  }

  it('asks nobody about files when it runs again and all is known', async () => {
    await using home = await withThreeFiles();
    await home.once();
    home.asked.length = 0;
    home.counts.opens = 0;
    await home.once();
    assert.equal(home.counts.opens, 0);
    assert.deepEqual(
      home.asked.filter((question) => !/server|users\/me/.test(question)),
      [],
    );
    await assertDoneOnce(home);
  });
});
