import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { titlePattern, titlePatternProblem } from './title-pattern.ts';

describe('which entries are meant', () => {
  for (const [text, title, isMeant] of [
    ['birthday', "Ben's Birthday", true],
    ['birthday', 'Dentist', false],
    ['Geburtstag', 'GEBURTSTAG Mü', true],
    ['mu\u0308', 'Geburtstag M\u00dc', true],
    ['/birthday|holiday|trip/i', 'Holiday in Rome', true],
    ['/birthday|holiday|trip/i', 'Dentist', false],
    ['/Trip/', 'trip', false],
    ['/^Trip$/', ' Trip\n', true],
    ['/a+b?/', 'xaab', true],
    ['a/b', 'A/B', true],
    ['(work)', 'Party (Work)', true],
    // What lies behind the 200th letter is not looked at.
    ['/x$/', `${'y'.repeat(200)}x`, false],
  ] as const) {
    it(`${text} ${isMeant ? 'means' : 'does not mean'} ${JSON.stringify(title).slice(0, 40)}`, () =>
      assert.equal(titlePattern(text).matches(title), isMeant));
  }
  for (const [text, problem] of [
    ['', /must not be empty/],
    ['/birthday', /ends with "\/"/],
    ['/birthday/g', /ends with "\/"/],
    ['/(birthday/i', /bracket/],
    ['/(a+)+$/', /for ever/],
    ['/(?:\\w*)*x/', /for ever/],
  ] as const) {
    it(`${text || 'nothing'} is refused`, () => {
      assert.match(titlePatternProblem(text) ?? '', problem);
      assert.throws(() => titlePattern(text), problem);
    });
  }
});
