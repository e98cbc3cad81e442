import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { answerPatience } from './answer-patience.ts';

/** How often a server that takes so long is asked in vain before it is heard. */
function timesInVain(patience: ReturnType<typeof answerPatience>, takesMs: number): number {
  let times = 0;
  for (; patience.ms < takesMs; times += 1) patience.noteSilence(patience.ms);
  patience.noteAnswer(takesMs);
  return times;
}

describe('the patience with answers', () => {
  it('doubles with each silence, so that a server that needs three minutes is heard the third time, and at once from then on', () => {
    const patience = answerPatience(60_000);
    assert.deepEqual([timesInVain(patience, 180_000), timesInVain(patience, 180_000)], [2, 0]);
  });

  it('is back to what it was after an answer that came soon', () => {
    const patience = answerPatience(60_000);
    patience.noteSilence(60_000);
    patience.noteAnswer(100);
    assert.equal(patience.ms, 60_000);
  });

  it('takes several that fell silent together for one', () => {
    const patience = answerPatience(10_000);
    for (const waitedMs of [10_000, 10_000, 10_000]) patience.noteSilence(waitedMs);
    assert.equal(patience.ms, 20_000);
  });

  it('ends somewhere', () => {
    const patience = answerPatience(10_000);
    for (let time = 0; time < 99; time += 1) patience.noteSilence(patience.ms);
    assert.equal(patience.ms, 300_000);
  });
});
