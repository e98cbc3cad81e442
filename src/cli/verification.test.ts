import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { verification } from '../desk/index.ts';
import { leftAloneInWords } from './verification.ts';

describe('what came from sources that are no longer configured', () => {
  const inWords = (count: number, sources: readonly string[]) =>
    leftAloneInWords({ ...verification(undefined, [], 0), leftAlone: { count, sources } });

  it('is said in one sentence, if there is any', () => {
    assert.equal(inWords(0, []), undefined);
    assert.equal(
      inWords(1, ['Card']),
      '1 original in Immich came from Card, no longer among your sources: it is not counted here, nor looked at again.',
    );
    assert.equal(
      inWords(1_234, ['Card', 'Old phone']),
      '1,234 originals in Immich came from Card and Old phone, no longer among your sources: they are not counted here, nor looked at again.',
    );
  });
});
