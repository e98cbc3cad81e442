import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { greetingIn } from './greeting-in.ts';
import { topicsOf } from './names.ts';

const plain = topicsOf({ topic: 'homeroll', discovery: 'homeassistant' });
const own = topicsOf({ topic: 'homeroll', discovery: 'homeassistant', birth: 'ha/lebt' });
const parted = topicsOf({ topic: 'homeroll', discovery: 'homeassistant', birth: 'ha/born', will: 'ha/gone' });

describe('a greeting of Home Assistant', () => {
  for (const { topics, topic, payload, is } of [
    { topics: plain, topic: 'homeassistant/status', payload: 'online', is: 'birth' },
    { topics: plain, topic: 'homeassistant/status', payload: 'offline', is: 'farewell' },
    { topics: plain, topic: 'homeassistant/status', payload: 'restarting', is: undefined },
    { topics: own, topic: 'ha/lebt', payload: 'online', is: 'birth' },
    { topics: own, topic: 'ha/lebt', payload: 'offline', is: 'farewell' },
    { topics: own, topic: 'homeassistant/status', payload: 'online', is: undefined },
    { topics: parted, topic: 'ha/born', payload: 'da', is: 'birth' },
    { topics: parted, topic: 'ha/gone', payload: 'weg', is: 'farewell' },
    { topics: parted, topic: 'ha/gone', payload: '', is: undefined },
    { topics: parted, topic: 'homeroll/retry/set', payload: 'PRESS', is: undefined },
  ]) {
    it(`is ${is ?? 'nothing'}: "${payload}" at ${topic}`, () =>
      assert.equal(greetingIn({ topic, payload: Buffer.from(payload) }, topics), is));
  }
});
