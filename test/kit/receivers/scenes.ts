/** Every receiver that is spoken to over HTTP: its entry under `tell:`, its maker's rules, and what it says when it refuses. */
import type { ReceiverTeller } from '../../../src/config/index.ts';
import { Secret } from '../../../src/kernel/index.ts';
import { appriseKey, appriseRules, appriseServices } from './apprise.ts';
import { discordPath, discordRules } from './discord.ts';
import { gotifyRules, gotifyToken } from './gotify.ts';
import { ntfyRules, ntfyToken, ntfyTopic } from './ntfy.ts';
import type { Rules } from './stand-in.ts';
import { telegramChat, telegramRules, telegramToken } from './telegram.ts';

export interface Scene {
  readonly kind: ReceiverTeller['kind'];
  readonly rules: Rules;
  readonly teller: (url: string, more?: Wish) => ReceiverTeller;
  /** What must be seen nowhere but on the wire. */
  readonly secrets: readonly string[];
  /** Its own way to say no, and what Homeroll's sentence is to hold: the reason, and the cure. */
  readonly refusal: { readonly status: number; readonly body: unknown; readonly told: RegExp };
  readonly takesPictures: boolean;
}

interface Wish {
  readonly isPictureSent?: boolean;
  readonly digestAt?: string;
  readonly sources?: readonly string[];
}

const wish = (url: string, more: Wish = {}) =>
  ({ host: new URL(url).host, about: ['pictures', 'problems'], isPictureSent: false, ...more }) as const;

const appriseRefusal = {
  status: 204,
  body: undefined,
  told: /knows no services to tell: correct the key in the address of "apprise" under "tell", or "urls" beside it/,
};

export const scenes: readonly Scene[] = [
  {
    kind: 'ntfy',
    rules: ntfyRules,
    teller: (url, more) => ({
      kind: 'ntfy',
      server: new Secret(url),
      topic: new Secret(ntfyTopic),
      token: new Secret(ntfyToken),
      ...wish(url, more),
    }),
    secrets: [ntfyTopic, ntfyToken],
    refusal: {
      status: 403,
      body: { code: 40301, http: 403, error: 'forbidden', link: 'https://ntfy.sh/docs/publish/#authentication' },
      told: /refuses the message \(status 403: "forbidden"\): give "token" under "tell" an access token that may write to this topic/,
    },
    takesPictures: true,
  },
  {
    kind: 'gotify',
    rules: gotifyRules,
    teller: (url, more) => ({ kind: 'gotify', server: new Secret(url), token: new Secret(gotifyToken), ...wish(url, more) }),
    secrets: [gotifyToken],
    refusal: {
      status: 401,
      body: {
        error: 'Unauthorized',
        errorCode: 401,
        errorDescription: 'you need to provide a valid access token or user credentials to access this api',
      },
      told: /status 401: "you need to provide a valid access token.*"\): correct "token" under "tell": that of an application/,
    },
    takesPictures: false,
  },
  {
    kind: 'discord',
    rules: discordRules,
    teller: (url, more) => ({ kind: 'discord', url: new Secret(`${url}${discordPath}`), ...wish(url, more) }),
    secrets: [discordPath, discordPath.split('/').at(-1) ?? ''],
    refusal: {
      status: 404,
      body: { message: 'Unknown Webhook', code: 10015 },
      told: /refuses the message \(status 404: "Unknown Webhook"\): make a new webhook in Discord/,
    },
    takesPictures: true,
  },
  {
    kind: 'telegram',
    rules: telegramRules,
    teller: (url, more) => ({
      kind: 'telegram',
      server: new Secret(url),
      token: new Secret(telegramToken),
      chat: new Secret(telegramChat),
      ...wish(url, more),
    }),
    secrets: [telegramToken],
    refusal: {
      status: 400,
      body: { ok: false, error_code: 400, description: 'Bad Request: chat not found' },
      told: /refuses the message \(status 400: "Bad Request: chat not found"\): correct the chat/,
    },
    takesPictures: true,
  },
  {
    kind: 'apprise',
    rules: appriseRules(undefined),
    teller: (url, more) => ({ kind: 'apprise', url: new Secret(`${url}/notify/${appriseKey}`), ...wish(url, more) }),
    secrets: [appriseKey],
    refusal: appriseRefusal,
    takesPictures: true,
  },
  {
    kind: 'apprise',
    rules: appriseRules(appriseServices),
    teller: (url, more) => ({
      kind: 'apprise',
      url: new Secret(`${url}/notify`),
      services: new Secret(appriseServices),
      ...wish(url, more),
    }),
    secrets: [appriseServices, ...appriseServices.split(', ')],
    refusal: appriseRefusal,
    takesPictures: true,
  },
];
