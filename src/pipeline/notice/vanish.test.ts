import assert from 'node:assert/strict';
import { rename, symlink } from 'node:fs/promises';
import { describe, it } from 'node:test';
import { TestHousehold } from '../../../test/kit/household.ts';
import { LeapClock } from '../../../test/kit/leap-clock.ts';
import { SimulatedDisk } from '../../../test/simulation/disk.ts';
import { type Disk, DiskError, realDisk } from '../../files/index.ts';

const kinds = (home: TestHousehold): string[] => home.news().map(({ kind }) => kind);

describe('a file that vanishes', () => {
  it('before it was safe is told once', async () => {
    await using home = await TestHousehold.open();
    await home.comeBack([{ endpoint: 'POST /assets', fault: { kind: 'status', status: 500 } }]);
    await home.write('a.jpg');
    await home.once();
    await home.remove('a.jpg');
    await home.once();
    await home.once();
    assert.deepEqual(
      home.news().flatMap(({ kind, text }) => (kind === 'lost before safe' ? [text] : [])),
      ['1 photo left Phone folder before it was safe. It was "a.jpg".'],
    );
  });

  it('just after it changed, before it was safe, is told as well', async () => {
    await using home = await TestHousehold.open();
    await home.write('a.jpg');
    home.onAsk = async (question) => {
      if (question === 'POST /api/assets') await home.write('a.jpg', 'changed while it was sent');
    };
    home.onLook = async () => {
      if (home.history('a.jpg').includes('missing') && home.state('a.jpg') === 'noticed') await home.remove('a.jpg').catch(() => undefined);
    };
    await home.once();
    assert.equal(home.state('a.jpg'), 'gone');
    assert.ok(kinds(home).includes('lost before safe'));
  });

  it('and was only renamed as a step came by is looked for before it is told, and not told', async () => {
    await using home = await TestHousehold.open({ sources: [{ identity: 'network' }] });
    await home.write('a.jpg');
    let isRenamed = false;
    home.onAsk = async (question) => {
      if (isRenamed || !question.endsWith('bulk-upload-check')) return;
      isRenamed = true;
      await home.move('a.jpg', 'b.jpg');
    };
    await home.once();
    assert.deepEqual(home.states(), { 'b.jpg': 'safe' });
    assert.deepEqual(kinds(home), ['batch safe']);
  });

  it('and was only renamed while Homeroll runs is looked for before it is told, though nothing was heard of its new name', async () => {
    await using home = await TestHousehold.open({
      sources: [{ identity: 'network', when: { kind: 'new media' }, sweepEveryMs: 86_400_000 }],
    });
    let isRenamed = false;
    home.onAsk = async (question) => {
      if (isRenamed || !question.endsWith('bulk-upload-check')) return;
      isRenamed = true;
      await home.move('a.jpg', 'b.jpg');
    };
    const running = await home.run();
    await home.until(() => home.watcher.isListening && home.journal.sources.all()[0]?.sweptAtMs !== undefined);
    await home.write('a.jpg');
    home.hint('a.jpg');
    await home.until(() => home.state('a.jpg') === 'gone');
    await home.until(() => {
      home.clock.leap(61_000);
      return home.state('b.jpg') === 'safe';
    });
    await running.stop();
    assert.ok(!kinds(home).includes('lost before safe'), `${kinds(home)}`);
  });

  it('while its bytes are proven by a copy that is gone too is not told', async () => {
    await using home = await TestHousehold.open();
    await home.write('a.jpg', 'the same');
    await home.once();
    await home.write('b.jpg', 'the same');
    // Nobody can be asked about the second one.
    await home.goAway();
    await home.once();
    assert.equal(home.state('b.jpg'), 'hashed');
    await home.remove('a.jpg');
    await home.remove('b.jpg');
    await home.once();
    assert.equal(home.numbers().gone, 2);
    assert.ok(!kinds(home).includes('lost before safe'));
  });

  it('after its owner let it go, and a sync app touched it, is not told', async () => {
    await using home = await TestHousehold.open();
    for (const name of ['a.jpg', 'b.jpg']) await home.write(name);
    await home.once();
    await home.order('let go', home.path('a.jpg').toString('base64'));
    await home.goAway();
    await home.touch('a.jpg');
    await home.once();
    assert.equal(home.state('a.jpg'), 'hashed');
    await home.remove('a.jpg');
    await home.once();
    assert.deepEqual(
      home.news().filter(({ kind }) => kind === 'lost before safe'),
      [],
    );
  });

  it('and lies elsewhere, read or not, was moved and is not told', async () => {
    await using home = await TestHousehold.open({ sources: [{ identity: 'network' }] });
    await home.comeBack([{ endpoint: 'POST /assets', fault: { kind: 'status', status: 500 } }]);
    await home.write('a.jpg');
    await home.once();
    await home.move('a.jpg', 'b.jpg');
    // The new path cannot be read yet, so nobody knows its SHA-1.
    home.onLook = (question, path) => {
      if (question === 'open') throw new DiskError('busy', Buffer.from(path));
    };
    await home.once();
    assert.ok(!kinds(home).includes('lost before safe'));
  });

  it('after it was safe is nobody’s business', async () => {
    await using home = await TestHousehold.open();
    await home.write('a.jpg');
    await home.once();
    await home.remove('a.jpg');
    await home.once();
    assert.deepEqual(kinds(home), ['batch safe']);
    assert.equal(home.numbers().gone, 1);
    assert.equal((await home.assets()).length, 1, 'deleting on disk never touches Immich');
  });

  it('because a link took the place of its folder is gone, wherever that leads', async () => {
    await using home = await TestHousehold.open();
    await home.write('old/a.jpg');
    await home.write('b.jpg');
    await home.once();
    await home.move('old', 'new');
    await symlink(home.path('new'), home.path('old'));
    await home.once();
    assert.deepEqual(home.states(), { 'new/a.jpg': 'safe', 'b.jpg': 'safe' });
  });

  for (const step of ['settle', 'judge', 'hash', 'check', 'upload', 'prove']) {
    it(`after ${step} stops no other`, async () => {
      await using home = await TestHousehold.open({ sources: [{ identity: 'network' }] });
      await home.write('a.jpg');
      await home.write('b.jpg');
      await home.onceUntilStopped(`after ${step}`);
      await home.remove('a.jpg');
      await home.once();
      assert.deepEqual(home.states(), { 'b.jpg': 'safe' });
    });
  }
});

