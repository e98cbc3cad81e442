import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { tables } from './happenings/index.ts';
import { itLivesWell } from './lives-well.ts';
import { planWeek } from './plan.ts';
import { liveOneWeek } from './week.ts';

const weeks = { first: 1, count: 15 };

describe('household-weeks with faults and crashes', () => {
  itLivesWell(weeks);

  it('happen the same way again from the same seed', async () => {
    const [once, again] = [await liveOneWeek({ seed: weeks.first }), await liveOneWeek({ seed: weeks.first })];
    assert.deepEqual(again.deeds, once.deeds);
    assert.equal(again.files, once.files);
  });

  it('have faults, crashes and pictures enough', () => {
    for (let seed = weeks.first; seed < weeks.first + weeks.count; seed += 1) {
      assert.ok(planWeek(seed).length > 70);
      const names = planWeek(seed).map(({ name }) => name);
      assert.ok(names.filter((name) => name in tables.broken).length >= 5);
      assert.ok(names.filter((name) => name in tables.deaths).length >= 2);
    }
  });
});
