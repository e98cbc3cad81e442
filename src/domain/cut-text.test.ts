import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { cutText, inBytes, inUnits } from './cut-text.ts';

describe('a text is cut', () => {
  for (const [text, most, then] of [
    ['short', 5, 'short'],
    ['longer', 5, 'long…'],
    ['a b c', 3, 'a…'],
    ['👨‍👩‍👧 and more', 8, '…'],
    ['👨‍👩‍👧 and more', 9, '👨‍👩‍👧…'],
  ] as const) {
    it(`"${text}" to ${most}: "${then}"`, () => assert.equal(cutText(text, most), then));
  }

  it('to bytes, never within a letter', () => assert.equal(cutText('ßßßß', 7, inBytes), 'ßß…'));

  it('to no more than there is room for, and to all that there is', () =>
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }),
        fc.integer({ min: 3, max: 40 }),
        fc.constantFrom(inBytes, inUnits),
        (text, most, measure) => {
          const cut = cutText(text, most, measure);
          assert.ok(measure(cut) <= most);
          assert.ok(cut === text || (cut.endsWith('…') && text.startsWith(cut.slice(0, -1))));
          assert.ok(cut.isWellFormed() || !text.isWellFormed());
        },
      ),
    ));
});
