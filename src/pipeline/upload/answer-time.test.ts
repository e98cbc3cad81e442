import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { AnswerTimes, answerPatienceMs } from './answer-time.ts';

const minuteMs = 60_000;

describe('how long an upload waits for its answer', () => {
  for (const { name, sent, thenMs } of [
    { name: 'a small photo waits a minute', sent: { sizeBytes: 96_000, tries: 0 }, thenMs: minuteMs },
    { name: 'twice as long at the second try', sent: { sizeBytes: 96_000, tries: 1 }, thenMs: 2 * minuteMs },
    { name: 'four times as long at the third', sent: { sizeBytes: 96_000, tries: 2 }, thenMs: 4 * minuteMs },
    { name: 'a quarter of an hour at the most', sent: { sizeBytes: 96_000, tries: 20 }, thenMs: 15 * minuteMs },
    { name: 'a film of a gigabyte longer, as it is more work', sent: { sizeBytes: 1e9, tries: 0 }, thenMs: minuteMs + 100_000 },
    { name: 'a film of any size no longer than that', sent: { sizeBytes: 50e9, tries: 0 }, thenMs: 15 * minuteMs },
    { name: 'longer where the last answers were slow', sent: { sizeBytes: 96_000, tries: 0, slowestMs: 180_000 }, thenMs: 6 * minuteMs },
  ]) {
    it(name, () => assert.ok(Math.abs(answerPatienceMs(sent) - thenMs) < 100, `${answerPatienceMs(sent)}`));
  }

  it('hears a server that needs three minutes before a file was sent for the fourth time', () => {
    const tries = [0, 1, 2, 3].filter((time) => answerPatienceMs({ sizeBytes: 1_000, tries: time }) < 180_000);
    assert.deepEqual(tries, [0, 1]);
  });
});

describe('the times of answers', () => {
  it('are remembered by account, and a slow one is forgotten by and by', () => {
    const times = new AnswerTimes();
    times.note(1, 180_000);
    assert.deepEqual([times.slowestMs(1), times.slowestMs(2)], [180_000, 0]);
    for (let answer = 0; answer < 10; answer += 1) times.note(1, 100);
    assert.ok(times.slowestMs(1) < 1_000);
  });
});
