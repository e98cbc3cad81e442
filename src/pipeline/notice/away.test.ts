/** What is said of a folder that is away, for as long as it is. */
import assert from 'node:assert/strict';
import { rename } from 'node:fs/promises';
import { describe, it } from 'node:test';
import { TestHousehold } from '../../../test/kit/household.ts';
import { LeapClock } from '../../../test/kit/leap-clock.ts';
import { SimulatedDisk } from '../../../test/simulation/disk.ts';
import { type Disk, DiskError, NoAnswer, realDisk } from '../../files/index.ts';

const news = (home: TestHousehold): string[] =>
  home.news().flatMap(({ kind, text }) => (kind === 'source away' || kind === 'source back' ? [text] : []));
const reasonOf = (home: TestHousehold): string => home.journal.sources.all()[0]?.reason ?? '';

describe('a folder that is away', () => {
  it('is called by the name that it has in the configuration now', async () => {
    await using home = await TestHousehold.open();
    await home.write('a.jpg');
    await home.once();
    const [before, after] = [home.folder(), `${home.folder()}-corrected`];
    await rename(before, `${before}-elsewhere`);
    await home.once();
    assert.ok(reasonOf(home).includes(`${before} is not there`), reasonOf(home));
    home.reconfigure({ folder: after });
    for (let times = 0; times < 2; times += 1) await home.once();
    assert.ok(reasonOf(home).includes(`${after} is not there`), reasonOf(home));
    assert.deepEqual(
      news(home).map((text) => text.includes(`${after} is away`)),
      [false, true],
      'the new name is told once',
    );
    await rename(`${before}-elsewhere`, after);
    await home.once();
    assert.deepEqual(home.states(), { 'a.jpg': 'safe' });
    assert.match(news(home)[2] ?? '', /^Phone is back/);
  });

  it('missing first and forbidden then is told of both, once each, and has the reason that is true', async () => {
    let inTheWay: 'vanished' | 'forbidden' | undefined;
    const disk: Disk = {
      ...realDisk,
      root: async (path) => {
        if (inTheWay === 'forbidden') throw new DiskError('forbidden', path);
        return inTheWay === 'vanished' ? undefined : realDisk.root(path);
      },
    };
    await using home = await TestHousehold.open();
    await using watched = await TestHousehold.open({ disk, sources: [{ folder: home.folder() }] });
    await watched.once();
    for (const why of ['vanished', 'forbidden', 'vanished', 'forbidden'] as const) {
      inTheWay = why;
      await watched.once();
      assert.match(reasonOf(watched), why === 'vanished' ? /is not there/ : /may not/);
    }
    inTheWay = undefined;
    await watched.once();
    assert.deepEqual(
      news(watched).map((text) => /\((.*)\)|back/.exec(text)?.[1] ?? 'back'),
      ['not there', 'unreadable', 'back'],
    );
    inTheWay = 'forbidden';
    await watched.once();
    assert.equal(news(watched).length, 4, 'the next time it is away, it is news again');
  });

  it('does not answer since the moment that is known first, also in a later life', async () => {
    let since: readonly [string, number] | undefined;
    const disk: Disk = {
      ...realDisk,
      root: async (path) => {
        if (!since) return realDisk.root(path);
        const [point, sinceMs] = since;
        throw new DiskError('away', path, new NoAnswer(Buffer.from(point), sinceMs, (ms) => `minute ${ms}`));
      },
    };
    await using home = await TestHousehold.open({ disk });
    const said = async (silence?: readonly [string, number]): Promise<string> => {
      since = silence;
      await home.once();
      return /\S+ does not answer since minute \d+/.exec(reasonOf(home))?.[0] ?? reasonOf(home);
    };
    assert.equal(await said(['/mnt/nas', 4]), '/mnt/nas does not answer since minute 4');
    assert.equal(await said(['/mnt/nas', 9]), '/mnt/nas does not answer since minute 4', 'another life met it later');
    assert.equal(await said(['/mnt/nas', 3]), '/mnt/nas does not answer since minute 3');
    assert.equal(await said(['/mnt/other', 9]), '/mnt/other does not answer since minute 9', 'another share');
    assert.equal(await said(), '');
    assert.equal(await said(['/mnt/other', 12]), '/mnt/other does not answer since minute 12', 'it answered in between');
  });

  it('because nothing is mounted is no other news than because it is not there', async () => {
    const clock = new LeapClock();
    const disk = new SimulatedDisk(clock);
    await using home = await TestHousehold.open({ clock, disk, sources: [{ folder: '/share', name: 'Share' }] });
    disk.write(Buffer.from('/share/a.jpg'), Buffer.from('a'));
    await home.once();
    disk.unmount(Buffer.from('/share'));
    await home.once();
    assert.match(reasonOf(home), /^Nothing is mounted at/);
    disk.rename(Buffer.from('/share'), Buffer.from('/elsewhere'));
    await home.once();
    assert.match(reasonOf(home), /is not there/);
    assert.equal(news(home).length, 1);
    assert.equal(home.warnings.length, 1);
  });
});
