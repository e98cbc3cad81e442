import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ascii, type Value } from '../practice/samples/tiff.ts';
import { bytesInMemory, peekInto } from './bytes.ts';
import { readMediaFacts } from './facts.ts';
import { segmentsIn } from './jpeg-segments.ts';
import { exifSegment, jpegWith, withStrayBytes } from './odd-files.test.ts';

const date = '2019:05:01 10:00:00';
const dated = jpegWith(exifSegment(new Map<number, Value>([[0x8769, { directory: new Map<number, Value>([[0x9003, ascii(date)]]) }]])));

// exiftool reads the date of each of these.
const strays: Readonly<Record<string, Buffer>> = {
  zeros: Buffer.alloc(3),
  text: Buffer.from('hello'),
  padding: Buffer.of(0xff, 0xff, 0xff),
  'a marker without a length': Buffer.of(0xff, 0x01),
  'a mark of a picture': Buffer.of(0xff, 0xd0),
  'a second beginning': Buffer.of(0xff, 0xd8),
  'many bytes': Buffer.alloc(20_000, 7),
};

describe('the segments of a JPEG', () => {
  for (const [name, stray] of Object.entries(strays)) {
    it(`are found behind what belongs to none of them: ${name}`, async () => {
      const { dates } = await readMediaFacts(bytesInMemory(withStrayBytes(dated, stray)), 'photo');
      assert.deepEqual(
        dates.map((one) => 'text' in one && one.text),
        [date],
      );
    });
  }

  it('end where no marker is found, and say so', async () => {
    const noise = Buffer.concat([Buffer.of(0xff, 0xd8), Buffer.alloc(100_000, 7)]);
    const [last, ...more] = await Array.fromAsync(segmentsIn(peekInto(bytesInMemory(noise))));
    assert.deepEqual([last?.isLast, last?.isBehindStrayBytes, more], [true, true, []]);
  });
});
