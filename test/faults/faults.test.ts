import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { allFaults } from './all.ts';
import { noToll } from './toll.ts';

describe('nothing is lost, doubled or lied about', () => {
  for (const { group, name, strike, skip } of allFaults.filter(({ isQuick }) => isQuick)) {
    it(`${group}: ${name}`, { skip }, async () => assert.deepEqual(await strike(1), noToll));
  }

  it('under names that are all different', () => {
    const names = allFaults.map(({ group, name }) => `${group}: ${name}`);
    assert.equal(new Set(names).size, names.length);
  });
});
