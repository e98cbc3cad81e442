/** Tests choose where the process dies; nobody else does. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { crashPointsOf } from './crash-points.ts';

describe('a crash point', () => {
  for (const { wish, reached, kills } of [
    { wish: undefined, reached: ['after upload'], kills: 0 },
    { wish: 'after upload', reached: ['after hash', 'after upload', 'after upload'], kills: 1 },
    { wish: 'after upload:2', reached: ['after upload'], kills: 0 },
    { wish: 'after upload:2', reached: ['after upload', 'before commit', 'after upload'], kills: 1 },
  ]) {
    it(`${wish ?? 'unset'} kills ${kills} times when ${reached.join(', ')} are reached`, () => {
      let killed = 0;
      const points = crashPointsOf(wish, () => {
        killed += 1;
      });
      for (const name of reached) points.reach(name);
      assert.equal(killed, kills);
    });
  }
});
