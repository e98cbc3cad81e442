/** Makes what rooms read out of what the owner wrote of who is told. Pure. */
import type { QuietHours } from '../domain/index.ts';
import { Secret } from '../kernel/index.ts';
import { isMailAddress } from './receiver-values.ts';
import type { OwnersFile } from './schema.ts';
import type { EmailTeller, Interest, ReceiverTeller, ReceiverWish, Teller } from './teller.ts';

type WrittenTeller = Exclude<OwnersFile['tell'][number], string>;

const everything: Interest['about'] = ['pictures', 'problems'];
const telegramItself = { host: 'api.telegram.org', server: new Secret('https://api.telegram.org') };
const nightOfSpeakers: QuietHours = { from: '21:30', to: '07:30' };
const speakerGapMs = 600_000;

export function tellerOf(teller: OwnersFile['tell'][number]): Teller {
  if (teller === 'log') return { kind: 'log' };
  const { webhook, phone, speaker, quiet: quietHours = nightOfSpeakers, volume, voice } = teller;
  if (webhook) return { kind: 'webhook', url: webhook.kept, host: webhook.url.host };
  const receiver = receiverOf(teller);
  if (receiver) return receiver;
  const interest = interestOf(teller);
  if (phone !== undefined) {
    return { kind: 'phone', action: phone.replace(/^notify\./, ''), ...interest, ...digestOf(teller) };
  }
  return {
    kind: 'speaker',
    entity: speaker ?? '',
    ...interest,
    quietHours,
    gapMs: teller['at most every'] ?? speakerGapMs,
    ...(volume !== undefined && { volume }),
    ...(voice !== undefined && { voice }),
  };
}

function receiverOf(teller: WrittenTeller): ReceiverTeller | undefined {
  const { ntfy, gotify, discord, telegram, apprise, urls, token, server = telegramItself, picture = false } = teller;
  const wish = { ...interestOf(teller), ...digestOf(teller), isPictureSent: picture };
  if (ntfy) return { kind: 'ntfy', ...ntfy, ...wish, ...(token && { token }) };
  if (gotify && token) return { kind: 'gotify', ...gotify, ...wish, token };
  if (discord) return { kind: 'discord', ...discord, ...wish };
  if (telegram && token) return { kind: 'telegram', chat: telegram, token, ...server, ...wish };
  if (apprise) return { kind: 'apprise', host: apprise.host, url: apprise.url, ...(urls && { services: urls }), ...wish };
  return mailboxOf(teller, wish);
}

function mailboxOf({ email: to, smtp, ...written }: WrittenTeller, wish: ReceiverWish): EmailTeller | undefined {
  if (!to || !smtp) return undefined;
  const { name, port, isTls, user = written.user, password = written.password } = smtp;
  const from = written.from ?? (user && isMailAddress(user.reveal()) ? user : to);
  const host = `${name.includes(':') ? `[${name}]` : name}:${port}`;
  const login = user && password ? { login: { user, password } } : {};
  return { kind: 'email', to, from, host, smtp: { name, port, isTls, ...login }, ...wish };
}

function interestOf({ sources, about }: WrittenTeller): Interest {
  return { ...(sources && { sources }), about: about ?? everything };
}

function digestOf({ digest }: WrittenTeller): { readonly digestAt?: string } {
  return digest === undefined ? {} : { digestAt: digest };
}
