/** What may be written of Home Assistant: the broker and the socket. */
import { z } from 'zod';
import { place } from './place.ts';
import { block, brokerUrl, key, secret, text, url } from './values.ts';

// A wildcard or an empty level would reach into the topics of others.
const topic = text.regex(/^[^#+/\s$][^#+\s]*(?<!\/)$/, 'is not a topic: write a name without blanks, "#" and "+", such as homeroll.');

const ownTopic = topic.refine(
  (written) => !written.split('/').includes('source'),
  'has a part "source", below which Homeroll keeps what belongs to its sources: choose another name, such as homeroll.',
);

export const mqtt = block('a setting of `mqtt`', {
  url: brokerUrl.meta({ examples: ['mqtt://homeassistant.local:1883'] }).describe('The broker: `mqtt://`, or `mqtts://` for one with TLS.'),
  user: text.optional().describe("The broker's user."),
  password: secret.optional().describe('Its password, best as `!secret NAME` or `!env NAME`.'),
  ca_file: place.optional().describe('A file with certificates (PEM) to trust, for a broker with a certificate of your own making.'),
  topic: ownTopic
    .default('homeroll')
    .describe('Below this lie all topics of this Homeroll. Give a second one in the same household another.'),
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
