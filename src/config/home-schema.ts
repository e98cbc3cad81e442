/** What may be written of Home Assistant: the broker, the socket, and who is told by what. */
import { z } from 'zod';
import { place } from './place.ts';
import { block, brokerUrl, duration, entity, key, quietHours, secret, text, timeOfDay, url } from './values.ts';

// A wildcard or an empty level would reach into the topics of others.
const topic = text.regex(/^[^#+/\s$][^#+\s]*(?<!\/)$/, 'is not a topic: write a name without blanks, "#" and "+", such as homeroll.');

export const mqtt = block('a setting of `mqtt`', {
  url: brokerUrl.meta({ examples: ['mqtt://homeassistant.local:1883'] }).describe('The broker: `mqtt://`, or `mqtts://` for one with TLS.'),
  user: text.optional().describe("The broker's user."),
  password: secret.optional().describe('Its password, best as `!secret NAME` or `!env NAME`.'),
  ca_file: place.optional().describe('A file with certificates (PEM) to trust, for a broker with a certificate of your own making.'),
  topic: topic.default('homeroll').describe('Below this lie all topics of this Homeroll. Give a second one in the same household another.'),
  discovery: topic.default('homeassistant').describe('Where Home Assistant looks for devices; as set in its MQTT integration.'),
  birth: topic
    .optional()
    .describe(
      "The topic of Home Assistant's birth message, as set in its MQTT integration. Left out: `homeassistant/status`, with your `discovery`.",
    ),
  will: topic.optional().describe('The topic of its will message. Left out: that of its birth message.'),
  picture: z
    .boolean()
    .default(false)
    .describe('`true`: the last picture that is safe is shown, small. Whoever may read from the broker sees it.'),
  update: z.boolean().default(false).describe('`true`: asks the npm registry once a day whether there is a newer Homeroll, and shows it.'),
});

export const homeAssistant = block('a setting of `home assistant`', {
  url: url.meta({ examples: ['http://homeassistant.local:8123'] }).describe('Where Home Assistant answers, as in the browser.'),
  token: key.describe('A long-lived access token (your profile there, Security), best as `!secret NAME` or `!env NAME`.'),
});

const waysToTell = ['webhook', 'phone', 'speaker'] as const;
/** Which settings go with which way. */
const settingsOf: Readonly<Record<(typeof waysToTell)[number], readonly string[]>> = {
  webhook: [],
  phone: ['sources', 'about', 'digest'],
  speaker: ['sources', 'about', 'quiet', 'volume', 'voice', 'at most every'],
};

export const teller = block('a way to tell', {
  webhook: url.optional().describe('An address that each message is sent to.'),
  phone: entity('notify.mobile_app_anna', 'notify')
    .optional()
    .describe("A phone with Home Assistant's app: its notify action, `notify.mobile_app_anna`."),
  speaker: entity('media_player.kitchen', 'media_player')
    .optional()
    .describe('One speaker that Home Assistant can announce on, such as a Sonos. Not a group.'),
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
    .describe('A phone: what is told of pictures is gathered until this time of day. Left out: told at once. Problems never wait.'),
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
}).superRefine((written, context) => {
  const chosen = waysToTell.filter((way) => written[way] !== undefined);
  const [way] = chosen;
  if (way === undefined || chosen.length > 1) {
    context.addIssue('A way to tell is one of { webhook: … }, { phone: … }, { speaker: … }: each is an entry of its own.');
    return;
  }
  const strange = Object.keys(written).filter((key) => key !== way && !settingsOf[way].includes(key));
  for (const key of strange) context.addIssue({ code: 'custom', path: [key], message: `"${key}" is not for a ${way}: leave it out.` });
});
