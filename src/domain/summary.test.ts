import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Numbers, numbersOf } from './numbers.ts';
import type { State } from './state.ts';
import { headline, progress, standing, summarise } from './summary.ts';

const numbers = (counts: Partial<Record<State, number>>): Numbers =>
  numbersOf(Object.entries(counts).map(([state, count]) => ({ state: state as State, count })));

const mixed = numbers({ safe: 10, kept: 1, missing: 2, blocked: 1, letGo: 1, noticed: 3, unwanted: 7, gone: 2 });

describe('the numbers in words', () => {
  for (const [said, sentence] of [
    [headline(numbers({ safe: 41_203, missing: 7 }), 7_300_000), '41,203 of 41,210 safe, oldest waiting 2 hours'],
    [headline(numbers({ safe: 3 }), 5_000), '3 of 3 safe'],
    [standing(mixed), '10 of 15 safe, 1 stored, 2 waiting, 1 needs you, 1 let go, 3 not looked at yet'],
    [standing(numbers({ unwanted: 3 })), 'no photos or videos'],
    [standing(numbers({}), false), 'not looked at yet'],
    [progress({ numbers: mixed, bytesPerSecond: 12_300_000, leftMs: 7_300_000 }), '10 of 15 safe · 12 MB/s · 2 hours left'],
    [progress({ numbers: mixed }), '10 of 15 safe'],
  ] as const) {
    it(sentence, () => assert.equal(said, sentence));
  }
});

describe('once says at its end', () => {
  for (const [total, sentence] of [
    [numbers({ safe: 29 }), '29 photos and videos are safe.'],
    [numbers({ safe: 1 }), '1 photo or video is safe.'],
    [numbers({ unwanted: 4 }), 'There is nothing to keep safe yet.'],
    [
      mixed,
      '10 of 15 photos and videos are safe; 1 stored and not read back, 5 waiting, 1 in need of you (homeroll files --state blocked), 1 let go.',
    ],
  ] as const) {
    it(sentence, () => assert.equal(summarise([], total).at(-1), sentence));
  }

  it('a line for every source, then the one that counts', () =>
    assert.deepEqual(summarise([{ name: 'Scanner', numbers: numbers({ safe: 2, missing: 1 }) }], numbers({ safe: 2, missing: 1 })), [
      'Scanner: 2 of 3 safe, 1 waiting.',
      '2 of 3 photos and videos are safe; 1 waiting.',
    ]));
});
