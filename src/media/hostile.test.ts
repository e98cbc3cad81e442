import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { brotliCompressSync } from 'node:zlib';
import fc from 'fast-check';
import { box, text, uint } from '../practice/samples/boxes.ts';
import { readMediaFacts } from './facts.ts';
import { counted, exif, movie, pictures } from './fixtures.test.ts';
import { sniff } from './sniff.ts';

const budgetBytes = 1024 * 1024;
const mostLooks = budgetBytes / 64;

/** Reads a file in every way there is and checks that each ends in peace and in time. */
async function survive(content: Uint8Array, sizeBytes = content.length): Promise<void> {
  for (const [kind, extension] of [
    ['photo', 'jpg'],
    ['video', 'mp4'],
  ] as const) {
    const bytes = counted(content, sizeBytes);
    const { dates } = await readMediaFacts(bytes, kind);
    assert.ok(Array.isArray(dates));
    assert.ok(bytes.seen.bytes <= budgetBytes && bytes.seen.looks <= mostLooks, JSON.stringify(bytes.seen));
    await sniff(bytes, extension);
  }
}

const keys = { 'com.apple.quicktime.creationdate': '2024-07-14T09:21:33+0200' };
const files = [...Object.values(pictures), movie({ keys }), movie({ isHeadAtEnd: false, oldKeys: { '\xa9day': '2024' } })];
const ftyp = box('ftyp', text('mif1'), uint(4, 0));

/** A file with some of its bytes overwritten, mostly by the numbers that break readers, and perhaps cut off. */
const mutated = fc
  .record({
    file: fc.constantFrom(...files),
    wounds: fc.array(
      fc.tuple(
        fc.nat(),
        fc.oneof(
          fc.constantFrom([0], [0xff], [0, 0, 0, 0], [0, 0, 0, 1], [0xff, 0xff, 0xff, 0xff], [0x7f, 0xff, 0xff, 0xff]),
          fc.array(fc.nat(255), { maxLength: 8 }),
        ),
      ),
      {
        maxLength: 12,
      },
    ),
    cutAt: fc.option(fc.nat()),
  })
  .map(({ file, wounds, cutAt }) => {
    const copy = Buffer.from(file);
    // Structures stand at the head or at the end: half of the wounds go to the first kilobyte.
    for (const [at, bytes] of wounds) copy.set(bytes, (at % 2 ? at % 1024 : at) % (copy.length - 8));
    return cutAt === null ? copy : copy.subarray(0, cutAt % copy.length);
  });

describe('strange files', () => {
  it('of random bytes do no harm', () =>
    fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 3000 }), (content) => survive(content)),
      { numRuns: 200 },
    ));

  it('that begin well and go on at random do no harm', () =>
    fc.assert(
      fc.asyncProperty(fc.constantFrom(...files), fc.nat(60), fc.uint8Array({ maxLength: 1000 }), (file, keep, rest) =>
        survive(Buffer.concat([file.subarray(0, keep), rest])),
      ),
      { numRuns: 300 },
    ));

  it('wounded in any place do no harm', () =>
    fc.assert(
      fc.asyncProperty(mutated, (content) => survive(content)),
      { numRuns: 800 },
    ));

  it('cut off anywhere do no harm', async () => {
    for (const file of files)
      for (let length = 0; length < file.length; length += 1 + (length >> 4)) await survive(file.subarray(0, length));
  });

  it('that are shorter than the disk said do no harm', async () => {
    for (const file of files) await survive(file.subarray(0, file.length / 2), file.length);
  });

  const self = (at: number): Buffer => {
    const directory = Buffer.alloc(26);
    directory.writeUInt16LE(2, 0);
    for (const [row, tag] of [0x8769, 0x8825].entries()) {
      directory.writeUInt16LE(tag, 2 + row * 12);
      directory.writeUInt16LE(4, 4 + row * 12);
      directory.writeUInt32LE(1, 6 + row * 12);
      directory.writeUInt32LE(at, 10 + row * 12);
    }
    return directory;
  };
  const nested = Array.from({ length: 3000 }).reduce<Buffer>((inside) => box('moov', inside), Buffer.alloc(0));
  for (const [name, content] of [
    ['a directory that points to itself', Buffer.concat([exif.subarray(0, 8), self(8)])],
    ['boxes without end in one another', Buffer.concat([ftyp, nested])],
    ['a hundred thousand empty boxes', Buffer.concat([ftyp, Buffer.concat(Array.from({ length: 100_000 }, () => box('free')))])],
    ['a box of size 0 in the middle', Buffer.concat([ftyp, uint(4, 0), text('meta'), Buffer.alloc(500)])],
    ['a box of size 1 without its long size', Buffer.concat([ftyp, uint(4, 1), text('moov')])],
    ['a box of 2^63 bytes', Buffer.concat([ftyp, uint(4, 1), text('moov'), Buffer.from('8000000000000000', 'hex'), movie()])],
    ['a box shorter than its head', Buffer.concat([ftyp, uint(4, 7), text('moov'), movie()])],
    ['a Brotli box that unpacks to 64 MB', Buffer.concat([ftyp, box('brob', text('Exif'), brotliCompressSync(Buffer.alloc(64_000_000)))])],
    ['a Brotli box of nonsense', Buffer.concat([ftyp, box('brob', text('Exif'), Buffer.alloc(99, 0x5a))])],
    ['an empty Brotli box', Buffer.concat([ftyp, box('brob')])],
    ['a JPEG of nothing but padding', Buffer.concat([Buffer.of(0xff, 0xd8), Buffer.alloc(3_000_000, 0xff)])],
    ['a PNG of nothing but empty chunks', Buffer.concat([text('\x89PNG\r\n\x1a\n'), Buffer.alloc(3_000_000)])],
    ['a WebP of nothing but empty chunks', Buffer.concat([text('RIFF\0\0\0\0WEBP'), Buffer.alloc(3_000_000)])],
    [
      'a list of four billion places',
      Buffer.concat([
        ftyp,
        box(
          'meta',
          uint(4, 0),
          box('iinf', uint(4, 0), uint(2, 1), box('infe', uint(4, 0x02000000), uint(2, 1, 0), text('Exif'))),
          box('iloc', uint(4, 0x02000000), Buffer.of(0, 0), uint(4, 0xffffffff)),
        ),
      ]),
    ],
  ] as const) {
    it(`with ${name} do no harm`, () => survive(content));
  }
});
