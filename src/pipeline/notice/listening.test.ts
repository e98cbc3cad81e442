/** When Homeroll begins to listen anew. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { TestHousehold } from '../../../test/kit/household.ts';
import { type Disk, DiskError, realDisk } from '../../files/index.ts';

const [minuteMs, hourMs] = [60_000, 3_600_000];
const watched = { identity: 'local', when: { kind: 'new media' } } as const;

describe('a source that is listened to', () => {
  const sweepsOf = (home: TestHousehold): number => home.journal.sources.all()[0]?.sweeps ?? 0;
  /** The number of a sweep is written when it begins. */
  const isSwept = (home: TestHousehold): boolean => home.journal.sources.all()[0]?.sweptAtMs !== undefined;

  it('is listened to anew before each walk, so that what a deaf ear missed is heard from then on', async () => {
    await using home = await TestHousehold.open({ sources: [watched] });
    const running = await home.run();
    await home.until(() => isSwept(home) && home.watcher.isListening);
    const before = home.watcher.subscriptions;
    home.watcher.deafen();
    let wasListening: boolean | undefined;
    home.onLook = () => {
      wasListening ??= home.watcher.isListening;
    };
    await home.write('a.jpg');
    home.clock.leap(hourMs);
    await home.until(() => home.state('a.jpg') === 'safe');
    assert.ok(wasListening, 'first it listens, then it looks');
    assert.ok(home.watcher.subscriptions - before >= sweepsOf(home) - 1);
    await home.write('b.jpg');
    home.hint('b.jpg');
    await home.until(() => home.state('b.jpg') === 'safe');
    await running.stop();
    assert.ok(!home.watcher.isListening);
  });

  it('is walked once on suspicion, which is said in one line', async () => {
    await using home = await TestHousehold.open({ sources: [watched] });
    const running = await home.run();
    await home.until(() => isSwept(home) && home.watcher.isListening);
    await home.write('a.jpg');
    for (let times = 0; times < 3; times += 1) home.watcher.say({ kind: 'unsure', why: 'Homeroll stood still for 2.0 s' });
    await home.until(() => home.state('a.jpg') === 'safe');
    await running.stop();
    const lines = home.infos.filter((line) => line.includes('once more'));
    const sentence = 'is looked through once more: Homeroll stood still for 2.0 s, and the system may have dropped changes meanwhile';
    assert.deepEqual(lines, [`${home.folder()} ${sentence}`]);
  });

  it('is walked on suspicion a minute after the last such walk', async () => {
    await using home = await TestHousehold.open({ sources: [watched] });
    const running = await home.run();
    await home.until(() => isSwept(home) && home.watcher.isListening);
    for (const name of ['a.jpg', 'b.jpg']) {
      await home.write(name);
      home.watcher.say({ kind: 'unsure', why: 'so much changed at once' });
      await home.until(() => {
        home.clock.leap(minuteMs / 10);
        return home.state(name) === 'safe';
      });
    }
    await running.stop();
  });

  it('says once of a folder that it cannot be read, and once more when it could be in between', async () => {
    let isClosed = true;
    const disk: Disk = {
      ...realDisk,
      async *entries(path, signal, wish) {
        if (isClosed && path.toString().endsWith('/closed')) throw new DiskError('forbidden', path);
        yield* realDisk.entries(path, signal, wish);
      },
    };
    await using home = await TestHousehold.open({ disk, sources: [{ when: { kind: 'manual' } }] });
    await home.write('closed/a.jpg');
    const running = await home.run();
    for (const isNowClosed of [true, true, false, true, true]) {
      isClosed = isNowClosed;
      home.clock.leap(minuteMs);
      const nowMs = home.clock.now();
      home.journal.orders.give('sweep', undefined, nowMs);
      await home.until(() => (home.journal.sources.all()[0]?.sweptAtMs ?? 0) >= nowMs);
    }
    await running.stop();
    const said = home.warnings.filter((line) => line.includes('/closed'));
    assert.equal(said.length, 2, said.join('\n'));
  });

  it('is not listened to when it is walked by a schedule', async () => {
    await using home = await TestHousehold.open({ sources: [{ when: { kind: 'manual' } }] });
    const running = await home.run();
    home.journal.orders.give('sweep', undefined, home.clock.now());
    await home.until(() => sweepsOf(home) === 1);
    await running.stop();
    assert.equal(home.watcher.subscriptions, 0);
  });
});
