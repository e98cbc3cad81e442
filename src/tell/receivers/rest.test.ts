import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { restMsOf } from './rest.ts';

const now = Date.parse('2026-07-05T10:00:00Z');

describe('how long a receiver asks to be left alone', () => {
  for (const { name, retryAfter, text = '', restMs } of [
    { name: 'in seconds', retryAfter: '120', restMs: 120_000 },
    { name: 'by a moment', retryAfter: 'Sun, 05 Jul 2026 10:01:00 GMT', restMs: 60_000 },
    { name: 'by a moment that is over', retryAfter: 'Sun, 05 Jul 2026 09:00:00 GMT', restMs: 0 },
    {
      name: 'as Discord does, to the thousandth',
      retryAfter: '65',
      text: '{"message":"slow","retry_after":64.57,"global":false}',
      restMs: 64_570,
    },
    { name: 'as Telegram does', text: '{"ok":false,"error_code":429,"parameters":{"retry_after":35}}', restMs: 35_000 },
    { name: 'in no words that are known', retryAfter: 'soon', restMs: undefined },
    { name: 'below nothing', retryAfter: '-5', restMs: undefined },
    { name: 'not at all', text: '<html>', restMs: undefined },
  ]) {
    it(name, () => assert.equal(restMsOf({ retryAfter, text }, now), restMs));
  }
});
