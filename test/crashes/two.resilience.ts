import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { noToll } from '../faults/toll.ts';
import { liveAsTwo } from './two.ts';

describe('two Homerolls on one share and one account', () => {
  it('bring each file and make each album once, where one looks after a folder of the other', async () => {
    assert.deepEqual(await liveAsTwo({ seed: 1, layout: ['Phone', 'Phone/Harz'], rounds: 2 }), noToll);
  });

  it('do so though both are killed now and then', async () => {
    assert.deepEqual(await liveAsTwo({ seed: 2, layout: ['Phone', 'Phone'], rounds: 2, isKilled: true }), noToll);
  });
});
