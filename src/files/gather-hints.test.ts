import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Clock } from '../kernel/index.ts';
import { gatherHints, type Hint } from './gather-hints.ts';

const path = (text: string): Hint => ({ kind: 'path', path: Buffer.from(text) });
const everything: Hint = { kind: 'everything' };
const lost: Hint = { kind: 'lost', why: 'moved' };

/** Takes the hints, lets the time pass, and says what came out at once. */
async function gathered(hints: readonly Hint[], ...later: readonly Hint[]): Promise<readonly Hint[][]> {
  const wakings: (() => void)[] = [];
  const clock: Clock = { now: () => 0, elapsed: () => 0, sleep: () => new Promise((resolve) => wakings.push(resolve)) };
  const deliveries: Hint[][] = [];
  const give = gatherHints((delivered) => void deliveries.push([...delivered]), { clock, signal: new AbortController().signal });
  for (const batch of [hints, later]) {
    batch.forEach(give);
    wakings.pop()?.();
    await new Promise(setImmediate);
  }
  assert.equal(wakings.length, 0, 'one sleep at a time');
  return deliveries;
}

describe('hints are gathered', () => {
  const flood = Array.from({ length: 513 }, (_, number) => path(`IMG_${number}.jpg`));
  for (const { name, hints, out } of [
    { name: 'each path once', hints: [path('a.jpg'), path('b.jpg'), path('a.jpg')], out: [path('a.jpg'), path('b.jpg')] },
    { name: 'a folder for all below it', hints: [path('x/y/a.jpg'), path('x'), path('xy')], out: [path('x'), path('xy')] },
    { name: 'everything instead of any path', hints: [path('a.jpg'), everything, path('b.jpg')], out: [everything] },
    { name: 'up to 512 one by one', hints: flood.slice(1), out: flood.slice(1) },
    { name: 'everything instead of more than 512', hints: [...flood, path('c.jpg')], out: [everything] },
    { name: 'lost above all', hints: [everything, lost, everything, path('a.jpg')], out: [lost] },
  ])
    it(name, async () => assert.deepEqual(await gathered(hints), [out]));

  it('anew after each delivery', async () =>
    assert.deepEqual(await gathered([everything], path('a.jpg')), [[everything], [path('a.jpg')]]));
});
