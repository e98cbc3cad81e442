/** Writes PNG (ISO/IEC 15948), with the EXIF behind the picture, where some programs put it. */
import { crc32, deflateSync } from 'node:zlib';
import type { Pixels } from './pixels.ts';

export function encodePng({ width, height, rgb }: Pixels, exif?: Buffer): Buffer {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 2], 8); // eight bits each of red, green and blue
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(differencesFromAbove({ width, height, rgb }), { level: 6 })),
    ...(exif ? [chunk('eXIf', exif)] : []),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** PNG's filter 2: each row as its difference from the one above, which makes smooth pictures small. */
function differencesFromAbove({ width, height, rgb }: Pixels): Buffer {
  const rowBytes = width * 3;
  const rows = Buffer.alloc((rowBytes + 1) * height);
  for (let row = 0; row < height; row++) {
    rows[row * (rowBytes + 1)] = 2;
    for (let at = 0; at < rowBytes; at++) {
      const above = row === 0 ? 0 : (rgb[(row - 1) * rowBytes + at] ?? 0);
      rows[row * (rowBytes + 1) + 1 + at] = (rgb[row * rowBytes + at] ?? 0) - above;
    }
  }
  return rows;
}

function chunk(type: string, content: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), content]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(content.length);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}
