/** A short soak, from a seed that it says; `npm run faults` soaks longer. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { noToll } from '../faults/toll.ts';
import { soak } from './soak.ts';

const seed = Math.floor(Math.random() * 1e6);

describe('a household that is used while processes are killed at random moments', () => {
  it(`loses nothing, and doubles nothing, when Homeroll is killed eight times (seed ${seed})`, async () => {
    assert.deepEqual(await soak({ seed, victim: 'Homeroll', kills: 8, files: 40 }), noToll);
  });

  it(`nor when both it and Immich are killed (seed ${seed})`, async () => {
    assert.deepEqual(await soak({ seed, victim: 'both', kills: 3, files: 30 }), noToll);
  });
});
