import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { formatDuration, parseDuration } from './duration.ts';

describe('a span of time', () => {
  for (const [text, durationMs] of [
    ['10 s', 10_000],
    ['10s', 10_000],
    ['5 minutes', 300_000],
    ['1 minute', 60_000],
    ['1.5 hours', 5_400_000],
    ['90 days', 7_776_000_000],
    ['500 ms', 500],
    ['0 s', 0],
    ['10', undefined],
    ['s', undefined],
    ['-1 s', undefined],
    ['3 fortnights', undefined],
  ] as const) {
    it(`"${text}" is ${durationMs === undefined ? 'none' : `${durationMs} ms`}`, () => assert.equal(parseDuration(text), durationMs));
  }

  for (const [durationMs, text] of [
    [0, '0 seconds'],
    [1_000, '1 second'],
    [59_999, '59 seconds'],
    [60_000, '1 minute'],
    [7_300_000, '2 hours'],
    [86_400_000 * 1200, '1,200 days'],
  ] as const) {
    it(`of ${durationMs} ms is shown as ${text}`, () => assert.equal(formatDuration(durationMs), text));
  }
});
