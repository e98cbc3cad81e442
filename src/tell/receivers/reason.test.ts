import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { reasonOf } from './reason.ts';

const login = 'https://me:p%40ss@ntfy.example/below?auth=QmFzaWM';

describe('what a receiver says of its refusal', () => {
  for (const { name, text, secrets = [], reason } of [
    { name: 'as ntfy says it', text: '{"code":40301,"error":"forbidden"}', reason: 'forbidden' },
    { name: 'as Gotify says it', text: '{"error":"Bad Request","errorDescription":"title is bad"}', reason: 'title is bad' },
    {
      name: 'as Telegram says it',
      text: '{"ok":false,"description":"Bad Request: chat not found"}',
      reason: 'Bad Request: chat not found',
    },
    { name: 'on one line, without its dot', text: '{"message":"no\\nway."}', reason: 'no way' },
    { name: 'with quotes that do not end ours', text: '{"message":"no \\"way\\" in"}', reason: "no 'way' in" },
    { name: 'cut short', text: JSON.stringify({ error: 'x'.repeat(900) }), reason: `${'x'.repeat(159)}…` },
    { name: 'that is a page', text: '<html>no</html>', reason: undefined },
    { name: 'that is no sentence', text: '{"error":{"a":1}}', reason: undefined },
    { name: 'with the token in it', text: '{"error":"no tk_1 here"}', secrets: ['tk_1'], reason: undefined },
    { name: 'with the token in other letters', text: '{"error":"no TK_1 here"}', secrets: ['tk_1'], reason: undefined },
    { name: 'with the token as it stands in an address', text: '{"error":"no a%3Ab here"}', secrets: ['a:b'], reason: undefined },
    { name: 'with the token as it stands in a header', text: '{"error":"no c2VjcmV0 here"}', secrets: ['secret'], reason: undefined },
    { name: 'with the password of the address', text: '{"error":"no p@ss here"}', secrets: [login], reason: undefined },
    { name: 'with the log-in of the address as a header', text: '{"error":"no bWU6cEBzcw== here"}', secrets: [login], reason: undefined },
    { name: 'with what stands behind the address', text: '{"error":"no QmFzaWM here"}', secrets: [login], reason: undefined },
    { name: 'that only names the server', text: '{"error":"ntfy.example is full"}', secrets: [login], reason: 'ntfy.example is full' },
  ]) {
    it(name, () => assert.equal(reasonOf(text, secrets), reason));
  }
});
