/** Receivers under `tell:`: what is made of them, and the sentence for one that is written wrong. */
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

async function said(tell: string): Promise<readonly string[]> {
  const loaded = await load(tell);
  return (loaded.kind === 'refused' ? loaded.problems : loaded.notes).map(problemText);
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

describe('a receiver is refused', () => {
  const ntfy = 'such as https://ntfy.sh/a-name-that-nobody-guesses.';
  for (const [tell, ...sentences] of [
    ['{ ntfy: ntfy.sh/photos }', `"ntfy" is not an address. Write one that begins with http:// or https://, ${ntfy}`],
    ['{ ntfy: "ntfy://ntfy.sh/photos" }', `"ntfy" is not an address. Write one that begins with http:// or https://, ${ntfy}`],
    ['{ ntfy: https://ntfy.sh }', `"ntfy" names no topic: write it at the end, ${ntfy}`],
    ['{ ntfy: https://ntfy.sh/photos/ }', `"ntfy" names no topic: write it at the end, ${ntfy}`],
    ['{ ntfy: https://ntfy.sh/Größe }', `"ntfy" has no topic at its end that ntfy takes: write letters, digits, "-" and "_", ${ntfy}`],
    ['{ ntfy: https://ntfy.sh/a, tokn: x }', '"tokn" is not a way to tell. Did you mean "token"?'],
    ['{ ntfy: https://ntfy.sh/a, volume: 5 }', '"volume" is not for ntfy: leave it out.'],
    ['{ ntfy: https://ntfy.sh/a, token: "two words" }', '"token" holds characters that no token has: copy it again.'],
    ['{ ntfy: https://ntfy.sh/a, picture: yes please }', '"picture" must be true or false.'],
    ['{ ntfy: https://ntfy.sh/a, sources: [B] }', '"B" is not one of your sources. Did you mean "A"?'],
    ['{ gotify: https://g.example }', '"gotify" needs "token" beside it, as in: token: !secret gotify_token'],
    ['{ gotify: https://g.example, tokn: x }', '"tokn" is not a way to tell. Did you mean "token"?'],
    ['{ gotify: https://g.example, token: !secret token, picture: true }', 'Gotify takes no pictures: leave "picture" out.'],
    [
      '{ discord: "https://discord.com/channels/1/2" }',
      '"discord" is not the address of a webhook in Discord: copy it there (the channel\'s settings, Integrations, Webhooks). It begins with https://discord.com/api/webhooks/…',
    ],
    ['{ discord: !secret hook, token: !secret token }', '"token" is not for Discord: leave it out.'],
    ['{ telegram: 123 }', '"telegram" needs "token" beside it, as in: token: !secret telegram_token'],
    [
      '{ telegram: 123, token: !secret token }',
      '"token" is not that of a bot: copy it from @BotFather in Telegram. It is a number, a colon, and 35 letters.',
    ],
    [
      '{ telegram: Anna, token: !secret bot }',
      '"telegram" is no chat of Telegram: write its number, such as 123456789, or the @name of a channel.',
    ],
    ['{ telegram: [1], token: !secret bot }', '"telegram" must be text, as in: telegram: 123456789'],
    [
      '{ apprise: http://a.local }',
      '"apprise" names no key: write http://…/notify/KEY, or its services beside it, as in: urls: !secret apprise_urls',
    ],
    [
      '{ apprise: http://a.local/notify/family, urls: !secret token }',
      'Apprise is told its services by the key in its address: leave "urls" out.',
    ],
    ['{ email: anna@house.example }', '"email" needs "smtp" beside it, as in: smtp: smtps://smtp.example.org'],
    ['{ email: Anna, smtp: smtp://s }', '"email" is not the address of a mailbox. Write one, such as anna@example.org.'],
    [
      '{ email: "a@house.example, b@house.example", smtp: smtp://s }',
      '"email" is not the address of a mailbox. Write one, such as anna@example.org.',
    ],
    [
      '{ email: anna@house.example, smtp: smtp.example }',
      '"smtp" is not the address of a mail server. Write one that begins with smtp:// or smtps://, such as smtps://smtp.example.org.',
    ],
    [
      '{ email: anna@house.example, smtp: smtp://s, password: !secret token }',
      '"password" needs "user" beside it, as in: user: anna@example.org',
    ],
    ['{ ntfy: https://ntfy.sh/a, server: https://x }', '"server" is not for ntfy: leave it out.'],
  ] as const) {
    it(tell, async () =>
      assert.deepEqual(
        await said(tell),
        sentences.map((sentence) => `homeroll.yaml:3: ${sentence}`),
      ),
    );
  }
});

describe('worth a look under "tell"', () => {
  for (const [tell, ...sentences] of [
    ['{ ntfy: !secret address, token: !secret token }'],
    [
      '{ gotify: https://g.example, token: AWjLx }',
      'The token of a receiver stands in this file for all to read: better put it in secrets.yaml and write token: !secret receiver_token',
    ],
    ['{ webhook: !secret address }', 'A webhook sends JSON, which ntfy.sh does not show as a message: write "ntfy" in place of "webhook".'],
    ['{ webhook: https://hooks.example/x }'],
    [
      '{ discord: "https://discord.com/api/webhooks/1/a" }',
      'The address of a webhook in Discord stands in this file for all to read: better put it in secrets.yaml and write discord: !secret discord_address',
    ],
  ] as const) {
    it(tell, async () =>
      assert.deepEqual(
        await said(tell),
        sentences.map((sentence) => `homeroll.yaml:3: ${sentence}`),
      ),
    );
  }
});
