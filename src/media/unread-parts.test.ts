import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { bytesInMemory } from './bytes.ts';
import { readMediaFacts } from './facts.ts';
import { counted, movie, pictures } from './fixtures.test.ts';
import { exifSegment, iptc, jpegWith, oddFiles, plainFiles, resource, xmpSegment } from './odd-files.test.ts';

const holdsMore = async (content: Uint8Array, kind: 'photo' | 'video' = 'photo'): Promise<boolean> =>
  (await readMediaFacts(bytesInMemory(content), kind)).holdsMore;

describe('a file holds more than the quick reader understands', () => {
  for (const [name, { content, kind }] of Object.entries(oddFiles)) {
    it(`where its date stands in ${name}`, async () => assert.equal(await holdsMore(content, kind), true));
  }

  it('where a camera’s maker wrote a box of its own into a movie whose head tells a time', async () => {
    assert.equal(await holdsMore(movie({ plainKeys: { CNTH: Buffer.alloc(20) } }), 'video'), true);
  });

  it('where another program added a part behind the picture', async () => {
    assert.equal(await holdsMore(Buffer.concat([jpegWith(), Buffer.from('...AXS!')])), true);
  });

  it('where a second block of EXIF stands behind one without a date', async () => {
    assert.equal(await holdsMore(jpegWith(exifSegment(new Map()), exifSegment(new Map()))), true);
  });

  it('where Photoshop’s blocks hold EXIF or XMP', async () => {
    for (const number of [0x0422, 0x0424]) {
      assert.equal(
        await holdsMore(jpegWith([0xed, Buffer.concat([Buffer.from('Photoshop 3.0\0'), resource(number, Buffer.alloc(9))])])),
        true,
      );
    }
  });
});

describe('a file holds nothing more', () => {
  for (const [name, { content, kind }] of Object.entries(plainFiles)) {
    it(`where all its parts are known: ${name}`, async () => assert.equal(await holdsMore(content, kind), false));
  }

  for (const [name, content] of Object.entries(pictures)) {
    it(`where EXIF tells when it was taken: ${name}`, async () => assert.equal(await holdsMore(content), false));
  }

  it('that matters, where XMP stands beside a date of taking', async () => {
    const { 'x.jpg': picture = Buffer.of() } = pictures;
    const [, content] = xmpSegment();
    const segment = Buffer.concat([Buffer.from([0xff, 0xe1, (content.length + 2) >> 8, (content.length + 2) & 255]), content]);
    const both = Buffer.concat([picture.subarray(0, 2), segment, picture.subarray(2)]);
    const bytes = counted(both);
    assert.equal((await readMediaFacts(bytes, 'photo')).holdsMore, false);
    assert.ok(bytes.seen.bytes < 2_000, `${bytes.seen.bytes} bytes`);
  });

  it('costs few bytes to see', async () => {
    for (const [name, { content, kind }] of Object.entries(plainFiles)) {
      const bytes = counted(content);
      await readMediaFacts(bytes, kind);
      assert.ok(bytes.seen.bytes < 2_000, `${name}: ${bytes.seen.bytes} bytes`);
    }
  });

  it('is never said of broken blocks in a way that ends in an error', async () => {
    const [marker, blocks] = iptc(Buffer.alloc(40, 0x1c));
    for (let length = 0; length < blocks.length; length++)
      await holdsMore(jpegWith([marker, blocks.subarray(0, length)], exifSegment(new Map())));
  });
});
