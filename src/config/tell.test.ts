/** Receivers under `tell:`: what is made of them, with nothing secret to be seen. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { inspect } from 'node:util';
import { Secret } from '../kernel/index.ts';
import { loadConfig } from './load.ts';
import { problemText } from './problem.ts';
import { onDisk } from './surroundings.ts';
import type { ReceiverTeller } from './teller.ts';

const head = 'immich: { url: http://i, accounts: { me: { key: !secret key } } }\nsources: [{ name: A, folder: a }]\n';
const bot = '110201543:hidden-AAHdqTcvCH1vGWJxfSeofSAs0K5';
const hook = 'https://discord.com/api/webhooks/12345/hidden-abc?thread_id=7';
const secrets = `key: k\naddress: https://ntfy.sh/hidden-topic\ntoken: tk_hidden\nbot: "${bot}"\nhook: ${hook}\nchat: "@hidden"\n`;

function load(tell: string) {
  const texts: Readonly<Record<string, string>> = { '/x/homeroll.yaml': `${head}tell: [${tell}]\n`, '/x/secrets.yaml': secrets };
  return loadConfig('/x/homeroll.yaml', { ...onDisk({}), readText: async (path: string) => texts[path] ?? '' });
}

/** The one receiver, with its secrets laid open. */
async function receiver(tell: string): Promise<Readonly<Record<string, unknown>>> {
  const loaded = await load(tell);
  assert.ok(loaded.kind === 'ok', loaded.kind === 'refused' ? loaded.problems.map(problemText).join('; ') : '');
  const [one] = loaded.config.tell as readonly ReceiverTeller[];
  assert.ok(!inspect(loaded.config, { depth: 9 }).includes('hidden'), 'what is secret does not show itself');
  assert.ok(!JSON.stringify(loaded.config).includes('hidden'));
  return laidOpen(one ?? {});
}

function laidOpen(block: object): Readonly<Record<string, unknown>> {
  const plainly = (key: string, value: unknown): unknown => {
    if (value instanceof Secret) return value.reveal();
    if (key === 'login') return Object.values(laidOpen(value as object)).join(' ');
    return key === 'smtp' ? laidOpen(value as object) : value;
  };
  return Object.fromEntries(Object.entries(block).map(([key, value]) => [key, plainly(key, value)]));
}

const plain = { about: ['pictures', 'problems'], isPictureSent: false };

describe('a receiver', () => {
  for (const { tell, made } of [
    {
      tell: '{ ntfy: !secret address }',
      made: { kind: 'ntfy', host: 'ntfy.sh', server: 'https://ntfy.sh', topic: 'hidden-topic', ...plain },
    },
    {
      tell: '{ ntfy: "http://me:hidden@n.example:81/below/photos", token: !secret token, picture: true, digest: "20:00", sources: [A], about: [problems] }',
      made: {
        kind: 'ntfy',
        host: 'n.example:81',
        server: 'http://me:hidden@n.example:81/below',
        topic: 'photos',
        token: 'tk_hidden',
        isPictureSent: true,
        digestAt: '20:00',
        sources: ['A'],
        about: ['problems'],
      },
    },
    {
      tell: '{ gotify: "https://g.example/below/message/", token: !secret token }',
      made: { kind: 'gotify', host: 'g.example', server: 'https://g.example/below', token: 'tk_hidden', ...plain },
    },
    { tell: '{ discord: !secret hook }', made: { kind: 'discord', host: 'discord.com', url: hook, ...plain } },
    {
      tell: '{ telegram: -1001234567890, token: !secret bot, picture: true }',
      made: {
        kind: 'telegram',
        chat: '-1001234567890',
        token: bot,
        host: 'api.telegram.org',
        server: 'https://api.telegram.org',
        ...plain,
        isPictureSent: true,
      },
    },
    {
      tell: '{ telegram: !secret chat, token: !secret bot, server: "http://127.0.0.1:8081/" }',
      made: { kind: 'telegram', chat: '@hidden', token: bot, host: '127.0.0.1:8081', server: 'http://127.0.0.1:8081', ...plain },
    },
    {
      tell: '{ apprise: "http://a.local:8000/notify/family/" }',
      made: { kind: 'apprise', host: 'a.local:8000', url: 'http://a.local:8000/notify/family', ...plain },
    },
    {
      tell: '{ apprise: "http://a.local/below", urls: !secret token }',
      made: { kind: 'apprise', host: 'a.local', url: 'http://a.local/below/notify', services: 'tk_hidden', ...plain },
    },
    {
      tell: '{ email: anna@house.example, smtp: smtps://smtp.example, user: me@house.example, password: !secret token }',
      made: {
        kind: 'email',
        to: 'anna@house.example',
        from: 'me@house.example',
        host: 'smtp.example:465',
        smtp: { name: 'smtp.example', port: 465, isTls: true, login: 'me@house.example tk_hidden' },
        ...plain,
      },
    },
    {
      tell: '{ email: anna@house.example, smtp: "smtp://me:hidden%20den@[::1]", from: roll@house.example }',
      made: {
        kind: 'email',
        to: 'anna@house.example',
        from: 'roll@house.example',
        host: '[::1]:587',
        smtp: { name: '::1', port: 587, isTls: false, login: 'me hidden den' },
        ...plain,
      },
    },
    {
      tell: '{ email: anna@house.example, smtp: "smtp://relay.house:25" }',
      made: {
        kind: 'email',
        to: 'anna@house.example',
        from: 'anna@house.example',
        host: 'relay.house:25',
        smtp: { name: 'relay.house', port: 25, isTls: false },
        ...plain,
      },
    },
  ]) {
    it(tell, async () => assert.deepEqual(await receiver(tell), made));
  }
});
