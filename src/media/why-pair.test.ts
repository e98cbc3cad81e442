import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { dateOrigins, type TakenAt } from '../domain/index.ts';
import { whyPair } from './pairs.ts';

const noonMs = Date.UTC(2024, 6, 14, 12);

describe('a film and a still of one name', () => {
  const half = fc.record({
    contentIdentifier: fc.constantFrom('a', 'b', undefined),
    filmMark: fc.constantFrom('this film', 'that film', undefined),
    durationMs: fc.option(fc.nat(20_000), { nil: undefined }),
    taken: fc.option(
      fc.tuple(fc.integer({ min: -90_000, max: 90_000 }), fc.constantFrom(...dateOrigins)).map(([second, from]): TakenAt => {
        const epochMs = noonMs + second * 1000;
        return { local: new Date(epochMs).toISOString().slice(0, 19), epochMs, from };
      }),
      { nil: undefined },
    ),
    extension: fc.constantFrom('heic', 'jpg', 'mov', 'mp4', 'dng'),
    name: fc.constant(Buffer.from('X')),
  });

  it('are never one picture without a length, dates of both, or one identifier', () =>
    fc.assert(
      fc.property(half, half, (one, other) => {
        const because = whyPair(one, other);
        if (one.filmMark !== undefined && one.filmMark !== other.filmMark) return assert.equal(because, undefined);
        const areEqual = one.contentIdentifier !== undefined && one.contentIdentifier === other.contentIdentifier;
        if (areEqual) return assert.equal(because, 'identifier');
        if (because === undefined) return;
        assert.ok(other.durationMs !== undefined && other.durationMs <= 10_000);
        assert.ok(one.taken && other.taken);
        assert.equal(one.contentIdentifier === undefined || other.contentIdentifier === undefined, true);
        // To the nearest quarter of an hour, which every zone of the world is made of.
        const quarterMs = 900_000;
        const apartMs = Math.abs(one.taken.epochMs - other.taken.epochMs) % quarterMs;
        assert.ok(Math.min(apartMs, quarterMs - apartMs) <= 5_000);
      }),
    ));
});
