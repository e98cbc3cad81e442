/** Killed at points drawn from everywhere a batch comes by; `npm run faults` walks through all of them. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { noToll } from '../faults/toll.ts';
import { killAt, recordPoints } from './kill.ts';
import { mixedBatch } from './mixed-batch.ts';
import { drawnEvenly, earlier, worthACrash } from './points.ts';

const drawn = 20;
const points = drawnEvenly(worthACrash(await recordPoints(mixedBatch)), drawn);

describe('a Homeroll that is killed', () => {
  for (const point of points) {
    it(`at "${point}" does the rest in its next life, and nothing twice`, async () => {
      let toll: unknown;
      for (const reach of earlier(point)) toll ??= await killAt(mixedBatch, [reach]);
      assert.deepEqual(toll, noToll);
    });
  }

  it('and killed again while it makes up for that, does the same', async () => {
    assert.deepEqual(await killAt(mixedBatch, ['after POST /assets:2', 'after PUT /albums/:id/assets:2', 'after commit:3']), noToll);
  });
});
