import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { TestHousehold } from '../../../test/kit/household.ts';
import { LeapClock } from '../../../test/kit/leap-clock.ts';
import { SimulatedDisk } from '../../../test/simulation/disk.ts';
import { pathGlob } from '../../domain/index.ts';
import { DiskError } from '../../files/index.ts';

const uploadsOf = (home: TestHousehold): number => home.asked.filter((question) => question === 'POST /api/assets').length;
const kinds = (home: TestHousehold): string[] => home.news().map(({ kind }) => kind);

describe('a file that changes', () => {
  it('is a new asset; the old one stays', async () => {
    await using home = await TestHousehold.open();
    await home.write('a.jpg', 'first');
    await home.once();
    await home.write('a.jpg', 'second, edited');
    await home.once();
    assert.equal(home.state('a.jpg'), 'safe');
    assert.equal((await home.assets()).length, 2);
    assert.deepEqual(kinds(home), ['batch safe', 'batch safe']);
  });

  it('only in its times costs one hash, no upload and no message', async () => {
    await using home = await TestHousehold.open();
    await home.write('a.jpg');
    await home.once();
    home.counts.opens = 0;
    await home.touch('a.jpg');
    await home.once();
    assert.equal(home.state('a.jpg'), 'safe');
    assert.equal(home.counts.opens, 2, 'one look for its date, one hash');
    assert.equal(uploadsOf(home), 1);
    assert.equal(home.asked.filter((question) => question.endsWith('/original')).length, 1);
    assert.deepEqual(kinds(home), ['batch safe']);
  });
});

describe('a file that changes while it is sent', () => {
  it('holds up no other', async () => {
    await using home = await TestHousehold.open({ sources: [{ when: { kind: 'new media' }, identity: 'network' }] });
    const sending = Promise.withResolvers<void>();
    const isSent = Promise.withResolvers<void>();
    home.onAsk = async (question) => {
      if (question !== 'POST /api/assets') return;
      sending.resolve();
      await isSent.promise;
    };
    const running = await home.run();
    await home.write('film.mp4', 'a long film');
    home.hint('film.mp4');
    await sending.promise;
    // The newest of all, so it stands before the others wherever it waits.
    await home.write('film.mp4', 'a longer film');
    await home.touch('film.mp4', 4_000_000_000_000);
    home.hint('film.mp4');
    await home.until(() => home.state('film.mp4') === 'noticed');
    await home.write('a.jpg');
    home.hint('a.jpg');
    await home.until(() => home.state('a.jpg') === 'missing');
    isSent.resolve();
    await home.until(() => home.numbers().safe === 2);
    await running.stop();
  });
});

describe('a file that grows', () => {
  it('is waited for, and goes up whole', async () => {
    await using home = await TestHousehold.open({ sources: [{ settleMs: 2_000 }] });
    await home.write('a.mp4', 'the beginning');
    let writes = 0;
    home.onLook = async (question) => {
      if (question === 'stat' && ++writes <= 6) await home.write('a.mp4', 'the beginning'.repeat(writes));
    };
    await home.once({ patienceMs: 60_000 });
    assert.equal(home.state('a.mp4'), 'safe');
    assert.equal((await home.assets()).length, 1);
    assert.equal(uploadsOf(home), 1);
  });
});

describe('a file that cannot be looked at', () => {
  for (const name of ['a.jpg', 'b.jpg', 'c.jpg']) {
    it(`(${name}) is not taken for deleted, and stops no other`, async () => {
      await using home = await TestHousehold.open();
      for (const one of ['a.jpg', 'b.jpg', 'c.jpg']) await home.write(one);
      await home.once();
      await home.write('d.jpg');
      home.onLook = (question, path) => {
        if (question === 'stat' && path.endsWith(name)) throw new DiskError('broken', Buffer.from(path));
      };
      await home.once();
      assert.deepEqual(home.states(), { 'a.jpg': 'safe', 'b.jpg': 'safe', 'c.jpg': 'safe', 'd.jpg': 'safe' });
    });
  }

  it('when the sweep comes by, and can be seen at its end, is not taken for deleted', async () => {
    await using home = await TestHousehold.open();
    await home.write('a.jpg');
    await home.write('b.jpg');
    await home.once();
    // As a program does that writes anew by removing first: gone at the moment of the listing only.
    await home.remove('a.jpg');
    let isBack = false;
    home.onLook = async (_, path) => {
      if (isBack || !path.endsWith('b.jpg')) return;
      isBack = true;
      await home.write('a.jpg', 'the same name, new bytes');
    };
    await home.once();
    assert.deepEqual(home.states(), { 'a.jpg': 'safe', 'b.jpg': 'safe' });
    assert.equal((await home.assets()).length, 3);
  });

  it('because a folder is forbidden loses nothing below it', async () => {
    await using home = await TestHousehold.open();
    await home.write('open/a.jpg');
    await home.write('shut/deep/b.jpg');
    await home.once();
    home.onLook = (_, path) => {
      if (path.includes('/shut')) throw new DiskError('forbidden', Buffer.from(path));
    };
    await home.once();
    assert.deepEqual(home.states(), { 'open/a.jpg': 'safe', 'shut/deep/b.jpg': 'safe' });
  });
});

