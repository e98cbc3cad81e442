/** Whatever stands in a name, each form stays within its maker's rules, and says what it was given. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { scenes } from '../../../test/kit/receivers/scenes.ts';
import type { Received } from '../../../test/kit/receivers/stand-in.ts';
import type { ReceiverMessage } from '../../domain/index.ts';
import type { HttpCall } from '../http-ask.ts';
import type { Picture } from './form.ts';
import { formOf } from './send-of.ts';

const picture: Picture = { type: 'image/jpeg', bytes: Buffer.from('ffd8ffe00d0a2d2d', 'hex') };

/** As it comes over the wire. */
function received({ method, url, headers = {}, body = Buffer.alloc(0) }: HttpCall): Received {
  const { pathname, searchParams } = new URL(url);
  const small = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]);
  return { method, path: pathname, query: searchParams, headers: Object.fromEntries(small), body };
}

const letters = fc.oneof(
  fc.constantFrom(
    '*',
    '_',
    '\\',
    '`',
    '~',
    '|',
    '<@1>',
    '@everyone',
    '# ',
    '- ',
    '> ',
    '\n',
    '"',
    '&',
    '?',
    '=',
    '%',
    '--',
    '\r\n',
    '📷',
    'ß',
  ),
  fc.string({ unit: 'grapheme', maxLength: 3 }),
);
const said = fc
  .tuple(fc.array(letters, { maxLength: 60 }), fc.constantFrom(1, 300))
  .map(([parts, times]) => `x${parts.join('').repeat(times)}`);
const messages = fc.record({ title: said, text: said, urgency: fc.constantFrom('calm', 'look', 'alarm') }).map(
  ({ title, text, urgency }): ReceiverMessage => ({
    news: [],
    id: 'news',
    tag: 'tag',
    picturesOf: [],
    title: title.replace(/\s+/g, ' ').trim(),
    text: text.toWellFormed(),
    urgency,
    isQuiet: urgency === 'calm',
  }),
);

for (const { kind, rules, teller, takesPictures } of scenes) {
  const one = teller('http://127.0.0.1:1');
  if (one.kind === 'email') continue;
  const form = formOf(one);
  describe(`the form of ${kind}`, () => {
    for (const sent of takesPictures ? [undefined, picture] : [undefined]) {
      it(`keeps the rules ${sent ? 'with' : 'without'} a picture`, () =>
        fc.assert(
          fc.asyncProperty(messages, async (message) => {
            const { shown } = await rules(received(form.call(message, sent)));
            const text = shown?.text ?? '';
            const isWhole = text === message.text;
            assert.ok(isWhole || (text.endsWith('…') && message.text.startsWith(text.slice(0, -1))), JSON.stringify([message.text, text]));
            assert.equal(shown?.isQuiet, message.isQuiet);
            assert.equal(shown?.picture?.equals(picture.bytes), sent && true);
          }),
          { numRuns: 60 },
        ));
    }
  });
}
