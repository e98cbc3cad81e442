/** Dates in EXIF and in movies that are written as no camera should: another reader, and so Immich, may read them otherwise. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { text, uint } from '../practice/samples/boxes.ts';
import { encodePng } from '../practice/samples/png.ts';
import { ascii, type Value, writeTiff } from '../practice/samples/tiff.ts';
import { bytesInMemory } from './bytes.ts';
import type { MediaFacts } from './evidence.ts';
import { readMediaFacts } from './facts.ts';
import { movie, pixels } from './fixtures.test.ts';
import { exifSegment, jpegWith } from './odd-files.test.ts';
import { together } from './second-reader.ts';

const [taken, digitized] = ['1987:06:21 12:00:00', '2024:07:14 09:21:33'];

const tags = { taken: 0x9003, digitized: 0x9004, offset: 0x9011, digitizedOffset: 0x9012, fraction: 0x9291, digitizedFraction: 0x9292 };

/** A JPEG whose EXIF says these. */
function dated(says: { readonly [name in keyof typeof tags]?: string }): Buffer {
  const inside = new Map<number, Value>(Object.entries(says).map(([name, written]) => [tags[name as keyof typeof tags], ascii(written)]));
  return jpegWith(exifSegment(new Map<number, Value>([[0x8769, { directory: inside }]])));
}

function factsOf(content: Buffer, kind: 'photo' | 'video' = 'photo'): Promise<MediaFacts> {
  return readMediaFacts(bytesInMemory(content), kind);
}

describe('a date of EXIF is left to the second reader', () => {
  for (const written of [
    '1987-06-21 12:00:00',
    '1987:06:21T12:00:00',
    '1987/06/21 12:00:00',
    '1987:06:21 12:00',
    '1987:06:21',
    '1987:06:21 12:00:00+02:00',
    '1987:06:21 12:00:00.25',
    '1987:06:21 12:00:00 PM',
    'Sun Jun 21 12:00:00 1987',
    '1987:06:20 24:00:00',
    '1987:06:31 12:00:00',
  ]) {
    it(`that is written "${written}"`, async () => {
      assert.equal((await factsOf(dated({ taken: written }))).holdsMore, true);
      assert.equal((await factsOf(dated({ taken, digitized: written }))).holdsMore, true);
    });
  }

  for (const offset of ['+0200', 'Z', '02:00', '-00:30', '+15:00', '+02:20']) {
    it(`beside which the offset "${offset}" stands`, async () => assert.equal((await factsOf(dated({ taken, offset }))).holdsMore, true));
  }

  it('beside which letters stand for a fraction', async () =>
    assert.equal((await factsOf(dated({ taken, fraction: 'abc' }))).holdsMore, true));
});

describe('a date of EXIF is read at once', () => {
  for (const offset of ['+00:00', '-11:00', '+14:00', '+05:30', '+05:45', '-03:30', '   :  ', '']) {
    it(`beside which the offset "${offset}" stands`, async () => assert.equal((await factsOf(dated({ taken, offset }))).holdsMore, false));
  }

  for (const nothing of ['    :  :     :  :  ', '0000:00:00 00:00:00', '']) {
    it(`beside which "${nothing}" stands for another one`, async () =>
      assert.equal((await factsOf(dated({ taken, digitized: nothing }))).holdsMore, false));
  }

  for (const [name, blank] of [
    ['digitizedOffset', '   :  '],
    ['digitizedFraction', 'n/a'],
  ] as const) {
    it(`that of taking, where "${blank}" is no more exact for that of digitizing`, async () => {
      const { dates } = await factsOf(dated({ taken, digitized, [name]: blank }));
      assert.deepEqual(
        dates.map((date) => 'text' in date && date.text),
        [taken, digitized],
      );
    });
  }
});

describe('a date of EXIF is found', () => {
  const textsOf = ({ dates }: MediaFacts) => dates.map((date) => 'text' in date && date.text);

  it('in the first directory, where the camera left that of EXIF blank', async () => {
    const inside = new Map<number, Value>([[0x9003, ascii('    :  :     :  :  ')]]);
    const first = new Map<number, Value>([
      [0x9003, ascii(taken)],
      [0x8769, { directory: inside }],
    ]);
    assert.deepEqual(textsOf(await factsOf(jpegWith(exifSegment(first)))), [taken]);
  });

  it('in a PNG that repeats JPEG’s mark in front of it', async () => {
    const exif = writeTiff(new Map<number, Value>([[0x9003, ascii(taken)]]));
    const png = encodePng(pixels);
    const chunk = Buffer.concat([text('Exif\0\0'), exif]);
    const marked = Buffer.concat([png.subarray(0, -12), uint(4, chunk.length), text('eXIf'), chunk, uint(4, 0), png.subarray(-12)]);
    assert.deepEqual(textsOf(await factsOf(marked)), [taken]);
  });
});

describe('a date that exiftool does not take for one', () => {
  const told = { dates: [], days: [] };

  it('is sent along, since Immich does not know it', async () => {
    const { dates } = together(await factsOf(dated({ taken: '1987/06/21 12:00:00' })), told);
    assert.deepEqual(
      dates.map(({ from }) => from),
      ['date that Immich ignores'],
    );
  });

  it('is what it was, where exiftool tells another', async () => {
    const xmp = { from: 'XMP', text: '1986:01:01 00:00:00' } as const;
    const { dates } = together(await factsOf(dated({ taken: '1987/06/21 12:00:00' })), { ...told, dates: [xmp] });
    assert.deepEqual(
      dates.map(({ from }) => from),
      ['XMP', 'EXIF'],
    );
  });
});

describe('a movie whose keys tell its date', () => {
  const keys = { 'com.apple.quicktime.creationdate': '2024-07-14T09:21:33+0200' };

  it('holds more where an editor wrote XMP into its head: the date of taking there goes before', async () => {
    assert.equal((await factsOf(movie({ keys, plainKeys: { XMP_: Buffer.alloc(20) } }), 'video')).holdsMore, true);
    assert.equal((await factsOf(movie({ keys }), 'video')).holdsMore, false);
  });

  it('holds more where they tell it in a way of their own', async () => {
    const odd = movie({ keys: { 'com.apple.quicktime.creationdate': '14 July 2024' } });
    assert.equal((await factsOf(odd, 'video')).holdsMore, true);
  });
});
