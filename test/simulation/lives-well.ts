/** Weeks of simulated households as tests: each is to end with nothing lost, doubled or untold. */
import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { type Lived, Workers } from './workers.ts';

/** Which seeds: fixed, so that a red run is red again; `npm run simulate` takes new ones. */
export interface Weeks {
  readonly first: number;
  readonly count: number;
}

/** Call within a `describe`. */
export function itLivesWell({ first, count }: Weeks): void {
  // In processes of their own, to use both processors.
  const workers = new Workers(2);
  const lives = new Map<number, Promise<Lived>>();
  const seeds = Array.from({ length: count }, (_, index) => first + index);
  before(() => {
    for (const seed of seeds) lives.set(seed, workers.live({ seed }));
  });
  after(() => workers.end());
  for (const seed of seeds) {
    it(`ends with nothing lost, doubled or untold (seed ${seed})`, async () => {
      const lived = await lives.get(seed);
      assert.deepEqual(lived?.findings, []);
    });
  }
}