describe('two sources that are swept at the same time', () => {
  it('do not forget what the other found', async () => {
    // More than one chunk of a listing each, so that the sweeps are in the middle of a folder at the same moment.
    const files = 600;
    await using home = await TestHousehold.open({ sources: [{}, { name: 'Card' }] });
    for (const source of ['Phone', 'Card']) {
      for (let number = 0; number < files; number += 1) await home.write(`${number}.txt`, 'no picture', source);
    }
    await home.once();
    await home.once();
    assert.equal(home.numbers().gone, 0);
    assert.equal(home.numbers().unwanted, 2 * files);
  });
});

describe('changed rules', () => {
  const skipping = (glob: string) => ({ rules: [{ kind: 'skip' as const, glob: pathGlob(glob), where: 'homeroll.yaml:7' }] });

  it('judge anew what they decided, and leave alone what is stored', async () => {
    await using home = await TestHousehold.open({ sources: [skipping('*.png')] });
    await home.write('a.jpg');
    await home.write('b.png');
    await home.once();
    assert.deepEqual(home.states(), { 'a.jpg': 'safe', 'b.png': 'unwanted' });
    home.reconfigure(skipping('*.jpg'));
    await home.once();
    assert.deepEqual(home.states(), { 'a.jpg': 'safe', 'b.png': 'safe' });
  });
});

describe('a schedule', () => {
  it('that the owner changes holds from the start, whatever was due by the old one', async () => {
    const monthly = { when: { kind: 'schedule', cron: '0 3 1 * *', timeZone: 'Europe/Berlin' } } as const;
    const hourly = { when: { kind: 'schedule', cron: '0 * * * *', timeZone: 'Europe/Berlin' } } as const;
    await using home = await TestHousehold.open({ sources: [monthly] });
    await (await home.run()).stop();
    home.reconfigure(hourly);
    await home.write('a.jpg');
    const running = await home.run();
    home.clock.leap(3_600_000);
    await home.until(() => home.numbers().safe > 0);
    await running.stop();
  });

  it('that was missed while Homeroll was not running is made up for', async () => {
    const nightly = { when: { kind: 'schedule', cron: '0 3 * * *', timeZone: 'Europe/Berlin' } } as const;
    await using home = await TestHousehold.open({ sources: [nightly] });
    await (await home.run()).stop();
    await home.write('a.jpg');
    home.clock.leap(86_400_000);
    const running = await home.run();
    await home.until(() => home.numbers().safe > 0);
    await running.stop();
  });
});

describe('a hint', () => {
  it('is looked at without a sweep: new, changed and gone', async () => {
    await using home = await TestHousehold.open({ sources: [{ when: { kind: 'new media' } }] });
    const running = await home.run();
    await home.until(() => home.journal.sources.all()[0]?.sweptAtMs !== undefined);
    await home.write('a.jpg');
    home.hint('a.jpg');
    await home.until(() => home.numbers().safe > 0);
    await home.remove('a.jpg');
    home.hint('a.jpg');
    await home.until(() => home.numbers().gone > 0);
    await running.stop();
    assert.equal(home.journal.sources.all()[0]?.sweeps, 1);
  });
});

describe('a paused source that went away and came back', () => {
  it('is heard again at once', async () => {
    const clock = new LeapClock();
    const disk = new SimulatedDisk(clock);
    const when = { kind: 'new media' } as const;
    await using home = await TestHousehold.open({ clock, disk, sources: [{ folder: '/share', name: 'Share', when }] });
    disk.makeFolder(Buffer.from('/share'));
    home.journal.orders.give('pause', 'Share', clock.now());
    const running = await home.run();
    await home.until(() => home.watcher.isListening && home.journal.sources.all()[0]?.state === 'paused');
    disk.unmount(Buffer.from('/share'));
    home.watcher.deafen();
    const looks = home.counts.listings;
    await home.until(() => {
      clock.leap(60_000);
      return home.counts.listings > looks;
    });
    disk.mount(Buffer.from('/share'), 'same');
    await home.until(() => {
      clock.leap(60_000);
      return home.watcher.isListening;
    });
    await running.stop();
  });
});
