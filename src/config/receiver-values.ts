/** Addresses and tokens of receivers: how each is written, and the sentence for one that is written wrong. They are never quoted. */
import { z } from 'zod';
import { Secret } from '../kernel/index.ts';
import { address, notText, secret } from './values.ts';

/** Of an address that is copied from a receiver. */
function place(example: string) {
  return address(/^https?:$/, `is not an address. Write one that begins with http:// or https://, such as ${example}.`).meta({
    examples: [example],
  });
}

const ntfyExample = 'https://ntfy.sh/a-name-that-nobody-guesses';

export const ntfyUrl = place(ntfyExample).transform(({ url }, context) => {
  const [, above = '', topic = ''] = /^(.*)\/([^/]*)$/.exec(url.pathname) ?? [];
  if (/^[-_A-Za-z0-9]{1,64}$/.test(topic)) {
    return { host: url.host, server: new Secret(withPath(url, above)), topic: new Secret(topic) };
  }
  const cure = `such as ${ntfyExample}.`;
  context.addIssue(
    topic === ''
      ? `names no topic: write it at the end, ${cure}`
      : `has no topic at its end that ntfy takes: write letters, digits, "-" and "_", ${cure}`,
  );
  return z.NEVER;
});

export const gotifyUrl = place('https://gotify.example').transform(({ url }) => {
  const path = url.pathname.replace(/\/+(message\/*)?$/, '');
  return { host: url.host, server: new Secret(withPath(url, path)) };
});

const discordExample = 'https://discord.com/api/webhooks/…';

export const discordUrl = place(discordExample).transform(({ url }, context) => {
  if (/^\/api\/(v\d+\/)?webhooks\/\d+\/[-\w]+\/?$/.test(url.pathname))
    return { host: url.host, url: new Secret(withPath(url, url.pathname)) };
  context.addIssue(
    `is not the address of a webhook in Discord: copy it there (the channel's settings, Integrations, Webhooks). It begins with ${discordExample}`,
  );
  return z.NEVER;
});

export const telegramServer = place('https://api.telegram.org').transform(({ url }) => ({
  host: url.host,
  server: new Secret(withPath(url, url.pathname)),
}));

/** A number in YAML, or a text. */
export const telegramChat = z
  .custom<string | number | Secret>((value) => ['string', 'number'].includes(typeof value) || value instanceof Secret, { error: notText })
  .meta({ examples: ['123456789'], type: ['string', 'integer'] })
  .transform((value, context): Secret => {
    const text = (value instanceof Secret ? value.reveal() : String(value)).trim();
    if (/^(-?\d+|@\w{3,})$/.test(text)) return new Secret(text);
    context.addIssue('is no chat of Telegram: write its number, such as 123456789, or the @name of a channel.');
    return z.NEVER;
  });

/** What keeps a text from being the token of a bot. */
export function botTokenProblem(token: Secret): string | undefined {
  if (/^\d+:[-\w]{30,}$/.test(token.reveal())) return undefined;
  return '"token" is not that of a bot: copy it from @BotFather in Telegram. It is a number, a colon, and 35 letters.';
}

export const appriseUrl = place('http://apprise.local:8000/notify/family').transform(({ url }) => {
  const [, above = '', key = ''] = /^(.*?)(?:\/+notify(?:\/+([-\w]+))?)?\/*$/.exec(url.pathname) ?? [];
  return { host: url.host, hasKey: key !== '', url: new Secret(withPath(url, `${above}/notify${key === '' ? '' : `/${key}`}`)) };
});

/** One address, on one line: what stands in a mail's head must not begin a line of its own. */
export const mailAddress = secret.meta({ examples: ['anna@example.org'] }).transform((kept, context): Secret => {
  const text = kept.reveal().trim();
  if (isMailAddress(text)) return new Secret(text);
  context.addIssue('is not the address of a mailbox. Write one, such as anna@example.org.');
  return z.NEVER;
});

export function isMailAddress(text: string): boolean {
  return /^[^\s@<>",;:()[\]\\]+@[^\s@<>",;:()[\]\\]+$/.test(text);
}

export const smtpUrl = address(
  /^smtps?:$/,
  'is not the address of a mail server. Write one that begins with smtp:// or smtps://, such as smtps://smtp.example.org.',
)
  .meta({ examples: ['smtps://smtp.example.org'] })
  .transform(({ url }) => {
    const isTls = url.protocol === 'smtps:';
    const port = url.port === '' ? (isTls ? 465 : 587) : Number(url.port);
    const [user, password] = [decoded(url.username), decoded(url.password)];
    return { name: url.hostname.replace(/^\[|\]$/g, ''), port, isTls, user, password };
  });

/** As it was before it stood in an address. */
function decoded(text: string): Secret | undefined {
  if (text === '') return undefined;
  try {
    return new Secret(decodeURIComponent(text));
  } catch {
    return new Secret(text);
  }
}

/** Printable, so that it can stand in a header. */
export const token = secret.transform((kept, context): Secret => {
  const text = kept.reveal().trim();
  if (/^[\x21-\x7e]+$/.test(text)) return new Secret(text);
  context.addIssue('holds characters that no token has: copy it again.');
  return z.NEVER;
});

/** People paste a slash at the end, and what a browser adds. */
function withPath(url: URL, path: string): string {
  const changed = new URL(url);
  changed.pathname = path.replace(/\/+$/, '');
  changed.hash = '';
  return changed.href.replace(/\/$/, '');
}
