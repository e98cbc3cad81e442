/** What may be written of who is told: one block, since a way to tell is known by the one key that names it. */
import { z } from 'zod';
import { checkTeller } from './check-teller.ts';
import {
  appriseUrl,
  discordUrl,
  gotifyUrl,
  mailAddress,
  ntfyUrl,
  smtpUrl,
  telegramChat,
  telegramServer,
  token,
} from './receiver-values.ts';
import { block, duration, entity, quietHours, secret, text, timeOfDay, url } from './values.ts';

export const teller = block('a way to tell', {
  ntfy: ntfyUrl.optional().describe('A topic of ntfy, as in the browser: `https://ntfy.sh/a-name-that-nobody-guesses`.'),
  gotify: gotifyUrl.optional().describe('Where Gotify answers, as in the browser. Needs `token`.'),
  discord: discordUrl
    .optional()
    .describe("The address of a channel's webhook in Discord (its settings, Integrations, Webhooks), best as `!secret NAME`."),
  telegram: telegramChat
    .optional()
    .describe('A chat of Telegram that a bot writes to: its number, or the `@name` of a channel. Needs `token`.'),
  email: mailAddress.optional().describe('An address that mails are sent to. Needs `smtp`.'),
  apprise: appriseUrl
    .optional()
    .describe('The API of Apprise, with the key under which it keeps its services: `http://apprise.local:8000/notify/family`.'),
  phone: entity('notify.mobile_app_anna', 'notify')
    .optional()
    .describe("A phone with Home Assistant's app: its notify action, `notify.mobile_app_anna`."),
  speaker: entity('media_player.kitchen', 'media_player')
    .optional()
    .describe('One speaker that Home Assistant can announce on, such as a Sonos. Not a group.'),
  webhook: url.optional().describe('An address that each message is sent to, as JSON for a program of yours.'),
  sources: z
    .array(text)
    .nonempty('is empty: name a source, or leave the line out.')
    .optional()
    .describe('Only of these sources. Left out: of all.'),
  about: z
    .array(z.enum(['pictures', 'problems']))
    .nonempty('names nothing: write pictures, problems, or both.')
    .optional()
    .describe('`pictures` (what is safe), `problems` (what may need a person). Left out: both.'),
  digest: timeOfDay
    .optional()
    .describe(
      'A phone or a receiver: what is told of pictures is gathered until this time of day. Left out: told at once. Problems never wait.',
    ),
  picture: z
    .boolean()
    .optional()
    .describe('`true`: a small picture of what became safe goes along, out of the house. Left out: none does. Gotify takes none.'),
  token: token
    .optional()
    .describe(
      'Best as `!secret NAME` or `!env NAME`. ntfy: an access token, where the topic is protected. Gotify: of an application. Telegram: of a bot.',
    ),
  server: telegramServer.optional().describe("Telegram: the address of a Bot API server of your own. Left out: Telegram's own."),
  smtp: smtpUrl
    .optional()
    .describe(
      'Email: the mail server, `smtps://smtp.example.org`, or `smtp://…:587` for one that is asked for TLS within the conversation.',
    ),
  user: secret.optional().describe("Email: the mail server's user."),
  password: secret.optional().describe('Email: its password, best as `!secret NAME` or `!env NAME`. It is never sent without TLS.'),
  from: mailAddress.optional().describe('Email: who it comes from. Left out: `user`, if that is an address, else whom it goes to.'),
  urls: secret
    .optional()
    .describe(
      'Apprise: the services to tell, as it writes them, with commas between; best as `!secret NAME`. In place of a key in its address.',
    ),
  quiet: quietHours.optional().describe('A speaker: says nothing in these hours. Left out: `21:30-07:30`.'),
  volume: z
    .int('is a whole number from 0 to 100.')
    .min(0, 'is a number from 0 to 100.')
    .max(100, 'is a number from 0 to 100.')
    .optional()
    .describe('A speaker: how loud, 0 to 100. Left out: as it is set.'),
  voice: text
    .optional()
    .describe("A speaker: Home Assistant's text-to-speech engine, such as `tts.piper`. Left out: the first that it has."),
  'at most every': duration('10 minutes', 0, '0 s')
    .optional()
    .describe('A speaker: the shortest time between two announcements; more are gathered into one. Left out: 10 minutes.'),
}).superRefine(checkTeller);
