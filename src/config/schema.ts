/** All that may be written in homeroll.yaml: one schema for types, defaults, JSON schema and docs. */
import { z } from 'zod';
import { homeAssistant, mqtt } from './home-schema.ts';
import { place } from './place.ts';
import { albumTemplates, ignoring, nomedia, source, tagTemplates } from './source-schema.ts';
import { teller } from './tell-schema.ts';
import { block, day, duration, key, quietHours, text, timeZone, url } from './values.ts';

const account = block('a setting of an account', {
  key: key.optional().describe('An API key of the Immich user (Account Settings, API Keys), best as `!secret NAME` or `!env NAME`.'),
  key_file: place.optional().describe('A file that holds the key and nothing else. Instead of `key`.'),
}).superRefine(({ key, key_file }, context) => {
  if (key === undefined && key_file === undefined) context.addIssue('has no key, as in: key: !secret my_immich_key');
  if (key !== undefined && key_file !== undefined) context.addIssue('has both key and key_file: leave one of them out.');
});

const immich = block('a setting of `immich`', {
  url: url.meta({ examples: ['http://immich.local:2283'] }).describe('Where Immich answers, as in the browser.'),
  accounts: z
    .record(z.string(), account)
    .refine((accounts) => Object.keys(accounts).length > 0, 'names no account, as in: anna: { key: !secret anna_immich_key }')
    .meta({ examples: [{ anna: { key: '!secret anna_immich_key' } }] })
    .describe('Names of your own choice, each with the key of one Immich user.'),
  ca_file: place.optional().describe('A file with certificates (PEM) to trust, for an Immich with a certificate of your own making.'),
});

const event = block('a setting of an event', {
  name: text.meta({ examples: ['Italy'] }).describe("The album's name."),
  from: day.describe('First day, where the picture was taken.'),
  to: day.optional().describe('Last day, inclusive. Left out: the first day alone.'),
}).superRefine(({ from, to }, context) => {
  if (to !== undefined && to < from)
    context.addIssue({ code: 'custom', path: ['to'], message: `"${to}" is before ${from}, the day it begins.` });
});

export const ownersFile = block('a setting', {
  immich: immich.describe('The Immich server and the accounts to use.'),
  'time zone': timeZone
    .optional()
    .describe("Where you live. Schedules run by it, and dates without a zone are read in it. Left out: the system's."),
  language: z
    .enum(['en'], { error: ({ input }) => (typeof input === 'string' ? `"${input}" is not in this version: write en.` : undefined) })
    .default('en')
    .describe('The language of messages and of the names of months.'),
  state: place
    .optional()
    .describe(
      'The directory for the journal, on a local disk and in no source. Left out: `/data` where it can be written, else your state directory.',
    ),
  log: z.enum(['info', 'debug']).default('info').describe('How much is logged.'),
  sources: z
    .array(source)
    .nonempty('is empty: name at least one folder to look after.')
    .meta({ examples: [[{ name: 'Scanner', folder: '/mnt/nas/scans' }]] })
    .describe('The folders to look after.'),
  albums: albumTemplates.default([]).describe('Albums for all sources that have no `albums` of their own.'),
  tags: tagTemplates.default([]).describe('Tags for all sources that have no `tags` of their own.'),
  ignore: ignoring
    .optional()
    .describe(
      '`{ not: [".snapshots"] }`: which of the names below are backed up all the same, in all sources that have no `ignore` of their own.',
    ),
  nomedia: nomedia
    .default('respect')
    .describe(
      '`respect`: folders with a `.nomedia` in them are left alone, in all sources that do not say otherwise; `ignore`: they are not.',
    ),
  events: z
    .array(event)
    .default([])
    .meta({ examples: [[{ name: 'Italy', from: '2024-07-14', to: '2024-07-20' }]] })
    .describe('Named spans of days. A picture taken then joins the album of that name; where two overlap the shorter wins.'),
  tell: z
    .array(z.union([z.literal('log'), teller]))
    .default(['log'])
    .describe('Who is told: `log`, `{ ntfy: https://ntfy.sh/… }`, `{ phone: notify.mobile_app_anna }`, and others: see below.'),
  mqtt: mqtt.optional().describe('A broker, by which Home Assistant gets a device with numbers, buttons and events.'),
  'home assistant': homeAssistant
    .optional()
    .describe('For presence, phones, speakers and calendars. Not needed where Homeroll is an App of Home Assistant.'),
  'replace half files': z
    .boolean()
    .default(false)
    .describe(
      "Of a file that was stored while it was still being written: whether its beginning goes to Immich's trash once the whole one is safe.",
    ),
  'verify every': z
    .union([z.literal('never'), duration('90 days', 86_400_000, '1 day')])
    .prefault('90 days')
    .describe('Within this time everything is read back anew, a part each night; `never`: only when you say `homeroll verify`.'),
  'quiet hours': quietHours.prefault('01:00-06:00').describe('When that is done, by your `time zone`: `23:00-05:00` spans midnight.'),
});

export type OwnersFile = z.output<typeof ownersFile>;