describe('a folder that is away', () => {
  it('has lost nothing; it is told once, and goes on when it is back', async () => {
    const clock = new LeapClock();
    const disk = new SimulatedDisk(clock);
    await using home = await TestHousehold.open({ clock, disk, sources: [{ folder: '/share', name: 'Share' }] });
    disk.makeFolder(Buffer.from('/share'));
    for (const name of 'abcdefgh') disk.write(Buffer.from(`/share/${name}.jpg`), Buffer.from(name));
    await home.once();
    disk.unmount(Buffer.from('/share'));
    await home.once();
    await home.once();
    assert.equal(home.numbers().safe, 8);
    assert.deepEqual(kinds(home), ['batch safe', 'source away']);
    disk.mount(Buffer.from('/share'), 'new inodes');
    home.counts.opens = 0;
    await home.once();
    assert.equal(home.numbers().safe, 8);
    assert.equal(home.counts.opens, 0, 'new inodes on a share open nothing');
    assert.deepEqual(kinds(home), ['batch safe', 'source away', 'source back']);
  });

  it('stays paused when the owner paused it, however often it comes and goes', async () => {
    const clock = new LeapClock();
    const disk = new SimulatedDisk(clock);
    await using home = await TestHousehold.open({ clock, disk, sources: [{ folder: '/share', name: 'Share' }] });
    disk.makeFolder(Buffer.from('/share'));
    disk.write(Buffer.from('/share/a.jpg'), Buffer.from('a'));
    home.journal.orders.give('pause', 'Share', clock.now());
    await home.once();
    disk.unmount(Buffer.from('/share'));
    await home.once();
    disk.mount(Buffer.from('/share'), 'same');
    await home.once();
    assert.equal(home.journal.sources.all()[0]?.state, 'paused');
    assert.equal(home.numbers().safe, 0);
    home.journal.orders.give('resume', 'Share', clock.now());
    await home.once();
    assert.equal(home.numbers().safe, 1);
  });
});

