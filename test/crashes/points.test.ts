import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { drawnEvenly, earlier, shareOf, worthACrash } from './points.ts';

const reached = (name: string, times: number): readonly string[] => Array.from({ length: times }, (_, index) => `${name}:${index + 1}`);

describe('of all points that a run came by', () => {
  it('each is worth a crash, one that is reached often at its first, second, middle and last time', () => {
    assert.deepEqual(worthACrash([...reached('a', 9), 'b:1']), ['a:1', 'a:2', 'a:5', 'a:9', 'b:1']);
  });

  it('some can be drawn, spread evenly', () => {
    assert.deepEqual(drawnEvenly(reached('a', 10), 3), ['a:1', 'a:4', 'a:7']);
    assert.deepEqual(drawnEvenly(['a:1'], 3), ['a:1']);
  });

  it('each is in one of several shares, whatever stands beside it', () => {
    const points = [...reached('a', 30), ...reached('b', 30)];
    const shares = [1, 2, 3].map((share) => shareOf(points, { share, of: 3 }));
    assert.deepEqual(shares.flat().toSorted(), points.toSorted());
    assert.deepEqual(
      shareOf(points.slice(30), { share: 2, of: 3 }),
      shares[1]?.filter((point) => point.startsWith('b')),
    );
  });

  it('one that is not reached as often another time has those before it', () => {
    assert.deepEqual(earlier('a:3'), ['a:3', 'a:2', 'a:1']);
  });
});
