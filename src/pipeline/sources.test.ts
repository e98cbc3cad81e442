import assert from 'node:assert/strict';
import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { TestHousehold } from '../../test/kit/household.ts';
import { LeapClock } from '../../test/kit/leap-clock.ts';
import { SimulatedDisk } from '../../test/simulation/disk.ts';
import { DiskError } from '../files/index.ts';

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

describe('a folder that goes and comes back while steps have its files in hand', () => {
  it('is listened to anew', async () => {
    const clock = new LeapClock();
    const disk = new SimulatedDisk(clock);
    await using home = await TestHousehold.open({
      clock,
      disk,
      sources: [{ folder: '/share', name: 'Share', when: { kind: 'new media' } }],
    });
    const share = Buffer.from('/share');
    disk.makeFolder(share);
    const running = await home.run();
    await home.until(() => home.watcher.isListening && home.journal.sources.all()[0]?.sweptAtMs !== undefined);
    const stateOfShare = (): string | undefined => home.journal.sources.all()[0]?.state;
    const arrives = (name: string): void => {
      disk.write(Buffer.from(`/share/${name}`), Buffer.from(name));
      home.watcher.hint(Buffer.from(name));
    };
    home.onLook = async (question, path) => {
      if (question !== 'open' || home.state('b.jpg', 'Share') !== 'missing') return;
      if (path === '/share/a.jpg') disk.unmount(share);
      if (path !== '/share/b.jpg') return;
      // It is about to be sent. Another finds the folder away; this one finds it back before its keeper looks.
      arrives('a.jpg');
      await home.until(() => stateOfShare() === 'away');
      home.onLook = () => undefined;
      disk.mount(share, 'same');
      home.watcher.deafen();
      throw new DiskError('vanished', share);
    };
    arrives('b.jpg');
    await home.until(() => home.watcher.isListening && home.numbers().safe === 2);
    await running.stop();
  });
});
