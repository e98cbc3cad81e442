/** What programs end with: the table that scripts rely on. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { JournalTrouble } from '../journal/index.ts';
import { OwnerError } from '../kernel/index.ts';
import { type Causes, causesOf, exitCodeOf } from './exit-code.ts';

describe('the exit code', () => {
  for (const { causes, code } of [
    { causes: {}, code: 0 },
    { causes: { isSomethingUndone: true }, code: 3 },
    { causes: { isSomethingUndone: true, isAccountUnusable: true }, code: 4 },
    { causes: { isSomethingUndone: true, isAccountUnusable: true, isJournalHeld: true }, code: 5 },
    { causes: { isSomethingUndone: true, isAccountUnusable: true, isJournalHeld: true, isUsageWrong: true }, code: 2 },
    { causes: { isBug: true }, code: 1 },
    { causes: { isInterrupted: true, isSomethingUndone: true }, code: 130 },
  ] satisfies readonly { causes: Causes; code: number }[]) {
    it(`is ${code} for ${Object.keys(causes).join(', ') || 'nothing in the way'}`, () => assert.equal(exitCodeOf(causes), code));
  }

  for (const { error, code } of [
    { error: new OwnerError('journal held', 'x'), code: 5 },
    { error: new OwnerError('immich away', 'x'), code: 4 },
    { error: new JournalTrouble('journal disk full', 'x'), code: 3 },
    { error: new OwnerError('config refused', 'x'), code: 2 },
    { error: new TypeError('x'), code: 1 },
    { error: 'thrown text', code: 1 },
  ]) {
    it(`is ${code} when ${error instanceof OwnerError ? `"${error.code}"` : 'something unknown'} ends everything`, () =>
      assert.equal(exitCodeOf(causesOf(error)), code));
  }
});
