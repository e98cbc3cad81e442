/** One damaged picture, or a disk that is away: what another one says of it. */
import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import { describe, it } from 'node:test';
import { TestHousehold } from '../../../test/kit/household.ts';

const told = (home: TestHousehold, wanted: string): string[] => home.news().flatMap(({ kind, text }) => (kind === wanted ? [text] : []));

describe('originals that Immich cannot give back', () => {
  it('are no verdict on single pictures when there are none at all', async () => {
    await using home = await TestHousehold.open();
    for (const name of ['a.jpg', 'b.jpg', 'c.jpg', 'd.jpg']) await home.write(name);
    await home.once();
    for (const { id } of await home.assets()) await rm(home.storedPath(id));
    for (let times = 0; times < 2; times += 1) assert.match((await home.verify()).problem ?? '', /gives back no original/);
    assert.equal(home.numbers().safe, 4);
    assert.equal(told(home, 'nothing readable').length, 1);
  });

  for (const isDiskThere of [true, false]) {
    it(`are an alarm though they are the only ones that were due, ${isDiskThere ? 'since' : 'unless'} others ${isDiskThere ? 'can' : 'cannot'} be read`, async () => {
      await using home = await TestHousehold.open({ sources: [{ name: 'Phone' }, { name: 'Share' }] });
      for (const [name, source] of [
        ['a.jpg', 'Phone'],
        ['b.jpg', 'Share'],
      ] as const)
        await home.write(name, name, source);
      await home.once();
      for (const asset of await home.assets()) {
        if (!isDiskThere || asset.originalFileName === 'a.jpg') await rm(home.storedPath(asset.id));
      }
      await home.verify({ kind: 'source', name: 'Phone' });
      assert.deepEqual(
        [told(home, 'proof failed').length, told(home, 'nothing readable').length, home.numbers().safe],
        isDiskThere ? [1, 0, 1] : [0, 1, 2],
      );
    });
  }

  it('are no alarm on the word of a picture that was removed meanwhile, while nothing else can be read', async () => {
    await using home = await TestHousehold.open({ sources: [{ name: 'Phone' }, { name: 'Share' }] });
    await home.write('a.jpg');
    for (const name of ['b.jpg', 'c.jpg']) await home.write(name, name, 'Share');
    await home.once();
    const assets = (await home.assets()).toSorted((one, other) =>
      Buffer.compare(Buffer.from(one.checksum, 'base64'), Buffer.from(other.checksum, 'base64')),
    );
    for (const { id } of assets) await rm(home.storedPath(id));
    // The first that would be asked.
    await home.byHand('DELETE', '/assets', { ids: [assets.find(({ originalFileName }) => originalFileName !== 'a.jpg')?.id] });
    await home.verify({ kind: 'source', name: 'Phone' });
    assert.deepEqual([told(home, 'proof failed').length, told(home, 'nothing readable').length, home.numbers().safe], [0, 1, 3]);
  });
});
