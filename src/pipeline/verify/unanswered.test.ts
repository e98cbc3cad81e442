/** An original that Immich never answers for keeps no other from being looked at again. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { TestHousehold } from '../../../test/kit/household.ts';
import { LeapClock } from '../../../test/kit/leap-clock.ts';

const minuteMs = 60_000;
const names = ['a.jpg', 'b.jpg', 'c.jpg'];

describe('verifying, while Immich', () => {
  for (const { silences, what, equal } of [
    { silences: [1], what: 'does not answer for one original, asks for it once more', equal: 3 },
    { silences: [1, 2], what: 'does not answer twice, goes on with the others, and says so', equal: 2 },
  ]) {
    it(what, async () => {
      // Real time until it leaps: nothing else falls silent.
      const wireClock = new LeapClock(1);
      await using home = await TestHousehold.open({ wireClock });
      for (const name of names) await home.write(name);
      await home.once();
      await home.comeBack(silences.map((nth) => ({ endpoint: 'GET /assets/:id/original', nth, fault: { kind: 'hang' } as const })));
      home.asked.length = 0;
      const originals = (): number => home.asked.filter((question) => question.endsWith('/original')).length;
      const verifying = home.verify();
      for (const [index] of silences.entries()) {
        await home.until(() => originals() === index + 1);
        // Again and again, since it may not have left yet; but never while something else is asked.
        while (home.asked.at(-1)?.endsWith('/original') && originals() === index + 1) {
          wireClock.leap(minuteMs);
          await new Promise((resolve) => setTimeout(resolve, 20));
        }
      }
      const told = await verifying;
      assert.deepEqual([told.equal, told.damaged, told.problem !== undefined], [equal, 0, equal < 3]);
      assert.deepEqual(Object.values(home.states()), ['safe', 'safe', 'safe']);
    });
  }
});
