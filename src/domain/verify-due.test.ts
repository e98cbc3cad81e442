import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { type Sha1, sha1 } from './ids.ts';
import { isDue, isInSample, isQuestion, sliceOf, slicesIn } from './verify-due.ts';

const dayMs = 86_400_000;
const everyMs = 30 * dayMs;
/** A content of this slice, of thirty. */
const ofSlice = (slice: number): Sha1 =>
  sha1(
    `00000000${Math.ceil(((slice + 0.5) / 30) * 2 ** 32)
      .toString(16)
      .padStart(8, '0')}`.padEnd(40, '0'),
  );
const manySha1s = Array.from({ length: 10_000 }, (_, number) => sha1(createHash('sha1').update(`${number}`).digest('hex')));
const aSha1 = fc.stringMatching(/^[0-9a-f]{40}$/).map(sha1);

describe('a content is due', () => {
  const round = { number: 301, startMs: 1_000 * dayMs };
  const nowMs = round.startMs + 3_600_000;
  for (const { name, slice, provenAtMs, is } of [
    { name: 'when its slice has its night', slice: 1, provenAtMs: round.startMs - 30 * dayMs + 1, is: true },
    { name: 'not in the night before', slice: 2, provenAtMs: round.startMs - 29 * dayMs, is: false },
    { name: 'when its night was missed', slice: 0, provenAtMs: round.startMs - 30 * dayMs, is: true },
    { name: 'when it was never proven', slice: 5, provenAtMs: undefined, is: true },
    { name: 'not twice in a night', slice: 1, provenAtMs: round.startMs + 60_000, is: false },
    { name: 'in its night, when the clock was set back since', slice: 1, provenAtMs: nowMs + dayMs, is: true },
  ]) {
    it(name, () => {
      const content = { sha1: ofSlice(slice), ...(provenAtMs !== undefined && { provenAtMs }) };
      assert.equal(isDue(content, { round, nowMs, everyMs }), is);
    });
  }

  const nights = fc.array(fc.boolean(), { minLength: 70, maxLength: 120 });

  it('within `verify every`, if no night is missed, and never twice in a night', () =>
    fc.assert(
      fc.property(fc.array(aSha1, { minLength: 1, maxLength: 20 }), fc.integer({ min: 1, max: 60 }), (sha1s, days) => {
        const reads = live(sha1s, { days, isOn: () => true, count: 3 * days });
        for (const read of reads.values()) for (const [before, after] of pairs(read)) assert.ok(after - before <= days && after > before);
      }),
    ));

  it('in the first night after those that were missed, if it would have been meanwhile', () =>
    fc.assert(
      fc.property(fc.array(aSha1, { minLength: 1, maxLength: 20 }), nights, (sha1s, isOn) => {
        const reads = live(sha1s, { days: 20, isOn: (night) => isOn[night] === true, count: isOn.length });
        for (const read of reads.values()) {
          for (const [before, after] of pairs(read)) {
            const firstOn = isOn.findIndex((on, night) => on && night > before + 20);
            assert.ok(after - before <= 20 || after === firstOn, `read in ${before}, then in ${after}`);
          }
        }
      }),
    ));

  it('as a slice of about the same size each night', () => {
    const sizes = new Array<number>(10).fill(0);
    manySha1s.forEach((one) => {
      const slice = sliceOf(one, 10);
      sizes[slice] = (sizes[slice] ?? 0) + 1;
    });
    assert.equal(sizes.length, 10);
    assert.ok(sizes.every((size) => size > 500));
  });
});

describe('slices', () => {
  it('are the nights in `verify every`, and one at least', () =>
    assert.deepEqual([3_600_000, dayMs, 1.5 * dayMs, 90 * dayMs].map(slicesIn), [1, 1, 1, 90]));
});

describe('a sample', () => {
  it('is about the share asked for, and another one each time', () => {
    const drawn = (offset: number): Sha1[] => manySha1s.filter((one) => isInSample(one, { share: 0.1, offset }));
    assert.ok(Math.abs(drawn(0.3).length - 1_000) < 200);
    assert.equal(drawn(0.3).filter((one) => drawn(0.6).includes(one)).length, 0);
    assert.ok(manySha1s.every((one) => isInSample(one, { share: 1, offset: 0.5 })));
  });
});

describe('many that are gone are a question', () => {
  for (const { missing, known, is } of [
    { missing: 20, known: 30, is: false },
    { missing: 21, known: 30, is: true },
    { missing: 25, known: 2_500, is: false },
    { missing: 26, known: 2_500, is: true },
    { missing: 0, known: 0, is: false },
  ]) {
    it(`${missing} of ${known}: ${is}`, () => assert.equal(isQuestion({ missing, known }), is));
  }
});

/** The nights in which each content is read; all are proven just before the first. */
function live(
  sha1s: readonly Sha1[],
  { days, isOn, count }: { days: number; isOn: (night: number) => boolean; count: number },
): ReadonlyMap<Sha1, readonly number[]> {
  const reads = new Map<Sha1, number[]>(sha1s.map((one) => [one, [-1]]));
  for (let night = 0; night < count; night += 1) {
    if (!isOn(night)) continue;
    const round = { number: night, startMs: night * dayMs };
    for (const [one, read] of reads) {
      const minute = 60_000 * (1 + (read.length % 300));
      const provenAtMs = (read.at(-1) ?? 0) * dayMs + minute;
      for (const nowMs of [round.startMs + minute, round.startMs + minute + 1]) {
        if (
          isDue(
            { sha1: one, provenAtMs: read.at(-1) === night ? round.startMs + minute : provenAtMs },
            { round, nowMs, everyMs: days * dayMs },
          )
        ) {
          read.push(night);
        }
      }
    }
  }
  return reads;
}

function pairs(numbers: readonly number[]): readonly (readonly [number, number])[] {
  return numbers.slice(1).map((after, index) => [numbers[index] ?? 0, after] as const);
}
