/** Bytes and names of simulated pictures: small, and each its own. */
import { instantOf, type Random } from '../../src/kernel/index.ts';
import { identifier } from '../kit/halves.ts';
import { pick } from './chance.ts';
import { timeZone } from './config.ts';

/** By which the bytes of a film are known that only shares a name with a photo. */
export const stranger = 'a stranger';

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

/** When a picture says that it was taken, unix ms; undefined: it says nothing, or nothing that is believed of a file of this time of change. */
export function dateIn(bytes: Buffer, mtimeMs: number): number | undefined {
  const { local, offset } = writtenIn(bytes);
  if (local === undefined) return headIn(bytes, mtimeMs);
  // Cut short, it may have lost what says in which zone that was; it is read in the household's.
  return offset === undefined ? instantOf(local, timeZone) : Date.parse(`${local}${offset}`);
}

function writtenIn(bytes: Buffer): { readonly local?: string; readonly offset?: string } {
  const text = bytes.toString('latin1');
  const [, day, time] = /(2\d{3}:\d\d:\d\d) (\d\d:\d\d:\d\d)\0/.exec(text) ?? [];
  const [, offset] = /([+-]\d\d:\d\d)\0/.exec(text) ?? [];
  return { ...(day && { local: `${day.replaceAll(':', '-')}T${time}` }), ...(offset && { offset }) };
}

function headIn(bytes: Buffer, mtimeMs: number): number | undefined {
  const headAt = bytes.toString('latin1').indexOf('mvhd');
  const seconds = headAt < 0 ? 0 : bytes.readUInt32BE(headAt + 8);
  const takenMs = (seconds - 2_082_844_800) * 1000;
  const isBelieved = mtimeMs < Date.UTC(1990, 0, 1) || takenMs <= mtimeMs + 86_400_000;
  return seconds === 0 || !isBelieved ? undefined : takenMs;
}

/** True of a picture that says of itself what makes it the half of a live photo: its identifier, or its moment. */
export function saysWhatItIsHalfOf(bytes: Buffer): boolean {
  return bytes.includes(identifier) || writtenIn(bytes).offset !== undefined || headIn(bytes, Number.MAX_SAFE_INTEGER) !== undefined;
}
