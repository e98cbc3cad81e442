import assert from 'node:assert/strict';
import { it } from 'node:test';
import fc from 'fast-check';
import { inOneSpelling } from './index.ts';

const spelled = (bytes: Uint8Array): string => Buffer.from(inOneSpelling(bytes)).toString('latin1');

it('gives names that look alike one spelling, in whatever case and form they are written', () => {
  for (const name of ['Grüße.JPG', 'ÀÉÎ', 'Ångström 가.heic'])
    for (const form of ['NFC', 'NFD'])
      for (const text of [name, name.replaceAll('Å', 'å').replaceAll('ÀÉÎ', 'àéî')])
        assert.equal(spelled(Buffer.from(text.normalize(form))), Buffer.from(name.toLowerCase().normalize('NFC')).toString('latin1'));
});

it('changes nothing but the case of Latin letters in what is no text', () => {
  for (const [bytes, after] of [
    ['\xffJ\xd6RG', '\xffj\xd6rg'],
    ['u\xcc', 'u\xcc'],
    ['\xef\xbb\xbfA', '\xef\xbb\xbfa'],
  ] as const)
    assert.equal(spelled(Buffer.from(bytes, 'latin1')), after);
});

it('changes nothing a second time', () =>
  fc.assert(
    fc.property(
      fc.oneof(
        fc.uint8Array({ maxLength: 12 }),
        fc.string({ unit: 'grapheme' }).map((text) => Buffer.from(text)),
      ),
      (bytes) => {
        const once = inOneSpelling(bytes);
        assert.deepEqual([...inOneSpelling(once)], [...once]);
      },
    ),
  ));
