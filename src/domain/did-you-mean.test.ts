import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { didYouMean, guess } from './did-you-mean.ts';

const words = ['smaller than', 'larger than', 'taken before', 'taken after', 'camera'];

describe('the word that was meant', () => {
  for (const [written, meant] of [
    ['smaler than', 'smaller than'],
    ['smaller_than', 'smaller than'],
    ['smallerthan', 'smaller than'],
    ['Larger Than', 'larger than'],
    ['takne before', 'taken before'],
    ['cmaera', 'camera'],
    ['brightness', undefined],
    ['x', undefined],
  ] as const) {
    it(`of "${written}" is ${meant ?? 'nobody knows'}`, () => assert.equal(didYouMean(written, words), meant));
  }

  it('is asked for in a sentence', () => {
    assert.equal(guess('camra', words), ' Did you mean "camera"?');
    assert.equal(guess('brightness', words), '');
  });

  it('is found after any single letter is lost', () =>
    fc.assert(
      fc.property(fc.constantFrom(...words), fc.nat(20), (word, position) => {
        const cut = position % word.length;
        assert.equal(didYouMean(word.slice(0, cut) + word.slice(cut + 1), words), word);
      }),
    ));
});
