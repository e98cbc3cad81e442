import assert from 'node:assert/strict';
import { it } from 'node:test';
import fc from 'fast-check';
import { composed } from './index.ts';

it('gives names that look alike one spelling, and leaves what is no text as it is', () => {
  const both = ['Grüße.jpg', 'Ångström 가.heic'];
  for (const name of both) {
    const spelled = [name.normalize('NFC'), name.normalize('NFD')].map((text) => Buffer.from(composed(Buffer.from(text))).toString());
    assert.deepEqual(spelled, [name.normalize('NFC'), name.normalize('NFC')]);
  }
  for (const bytes of [
    [0xff, 0x75, 0xcc, 0x88],
    [0x75, 0xcc],
    [0xef, 0xbb, 0xbf, 0x61],
  ])
    assert.deepEqual([...composed(Uint8Array.from(bytes))], bytes);
});

it('changes nothing a second time', () =>
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 12 }), (bytes) => {
      const once = composed(bytes);
      assert.deepEqual([...composed(once)], [...once]);
    }),
  ));
