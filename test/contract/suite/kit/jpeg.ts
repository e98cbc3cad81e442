/** A JPEG as small as one can be: eight by eight grey pixels, an EXIF block and a stamp. */
import { createHash } from 'node:crypto';

export interface JpegWish {
  readonly stamp: string;
  readonly taken?: { readonly at: string; readonly offset: string };
  readonly leastBytes?: number;
}

/** Baseline, 8×8, grey: one block whose coefficients are all zero, so two Huffman codes of one bit each are enough. */
export function jpeg({ stamp, taken, leastBytes = 0 }: JpegWish): Buffer {
  const quantisation = Buffer.concat([Buffer.of(0), Buffer.alloc(64, 1)]);
  const frame = Buffer.of(8, 0, 8, 0, 8, 1, 1, 0x11, 0);
  const oneCode = (table: number) => Buffer.concat([Buffer.of(table, 1), Buffer.alloc(15), Buffer.of(0)]);
  const segments = [
    segment(0xe1, Buffer.concat([Buffer.from('Exif\0\0'), exif(taken)])),
    segment(0xfe, Buffer.from(stamp)),
    ...filling(stamp, leastBytes),
    segment(0xdb, quantisation),
    segment(0xc0, frame),
    segment(0xc4, oneCode(0x00)),
    segment(0xc4, oneCode(0x10)),
    segment(0xda, Buffer.of(1, 1, 0, 0, 63, 0)),
  ];
  return Buffer.concat([Buffer.of(0xff, 0xd8), ...segments, Buffer.of(0b0011_1111), Buffer.of(0xff, 0xd9)]);
}

function segment(marker: number, content: Buffer): Buffer {
  const head = Buffer.of(0xff, marker, 0, 0);
  head.writeUInt16BE(content.length + 2, 2);
  return Buffer.concat([head, content]);
}

// Not zeros: bytes that compress to nothing would not show a proxy or a disk that drops some of them.
function filling(stamp: string, leastBytes: number): Buffer[] {
  const noise = createHash('sha512').update(stamp).digest();
  const comment = segment(0xfe, Buffer.alloc(60_000, noise));
  return Array.from({ length: Math.ceil(leastBytes / comment.length) }, () => comment);
}

/** A TIFF block with the maker's name and, if wished, the date taken with its offset. */
function exif(taken?: JpegWish['taken']): Buffer {
  const header = Buffer.from('II*\0\x08\0\0\0', 'latin1');
  const make = ascii(0x010f, 'Homeroll');
  if (!taken) return Buffer.concat([header, directory([make], 8)]);
  const first = directory([make, pointer(0x8769, 0)], 8);
  const second = directory([ascii(0x9003, taken.at), ascii(0x9011, taken.offset)], 8 + first.length);
  return Buffer.concat([header, directory([make, pointer(0x8769, 8 + first.length)], 8), second]);
}

interface Tag {
  readonly id: number;
  readonly type: number;
  readonly count: number;
  /** Four bytes or fewer stand in the entry itself, more behind the directory. */
  readonly content: Buffer;
}

function ascii(id: number, text: string): Tag {
  return { id, type: 2, count: text.length + 1, content: Buffer.from(`${text}\0`, 'latin1') };
}

function pointer(id: number, offset: number): Tag {
  const content = Buffer.alloc(4);
  content.writeUInt32LE(offset);
  return { id, type: 4, count: 1, content };
}

function directory(tags: readonly Tag[], startsAt: number): Buffer {
  const entries = Buffer.alloc(2 + tags.length * 12 + 4);
  entries.writeUInt16LE(tags.length);
  const behind: Buffer[] = [];
  let end = startsAt + entries.length;
  for (const [index, { id, type, count, content }] of tags.entries()) {
    const at = 2 + index * 12;
    entries.writeUInt16LE(id, at);
    entries.writeUInt16LE(type, at + 2);
    entries.writeUInt32LE(count, at + 4);
    if (content.length <= 4) {
      content.copy(entries, at + 8);
      continue;
    }
    entries.writeUInt32LE(end, at + 8);
    behind.push(content);
    end += content.length;
  }
  return Buffer.concat([entries, ...behind]);
}
