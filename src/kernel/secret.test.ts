import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { format, inspect } from 'node:util';
import { Secret } from './secret.ts';

describe('a secret', () => {
  const key = new Secret('hunter2');

  for (const [way, shown] of Object.entries({
    'in a sentence': `${key}`,
    'joined to a text': `key ${String(key)}`,
    'in JSON': JSON.stringify({ key }),
    'in a log of objects': inspect({ accounts: [{ key }] }, { depth: 9, showHidden: true }),
    'through console formats': format('%s %o %j', key, key, key),
    'as its own keys': Object.entries(key).join(),
  })) {
    it(`does not show itself ${way}`, () => assert.doesNotMatch(shown, /hunter2/));
  }

  it('is told only when asked', () => assert.equal(key.reveal(), 'hunter2'));
});
