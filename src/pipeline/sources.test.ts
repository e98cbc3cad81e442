import assert from 'node:assert/strict';
import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { TestHousehold } from '../../test/kit/household.ts';

const kinds = (home: TestHousehold): string[] => home.news().map(({ kind }) => kind);

describe('what is known of a folder', () => {
  async function withTwo(): Promise<TestHousehold> {
    const home = await TestHousehold.open({ sources: [{}, { name: 'Card' }] });
    for (const name of 'abcdefgh') {
      await home.write(`${name}.jpg`, `${name} of the phone`);
      await home.write(`card-${name}.jpg`, `${name} of the card`, 'Card');
    }
    await home.once();
    home.counts.opens = 0;
    return home;
  }

  it('stays when two sources swap their names', async () => {
    await using home = await withTwo();
    home.reconfigure({ name: 'Card', folder: home.folder('Phone') }, { name: 'Phone', folder: home.folder('Card') });
    await home.once();
    assert.equal(home.numbers().safe, 16);
    assert.equal(home.counts.opens, 0);
    assert.deepEqual(kinds(home), ['batch safe', 'batch safe']);
  });

  it('stays when a source takes over the name of another that is gone, and comes back with it', async () => {
    await using home = await withTwo();
    const [phone, card] = [home.folder('Phone'), home.folder('Card')];
    home.reconfigure({ name: 'Phone', folder: card });
    await home.once();
    assert.equal(home.counts.opens, 0);
    home.reconfigure({ name: 'Old phone', folder: phone }, { name: 'Phone', folder: card });
    await home.once();
    assert.equal(home.counts.opens, 0);
    assert.equal(home.numbers().safe, 16);
    assert.deepEqual(kinds(home), ['batch safe', 'batch safe']);
  });

  it('is looked up in the source that looks after it now, not in one that it replaced', async () => {
    await using home = await TestHousehold.open();
    await home.write('camera/a.jpg');
    await home.once();
    home.reconfigure({ name: 'Camera', folder: join(home.folder(), 'camera') });
    await home.write('a.jpg', 'edited', 'Camera');
    await home.once();
    const found = home.file('a.jpg', 'Camera');
    assert.equal(found && home.journal.sources.byId(found.sourceId).name, 'Camera');
  });

  it('stays when its folder is moved as a whole', async () => {
    await using home = await withTwo();
    const moved = join(home.folder('Phone'), '..', 'moved');
    await rename(home.folder('Phone'), moved);
    home.reconfigure({ name: 'Phone', folder: moved }, { name: 'Card' });
    await home.once();
    assert.equal(home.counts.opens, 0);
    assert.equal(home.numbers().safe, 16);
  });
});
