/** Tests choose where the process dies; nobody else does. */
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { crashPointsOf } from './crash-points.ts';

describe('a log of crash points', () => {
  it('has a line for each point reached, as a wish names it', () => {
    const folder = mkdtempSync(join(tmpdir(), 'homeroll-points-'));
    const logFile = join(folder, 'points');
    const points = crashPointsOf({ logFile }, () => assert.fail('nobody asked for an end'));
    for (const name of ['after hash', 'before commit', 'after hash']) points.reach(name);
    assert.equal(readFileSync(logFile, 'utf8'), 'after hash:1\nbefore commit:1\nafter hash:2\n');
    rmSync(folder, { recursive: true });
  });
});

describe('a crash point', () => {
  for (const { wish, reached, kills } of [
    { wish: undefined, reached: ['after upload'], kills: 0 },
    { wish: 'after upload', reached: ['after hash', 'after upload', 'after upload'], kills: 1 },
    { wish: 'after upload:2', reached: ['after upload'], kills: 0 },
    { wish: 'after upload:2', reached: ['after upload', 'before commit', 'after upload'], kills: 1 },
  ]) {
    it(`${wish ?? 'unset'} kills ${kills} times when ${reached.join(', ')} are reached`, () => {
      let killed = 0;
      const points = crashPointsOf({ at: wish }, () => {
        killed += 1;
      });
      for (const name of reached) points.reach(name);
      assert.equal(killed, kills);
    });
  }
});
