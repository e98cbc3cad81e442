import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { TestHousehold } from '../../../test/kit/household.ts';
import { type Disk, realDisk } from '../../files/index.ts';

const minute = 60_000;

/** A disk that can be pulled, and that tells when somebody wakes it. */
class PulledDisk {
  isIn = true;
  isOther = false;
  wakings = 0;

  get disk(): Disk {
    const waking = <A extends unknown[], R>(ask: (...words: A) => R): ((...words: A) => R) => {
      return (...words) => {
        if (this.isIn) this.wakings += 1;
        return ask(...words);
      };
    };
    return {
      stat: waking((path) => realDisk.stat(path)),
      entries: waking((path, signal) => realDisk.entries(path, signal)),
      open: waking((path) => realDisk.open(path)),
      root: waking(async (path) => (this.isIn ? await realDisk.root(path) : undefined)),
      freeSpace: waking((path) => realDisk.freeSpace(path)),
      mountedAt: () => (!this.isIn ? '/ 8:1 ext4' : this.isOther ? '/media/card 8:33 exfat' : '/media/card 8:17 exfat'),
    };
  }
}

const stateOf = (home: TestHousehold): string | undefined => home.journal.sources.all()[0]?.state;
const passMinutes = async (home: TestHousehold, count: number): Promise<void> => {
  for (let times = 0; times < count; times += 1) {
    home.clock.leap(minute + 1_000);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
};

for (const when of [{ kind: 'manual' }, { kind: 'schedule', cron: '0 3 1 1 *', timeZone: 'UTC' }] as const)
  describe(`a source of \`when: ${when.kind}\``, () => {
    it('is away when its disk is pulled, and back when that is back, while a sleeping disk sleeps on', async () => {
      const card = new PulledDisk();
      await using home = await TestHousehold.open({ disk: card.disk, sources: [{ when }] });
      await home.write('a.jpg');
      await home.once();
      assert.deepEqual([stateOf(home), home.state('a.jpg')], ['present', 'safe']);
      await home.write('b.jpg');
      const running = await home.run();
      card.wakings = 0;
      await passMinutes(home, 5);
      assert.deepEqual([card.wakings, stateOf(home)], [0, 'present']);
      card.isIn = false;
      home.clock.leap(minute + 1_000);
      await home.until(() => stateOf(home) === 'away');
      card.isIn = true;
      card.isOther = true;
      home.clock.leap(minute + 1_000);
      await home.until(() => stateOf(home) === 'present');
      card.wakings = 0;
      await passMinutes(home, 5);
      assert.deepEqual([card.wakings, home.file('b.jpg')], [0, undefined]);
      await running.stop();
      assert.deepEqual(
        home.news().flatMap(({ kind }) => (kind.startsWith('source') ? [kind] : [])),
        ['source away', 'source back'],
      );
    });

    it('is away when its disk was pulled while Homeroll was off', async () => {
      const card = new PulledDisk();
      await using home = await TestHousehold.open({ disk: card.disk, sources: [{ when }] });
      await home.write('a.jpg');
      await home.once();
      card.isIn = false;
      const running = await home.run();
      home.clock.leap(minute + 1_000);
      await home.until(() => stateOf(home) === 'away');
      await running.stop();
      assert.equal(home.state('a.jpg'), 'safe');
    });
  });
