import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { FileRecord } from '../domain/index.ts';
import { portions } from './claims.ts';

const filesOf = (sizes: readonly number[]): readonly FileRecord[] => sizes.map((sizeBytes) => ({ stat: { sizeBytes } }) as FileRecord);
const sizesOf = (cut: readonly (readonly FileRecord[])[]): readonly (readonly number[])[] =>
  cut.map((portion) => portion.map(({ stat }) => stat.sizeBytes));

describe('files are cut into runs of a step', () => {
  for (const { name, sizes, expected } of [
    { name: 'small ones share a run', sizes: [1, 1, 1], expected: [[1, 1, 1]] },
    { name: 'never more than the step takes', sizes: [1, 1, 1, 1], expected: [[1, 1, 1], [1]] },
    { name: 'never more bytes than the step minds', sizes: [4, 6, 1], expected: [[4, 6], [1]] },
    { name: 'a large one goes alone', sizes: [50, 1], expected: [[50], [1]] },
    { name: 'a large one does not join small ones', sizes: [1, 50], expected: [[1], [50]] },
  ]) {
    it(name, () => assert.deepEqual(sizesOf(portions(filesOf(sizes), { atOnce: 3, mostBytesAtOnce: 10 })), expected));
  }

  it('all of them, each once, in their order', () =>
    fc.assert(
      fc.property(
        fc.array(fc.nat(100)),
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 1, max: 200 }),
        (sizes, atOnce, mostBytesAtOnce) => {
          assert.deepEqual(sizesOf(portions(filesOf(sizes), { atOnce, mostBytesAtOnce })).flat(), sizes);
        },
      ),
    ));
});
