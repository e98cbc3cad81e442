/** A PNG as small as one can be, with a stamp. */
import { crc32, deflateSync } from 'node:zlib';

/** One grey pixel, with the stamp as a comment. */
export function png(stamp: string): Buffer {
  const header = Buffer.of(0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0);
  return Buffer.concat([
    Buffer.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a),
    chunk('IHDR', header),
    chunk('tEXt', Buffer.from(`Comment\0${stamp}`, 'latin1')),
    chunk('IDAT', deflateSync(Buffer.of(0, 128))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, content: Buffer): Buffer {
  const typed = Buffer.concat([Buffer.from(type, 'latin1'), content]);
  const ends = Buffer.alloc(8);
  ends.writeUInt32BE(content.length);
  ends.writeUInt32BE(crc32(typed), 4);
  return Buffer.concat([ends.subarray(0, 4), typed, ends.subarray(4)]);
}