describe('a folder that is removed while it is walked', () => {
  it('is gone, and no trouble with reading', async () => {
    await using home = await TestHousehold.open();
    for (const name of ['a.jpg', 'b.jpg', 'c.jpg', 'trip/d.jpg']) await home.write(name);
    await home.once();
    home.onLook = async (_, path) => {
      if (path.endsWith('/trip')) await home.remove('trip').catch(() => undefined);
    };
    await home.once();
    assert.equal(home.state('trip/d.jpg'), 'gone');
    assert.deepEqual(home.warnings, []);
  });

  it('and is back at the end of the sweep has lost nothing', async () => {
    await using home = await TestHousehold.open();
    for (const name of ['a.jpg', 'b.jpg', 'c.jpg', 'trip/d.jpg']) await home.write(name);
    await home.once();
    let looks = 0;
    home.onLook = async (_, path) => {
      if (!path.endsWith('/trip')) return;
      looks += 1;
      if (looks === 1) await rename(home.path('trip'), `${home.folder()}-aside`);
      else await rename(`${home.folder()}-aside`, home.path('trip')).catch(() => undefined);
    };
    await home.once();
    assert.ok(looks > 1, 'looked for once more');
    assert.equal(home.state('trip/d.jpg'), 'safe');
  });

  it('is said to be unreadable when its disk lists it all the same', async () => {
    const disk: Disk = { ...realDisk, stat: async (path) => (path.toString().endsWith('/trip') ? undefined : realDisk.stat(path)) };
    await using home = await TestHousehold.open({ disk, sources: [{ identity: 'local' }] });
    await home.write('a.jpg');
    await home.write('trip/d.jpg');
    await home.once();
    assert.match(home.warnings.join(), /trip is listed by its disk, but nothing can be had under that name/);
  });
});

describe('more than half of a source missing at once', () => {
  async function withHalfMissing(): Promise<TestHousehold> {
    const home = await TestHousehold.open();
    for (let number = 0; number < 10; number += 1) await home.write(`IMG_${number}.jpg`);
    await home.once();
    for (let number = 0; number < 7; number += 1) await home.remove(`IMG_${number}.jpg`);
    await home.once();
    return home;
  }

  it('is asked about, once, and nothing counts as deleted', async () => {
    await using home = await withHalfMissing();
    await home.once();
    assert.equal(home.numbers().safe, 10);
    assert.deepEqual(kinds(home), ['batch safe', 'half missing']);
    assert.match(home.news()[1]?.text ?? '', /^7 of 10 files in Phone are missing all at once/);
  });

  it('is still the question when the folder was away meanwhile, and is not asked twice', async () => {
    await using home = await withHalfMissing();
    await rename(home.folder(), `${home.folder()}-elsewhere`);
    await home.once();
    assert.equal(home.journal.sources.all()[0]?.state, 'away');
    await rename(`${home.folder()}-elsewhere`, home.folder());
    await home.once();
    assert.equal(home.journal.sources.all()[0]?.state, 'asking');
    assert.match(home.journal.sources.all()[0]?.reason ?? '', /^7 of 10 files in Phone are missing/);
    assert.deepEqual(kinds(home), ['batch safe', 'half missing', 'source away', 'source back']);
  });

  it('is accepted by resume', async () => {
    await using home = await withHalfMissing();
    home.journal.orders.give('resume', 'Phone', home.clock.now());
    await home.once();
    assert.deepEqual([home.numbers().safe, home.numbers().gone], [3, 7]);
  });

  it('is forgotten when they are back', async () => {
    await using home = await withHalfMissing();
    for (let number = 0; number < 7; number += 1) await home.write(`IMG_${number}.jpg`);
    await home.once();
    await home.once();
    assert.equal(home.numbers().safe, 10);
    assert.equal(home.journal.sources.all()[0]?.state, 'present');
  });

  it('of a paused source do not end the pause, neither missing nor back', async () => {
    await using home = await TestHousehold.open();
    for (const name of 'abcdefgh') await home.write(`in/${name}.jpg`);
    await home.once();
    home.journal.orders.give('pause', 'Phone', home.clock.now());
    await home.once();
    await rename(home.path('in'), `${home.folder()}-elsewhere`);
    await home.once();
    assert.equal(home.journal.sources.all()[0]?.state, 'paused');
    await rename(`${home.folder()}-elsewhere`, home.path('in'));
    await home.once();
    assert.equal(home.journal.sources.all()[0]?.state, 'paused');
    assert.equal(home.numbers().gone, 0);
  });
});
