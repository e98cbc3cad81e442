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
    { why: { isOnline: false }, verdict: 'ok', sentence: 'The broker at mqtt://broker:1883 answers, and lets Homeroll in.', cure: /^$/ },
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

  for (const { name, own, owner, isOnline, says } of [
    {
      name: 'another is at work there',
      own: 'ours',
      owner: 'theirs',
      isOnline: true,
      says: 'Another Homeroll is at work at the topic "homeroll"',
    },
    { name: 'nothing of one that was there once', own: 'ours', owner: 'theirs', isOnline: false, says: '' },
    { name: 'nothing of itself', own: 'ours', owner: 'ours', isOnline: true, says: '' },
    { name: 'nothing where nobody tells who they are', own: 'ours', owner: undefined, isOnline: true, says: '' },
    {
      name: 'another is at work there, before this one ever was',
      own: undefined,
      owner: 'theirs',
      isOnline: true,
      says: 'Another Homeroll',
    },
  ])
    it(`of its topic that ${name}`, async () => {
      using test = new TestJournal();
      if (own !== undefined) test.journal.facts.set('installation', own);
      const logIn = async () => ({ ...(owner !== undefined && { owner }), isOnline });
      const findings = await checkBroker({ mqtt, logIn, journal: test.journal, clock: { now: () => 0 } }, new AbortController().signal);
      const problems = findings.filter(({ verdict }) => verdict === 'problem');
      assert.equal(problems.length, says === '' ? 0 : 1);
      if (says !== '') assert.ok(problems[0]?.sentence.startsWith(says) && problems[0].cure?.includes('a topic of its own'));
    });

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
      const parts = { mqtt: own, logIn: async () => ({ isOnline: false }), journal, clock: { now: () => after * days } };
      const [, finding] = await checkBroker(parts, new AbortController().signal);
      assert.equal(finding?.verdict, verdict);
      assert.match(finding?.sentence ?? '', sentence);
    });
});
