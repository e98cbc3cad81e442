import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { TestHousehold } from '../../../test/kit/household.ts';
import { LeapClock } from '../../../test/kit/leap-clock.ts';
import { nightAt, sliceOf } from '../../domain/index.ts';

const dayMs = 86_400_000;
const quietHours = { from: '01:00', to: '06:00' };
const zone = 'Europe/Berlin';
const readsOf = (home: TestHousehold): number => home.asked.filter((question) => question.endsWith('/original')).length;
const looksOf = (home: TestHousehold): number => home.timesAsked('POST /api/assets/bulk-upload-check');

/** To an hour after the next night begins. */
function leapIntoNight(home: TestHousehold): void {
  const nowMs = home.clock.now();
  const now = nightAt(nowMs, quietHours, zone);
  const next = nowMs < now.startMs ? now : nightAt(now.endMs, quietHours, zone);
  home.clock.leap(next.startMs + 3_600_000 - nowMs);
}

/** @param everyMs undefined: the owner wrote `verify every: never` */
async function library(count: number, everyMs: number | undefined): Promise<TestHousehold> {
  // Real time: whoever is slow must not miss a night.
  const home = await TestHousehold.open({ verify: everyMs === undefined ? undefined : { everyMs, quietHours }, clock: new LeapClock(1) });
  for (let number = 10; number < 10 + count; number += 1) await home.write(`IMG_${number}.jpg`);
  await home.once();
  assert.equal(home.numbers().safe, count);
  return home;
}

const isNightDone = (home: TestHousehold): boolean =>
  home.journal.facts.get('verified night') === String(nightAt(home.clock.now(), quietHours, zone).number);

describe('in the quiet hours', () => {
  it('a slice is read each night, and all within `verify every`', async () => {
    await using home = await library(12, 3 * dayMs);
    const running = await home.run();
    const readsBefore = readsOf(home);
    const sizes: number[] = [];
    for (let night = 0; night < 3; night += 1) {
      const [reads, looks] = [readsOf(home), looksOf(home)];
      leapIntoNight(home);
      await home.until(() => isNightDone(home));
      const slice = nightAt(home.clock.now(), quietHours, zone).number % 3;
      const files = [...home.journal.files.page(home.journal.sources.all()[0]?.id ?? (0 as never), 'safe', { afterId: 0, limit: 100 })];
      const due = files.filter(({ sha1 }) => sha1 && sliceOf(sha1, 3) === slice).length;
      assert.equal(readsOf(home) - reads, due);
      assert.equal(looksOf(home) - looks, 1, 'one question for all, and no more');
      sizes.push(due);
    }
    await running.stop();
    assert.equal(readsOf(home) - readsBefore, 12, sizes.join());
    assert.equal(home.news().length, 1, 'of what is well nobody is told');
  });

  it('what was missed is made up for in the first night that comes', async () => {
    await using home = await library(12, 3 * dayMs);
    home.clock.leap(20 * dayMs);
    const running = await home.run();
    const reads = readsOf(home);
    leapIntoNight(home);
    await home.until(() => isNightDone(home));
    await running.stop();
    assert.equal(readsOf(home) - reads, 12);
  });

  it('nothing is done while all is paused, and it is made up for when it goes on', async () => {
    await using home = await library(3, dayMs);
    const running = await home.run();
    home.journal.orders.give('pause', undefined, home.clock.now());
    await home.until(() => home.journal.orders.waiting().length === 0);
    const reads = readsOf(home);
    leapIntoNight(home);
    // Other things wake up too; none of them may read.
    const id = home.journal.orders.give('resume', undefined, home.clock.now());
    assert.equal(readsOf(home), reads);
    await home.until(() => home.journal.orders.answer(id) !== undefined);
    await home.until(() => isNightDone(home));
    await running.stop();
    assert.equal(readsOf(home) - reads, 3);
  });

  it('an order is carried out at once, at any hour', async () => {
    await using home = await library(3, 90 * dayMs);
    const running = await home.run();
    const reads = readsOf(home);
    const id = home.journal.orders.give('verify', JSON.stringify({ kind: 'all' }), home.clock.now());
    await home.until(() => readsOf(home) - reads === 3 && home.journal.facts.get('verify ordered') === undefined);
    await running.stop();
    assert.match(home.journal.orders.answer(id) ?? '', /^Looks again at all that Immich has\./);
  });

  it('nothing is read, and nothing asked, where the owner wants nothing looked at again by itself', async () => {
    await using home = await library(3, undefined);
    const running = await home.run();
    const [reads, looks] = [readsOf(home), looksOf(home)];
    for (let night = 0; night < 3; night += 1) {
      leapIntoNight(home);
      // Whoever looks again is awake, and would go on with the night when it is done with this.
      home.journal.orders.give('verify', JSON.stringify({ kind: 'due' }), home.clock.now());
      await home.until(() => home.journal.orders.waiting().length === 0 && home.journal.facts.get('verify ordered') === undefined);
    }
    await running.stop();
    assert.deepEqual([readsOf(home) - reads, looksOf(home) - looks], [0, 3], 'each order asks once whether all is there');
    assert.equal(home.journal.facts.get('verified night'), undefined);
  });

  it('an Immich that was away is looked at when it is back', async () => {
    await using home = await library(3, dayMs);
    const running = await home.run();
    const reads = readsOf(home);
    await home.goAway();
    leapIntoNight(home);
    await home.until(() => !running.household.accounts.isUsable(running.household.accounts.all[0] as never));
    await home.comeBack();
    home.clock.leap(5_000);
    await home.until(() => isNightDone(home));
    await running.stop();
    assert.equal(readsOf(home) - reads, 3);
  });
});
