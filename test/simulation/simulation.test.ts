import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { liveOneWeek } from './week.ts';

describe('x', () => {
  it('y', async () => {
    assert.deepEqual((await liveOneWeek({ seed: 1 })).findings, []);
  });
});
