/** Receivers under `tell:` that are written wrong: one sentence each, with the cure. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { loadConfig } from './load.ts';
import { problemText } from './problem.ts';
import { onDisk } from './surroundings.ts';

const head = 'immich: { url: http://i, accounts: { me: { key: !secret key } } }\nsources: [{ name: A, folder: a }]\n';
const bot = '110201543:hidden-AAHdqTcvCH1vGWJxfSeofSAs0K5';
const hook = 'https://discord.com/api/webhooks/12345/hidden-abc?thread_id=7';
const secrets = `key: k\naddress: https://ntfy.sh/hidden-topic\ntoken: tk_hidden\nbot: "${bot}"\nhook: ${hook}\nchat: "@hidden"\n`;

function load(tell: string) {
  const texts: Readonly<Record<string, string>> = { '/x/homeroll.yaml': `${head}tell: [${tell}]\n`, '/x/secrets.yaml': secrets };
  return loadConfig('/x/homeroll.yaml', { ...onDisk({}), readText: async (path: string) => texts[path] ?? '' });
}

async function said(tell: string): Promise<readonly string[]> {
  const loaded = await load(tell);
  return (loaded.kind === 'refused' ? loaded.problems : loaded.notes).map(problemText);
}

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
      '{ email: a@b.example, smtp: "smtps://me:hidden@smtp.example" }',
      'The password in "smtp" stands in this file for all to read: better put it in secrets.yaml and write smtp: !secret smtp_address',
    ],
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
