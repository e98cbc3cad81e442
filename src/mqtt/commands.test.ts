import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { readCommand } from './commands.ts';

const place = { topic: 'photos/homeroll', sources: new Map([['phone', "Anna's phone"]]) };
const read = (topic: string, payload: string, isRetained = false) =>
  readCommand({ topic: `photos/homeroll/${topic}`, payload: Buffer.from(payload), isRetained }, place);

describe('a command', () => {
  for (const { topic, payload, order } of [
    { topic: 'back_up/set', payload: 'PRESS', order: { kind: 'sweep' } },
    { topic: 'source/phone/back_up/set', payload: 'PRESS', order: { kind: 'sweep', subject: "Anna's phone" } },
    { topic: 'verify/set', payload: 'PRESS', order: { kind: 'verify' } },
    { topic: 'retry/set', payload: 'PRESS', order: { kind: 'retry' } },
    { topic: 'paused/set', payload: 'ON', order: { kind: 'pause' } },
    { topic: 'paused/set', payload: 'OFF', order: { kind: 'resume' } },
    { topic: 'source/phone/paused/set', payload: 'OFF', order: { kind: 'resume', subject: "Anna's phone" } },
    { topic: 'proof/set', payload: 'as configured', order: { kind: 'proof', subject: 'as configured' } },
    { topic: 'proof/set', payload: 'sample 5%', order: { kind: 'proof', subject: 'sample 5%' } },
  ]) {
    it(`"${payload}" at ${topic} is ${JSON.stringify(order)}`, () => assert.deepEqual(read(topic, payload), { kind: 'order', order }));
  }

  for (const { what, topic, payload, isRetained } of [
    { what: 'in other words', topic: 'paused/set', payload: 'on' },
    { what: 'empty', topic: 'back_up/set', payload: '' },
    { what: 'too long', topic: 'back_up/set', payload: 'PRESS'.repeat(100) },
    { what: 'retained', topic: 'back_up/set', payload: 'PRESS', isRetained: true },
    { what: 'about a source that is not there', topic: 'source/card/back_up/set', payload: 'PRESS' },
    { what: 'of the household, sent to a source', topic: 'source/phone/verify/set', payload: 'PRESS' },
    { what: 'unknown', topic: 'erase/set', payload: 'PRESS' },
    { what: 'a proof that there is none of', topic: 'proof/set', payload: 'sample 500%' },
    { what: 'a state of our own', topic: 'state', payload: '{}' },
  ]) {
    it(`that is ${what} is none`, () => assert.equal(read(topic, payload, isRetained).kind, 'nonsense'));
  }

  it('may be anything at all, and is an order or a sentence', () =>
    fc.assert(
      fc.property(fc.string(), fc.uint8Array({ maxLength: 100 }), fc.boolean(), (topic, payload, isRetained) => {
        const command = readCommand({ topic: `photos/homeroll/${topic}/set`, payload: Buffer.from(payload), isRetained }, place);
        assert.ok(command.kind === 'order' || command.why.length > 0);
      }),
    ));
});
