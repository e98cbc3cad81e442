import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { proofInWords, proofMeant } from './proof-asked.ts';

describe('a proof in words', () => {
  for (const [words, wish] of [
    ['every', { kind: 'every' }],
    ['checksum', { kind: 'checksum' }],
    ['sample 5%', { kind: 'sample', share: 0.05 }],
    ['sample 0.5%', { kind: 'sample', share: 0.005 }],
  ] as const) {
    it(`is "${words}", there and back`, () => {
      assert.deepEqual(proofMeant(words), wish);
      assert.equal(proofInWords(wish), words);
    });
  }

  for (const words of ['', 'all', 'sample', 'sample 0%', 'sample 101%', 'as configured', 'every ']) {
    it(`is not "${words}"`, () => assert.equal(proofMeant(words), undefined));
  }
});
