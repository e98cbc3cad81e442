/** Bytes and names of simulated pictures: small, and each its own. */
import type { Random } from '../../src/kernel/index.ts';
import { pick } from './chance.ts';

/** Bytes that no other picture has. */
export function newBytes(random: Random, opening = 'picture', mostBytes = 440): Buffer {
  const length = 40 + Math.floor(random.next() * (mostBytes - 40));
  const bytes = Buffer.alloc(length);
  bytes.write(opening);
  for (let at = opening.length; at < length; at += 4) bytes.writeUInt32LE(Math.floor(random.next() * 2 ** 32), Math.min(at, length - 4));
  return bytes;
}

/** The same picture, saved anew by another program. */
export function otherBytes(random: Random, bytes: Buffer): Buffer {
  const other = Buffer.from(bytes);
  other.writeUInt32LE(Math.floor(random.next() * 2 ** 32), Math.max(0, other.length - 4));
  return other;
}

/** A name as cameras, phones and other people give them; not all of them are text. */
export function newStem(random: Random, number: string): Buffer {
  const plain = `IMG_${number.padStart(4, '0')}`;
  return pick(random, [
    Buffer.from(plain),
    Buffer.from(plain),
    Buffer.from(`${plain} Zoë's "party"`),
    Buffer.from(`line\nbreak ${number}`),
    Buffer.concat([Buffer.from([0xff, 0xfe, 0x80]), Buffer.from(number)]),
    Buffer.from(`🎂 ${number}`),
    Buffer.from(`Mu\u0308ller ${number}`),
  ]);
}
