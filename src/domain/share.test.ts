import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseShare } from './share.ts';

describe('a share', () => {
  for (const [text, share] of [
    ['5%', 0.05],
    [' 2.5 % ', 0.025],
    ['100%', 1],
    ['0%', undefined],
    ['101%', undefined],
    ['5', undefined],
    ['-5%', undefined],
    ['all', undefined],
  ] as const) {
    it(`"${text}" is ${share ?? 'none'}`, () => assert.equal(parseShare(text), share));
  }
});
