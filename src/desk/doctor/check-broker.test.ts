import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { TestJournal } from '../../../test/kit/test-journal.ts';
import type { MqttConfig } from '../../config/index.ts';
import { noteGreeting } from '../greetings.ts';
import { checkBroker } from './check-broker.ts';

const mqtt: MqttConfig = {
  url: new URL('mqtt://broker:1883'),
  topic: 'homeroll',
  discovery: 'homeassistant',
  isPictureShown: false,
  isUpdateAsked: false,
};

describe('the doctor says of the broker', () => {
  for (const { why, verdict, sentence, cure } of [
    { why: undefined, verdict: 'ok', sentence: 'The broker at mqtt://broker:1883 answers, and lets Homeroll in.', cure: /^$/ },
    {
      why: 'The MQTT broker is away (mqtt://broker:1883 refuses connections).',
      verdict: 'problem',
      sentence: 'The MQTT broker is away (mqtt://broker:1883 refuses connections).',
      cure: /^Start the broker, or correct "url"/,
    },
    { why: 'It refuses. Correct "user".', verdict: 'problem', sentence: 'It refuses. Correct "user".', cure: /^$/ },
  ]) {
    it(sentence, async () => {
      const [finding] = await checkBroker(
        { mqtt, logIn: async () => why, journal: undefined, clock: { now: () => 0 } },
        new AbortController().signal,
      );
      assert.deepEqual([finding?.verdict, finding?.sentence], [verdict, sentence]);
      assert.match(finding?.cure ?? '', cure);
    });
  }

  const days = 86_400_000;
  for (const { name, said = [], days: after, own = mqtt, verdict, sentence } of [
    {
      name: 'that its start is heard',
      said: ['birth', 'farewell'],
      days: 1,
      verdict: 'ok',
      sentence: /says at homeassistant\/status when/,
    },
    { name: 'that it was never heard, which may be well', days: 3, verdict: 'note', sentence: /for 3 d.*never heard.*"birth"/ },
    { name: 'that it was not heard for longer than it ever runs', days: 40, verdict: 'warning', sentence: /never heard/ },
    { name: 'that it is heard to go, and never to come', said: ['farewell'], days: 1, verdict: 'warning', sentence: /said goodbye there/ },
    {
      name: 'nothing of another topic than was listened at',
      days: 40,
      own: { ...mqtt, birth: 'ha/lebt' },
      verdict: undefined,
      sentence: /^$/,
    },
  ] as const)
    it(`of Home Assistant ${name}`, async () => {
      using test = new TestJournal();
      const { journal } = test;
      noteGreeting(journal, 'homeassistant/status', { nowMs: 0 });
      for (const one of said) noteGreeting(journal, 'homeassistant/status', { said: one, nowMs: 1 });
      const parts = { mqtt: own, logIn: async () => undefined, journal, clock: { now: () => after * days } };
      const [, finding] = await checkBroker(parts, new AbortController().signal);
      assert.equal(finding?.verdict, verdict);
      assert.match(finding?.sentence ?? '', sentence);
    });
});
