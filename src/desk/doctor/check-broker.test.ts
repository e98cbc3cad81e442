import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { MqttConfig } from '../../config/index.ts';
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
      const [finding] = await checkBroker({ mqtt, logIn: async () => why }, new AbortController().signal);
      assert.deepEqual([finding?.verdict, finding?.sentence], [verdict, sentence]);
      assert.match(finding?.cure ?? '', cure);
    });
  }
});
