/** Bytes of simulated pictures: small, each its own, and some with a real movie head. */
import type { Random } from '../../src/kernel/index.ts';

/** Bytes that no other picture has. */
export function newBytes(random: Random, opening = 'picture'): Buffer {
  const length = 40 + Math.floor(random.next() * 400);
  const bytes = Buffer.alloc(length);
  bytes.write(opening);
  for (let at = opening.length; at < length; at += 4) bytes.writeUInt32LE(Math.floor(random.next() * 2 ** 32), Math.min(at, length - 4));
  return bytes;
}

export function pick<T>(random: Random, from: readonly T[]): T {
  const chosen = from[Math.floor(random.next() * from.length)];
  if (chosen === undefined) throw new Error('nothing to pick from');
  return chosen;
}

/** A name as cameras, phones and other people give them; not all of them are text. */
export function newStem(random: Random, number: number): Buffer {
  const plain = `IMG_${String(number).padStart(4, '0')}`;
  return pick(random, [
    Buffer.from(plain),
    Buffer.from(plain),
    Buffer.from(`${plain} Zoë's "party"`),
    Buffer.from(`line\nbreak ${number}`),
    Buffer.concat([Buffer.from([0xff, 0xfe, 0x80]), Buffer.from(String(number))]),
    Buffer.from(`🎂 ${number}`),
    Buffer.from(`Mu\u0308ller ${number}`),
  ]);
}
