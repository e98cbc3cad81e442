import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { tables } from './happenings/index.ts';
import { planWeek } from './plan.ts';
import { liveOneWeek } from './week.ts';
import { type Lived, Workers } from './workers.ts';

// Fixed, so that a red run is red again; `npm run simulate` takes new ones.
const firstSeed = 1;
const weeks = 50;

describe('fifty household-weeks with faults and crashes', () => {
  // In processes of their own, to use both processors: it is the last file to run.
  const workers = new Workers(2);
  const lives = new Map<number, Promise<Lived>>();
  before(() => {
    for (let seed = firstSeed; seed < firstSeed + weeks; seed += 1) lives.set(seed, workers.live({ seed }));
  });
  after(() => workers.end());
  for (let seed = firstSeed; seed < firstSeed + weeks; seed += 1) {
    it(`end with nothing lost, doubled or untold (seed ${seed})`, async () => {
      const lived = await lives.get(seed);
      assert.deepEqual(lived?.findings, []);
    });
  }

  it('happen the same way again from the same seed', async () => {
    const [once, again] = [await liveOneWeek({ seed: firstSeed }), await liveOneWeek({ seed: firstSeed })];
    assert.deepEqual(again.deeds, once.deeds);
    assert.equal(again.files, once.files);
  });

  it('have faults, crashes and pictures enough', () => {
    for (let seed = firstSeed; seed < firstSeed + weeks; seed += 1) {
      assert.ok(planWeek(seed).length > 70);
      const names = planWeek(seed).map(({ name }) => name);
      assert.ok(names.filter((name) => name in tables.broken).length >= 5);
      assert.ok(names.filter((name) => name in tables.deaths).length >= 2);
    }
  });
});
