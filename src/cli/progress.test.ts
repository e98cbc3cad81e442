/** Progress as it is drawn: the numbers, the pace, and never a line too wide. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { numbersOf } from '../domain/index.ts';
import { paint } from './paint.ts';
import { paceOf, progressBlock, progressLine, type Sample } from './progress.ts';
import { plain, shortened, table, tableWithin, widthOf, wrapped } from './text.ts';

const sample = (
  more: { atMs?: number; safe?: number; waiting?: number; bytes?: number; movedBytes?: number; inHand?: string } = {},
): Sample => {
  const { atMs = 0, safe = 12, waiting = 3, bytes = 1_000_000, movedBytes = 0, inHand } = more;
  const files = numbersOf([
    { state: 'safe', count: safe },
    { state: 'missing', count: waiting },
    { state: 'stored', count: 1 },
  ]);
  return { atMs, files, bytes: numbersOf([{ state: 'missing', count: bytes }]), movedBytes, ...(inHand !== undefined && { inHand }) };
};

describe('progress', () => {
  for (const { name, samples, pace } of [
    { name: 'is unknown at first', samples: [sample()], pace: {} },
    { name: 'is unknown before a second has passed', samples: [sample(), sample({ atMs: 900, movedBytes: 5 })], pace: {} },
    {
      name: 'counts what moved, and what is left to send and read back',
      samples: [sample({ bytes: 5_000_000 }), sample({ atMs: 2_000, bytes: 4_000_000, movedBytes: 2_000_000 })],
      pace: { bytesPerSecond: 1_000_000, leftMs: 8_000 },
    },
    {
      name: 'does not guess an end while more is still found',
      samples: [sample({ bytes: 1 }), sample({ atMs: 2_000, bytes: 4_000_000, movedBytes: 2_000_000 })],
      pace: { bytesPerSecond: 1_000_000 },
    },
    { name: 'does not guess while nothing moves', samples: [sample({ bytes: 9 }), sample({ atMs: 5_000, bytes: 8 })], pace: {} },
  ])
    it(name, () => assert.deepEqual(paceOf(samples), pace));

  it('is a bar, the places and what is in hand', () =>
    assert.deepEqual(
      progressBlock(sample({ inHand: 'IMG_1.jpg' }), { bytesPerSecond: 3.2e6, leftMs: 4_000 }, { columns: 80, paint: paint(false) }),
      [`${'━'.repeat(30)} 12 of 16 safe · 3.2 MB/s · 4 seconds left`, '3 waiting, 1 stored', 'IMG_1.jpg'],
    ));

  it('is one line in a log', () =>
    assert.equal(
      progressLine(sample(), { bytesPerSecond: 3.2e6, leftMs: 4_000 }),
      '12 of 16 safe · 3.2 MB/s · 4 seconds left (3 waiting, 1 stored)',
    ));

  it('never draws a line wider than the terminal', () =>
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 200 }),
        fc.integer({ min: 40, max: 120 }),
        fc.nat(1e9),
        (inHand, columns, safe) => {
          const block = progressBlock(sample({ inHand, safe }), { bytesPerSecond: 1e9, leftMs: 1e12 }, { columns, paint: paint(true) });
          assert.ok(
            block.every((line) => widthOf(line) <= columns),
            block.map(widthOf).join(),
          );
        },
      ),
    ));
});

describe('text on a terminal', () => {
  it('cannot move the cursor', () => assert.equal(plain('a\nb\u001b[31m'), 'a\\u{a}b\\u{1b}[31m'));
  it('keeps both ends of what is too long', () => assert.equal(shortened('abcdefghij', 5), 'ab…ij'));
  it('stands in columns', () =>
    assert.deepEqual(
      table(
        [
          ['a', '1'],
          ['bcd', '12'],
        ],
        [1],
      ),
      ['a     1', 'bcd  12'],
    ));
  it('goes on below in its last column where the room ends', () =>
    assert.deepEqual(
      tableWithin(30, [
        ['a', 'b', 'one two three four five six'],
        ['a', 'bcd', 'seven'],
      ]),
      ['a  b    one two three four\n        five six', 'a  bcd  seven'],
    ));
  it('is broken at blanks', () => assert.equal(wrapped('  one two three', 9, '    '), '  one two\n    three'));
});
