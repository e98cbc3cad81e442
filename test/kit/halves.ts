/** The bytes of the files that a test writes: those named as an iPhone names the halves of a live photo are such halves. */

import { exifDirectory } from '../../src/practice/samples/exif.ts';
import { encodeHeif } from '../../src/practice/samples/heif.ts';
import { encodeMovie } from '../../src/practice/samples/movie.ts';
import { writeTiff } from '../../src/practice/samples/tiff.ts';

/** Of all live photos in tests: it only matters within one name. */
export const identifier = '6D7C1E52-0B64-4E0C-9F3B-6A8E1D4C2F70';
const iphone = { make: 'Apple', model: 'iPhone 15' };

export interface HalfWish {
  /** The wall clock of the moment it was taken in; `never` of a clock that was never set. */
  readonly at?: string;
  /** What that clock is ahead of UTC. */
  readonly aheadMinutes?: number;
  /** Whether it tells Apple's identifier. */
  readonly isMarked?: boolean;
  /** Of a film; a second unless told. */
  readonly seconds?: number;
}

/** What makes a file another one. */
type Text = string | Buffer;

const noon = '2024-07-14T12:00:00';

/** HEIC. */
export function stillOf(text: Text, wish: HalfWish = {}): Buffer {
  return Buffer.concat([encodeHeif({ width: 8, height: 8, jpeg: Buffer.alloc(16) }, exifOf(wish)), Buffer.from(text)]);
}

/** The same as JPEG, without a picture in it. */
export function jpegOf(text: Text, wish: HalfWish = {}): Buffer {
  const exif = Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), exifOf(wish)]);
  const length = Buffer.alloc(2);
  length.writeUInt16BE(exif.length + 2);
  return Buffer.concat([Buffer.of(0xff, 0xd8, 0xff, 0xe1), length, exif, Buffer.of(0xff, 0xd9), Buffer.from(text)]);
}

function exifOf({ at = noon, aheadMinutes = 0, isMarked = true }: HalfWish): Buffer {
  const [hours, minutes] = [Math.floor(aheadMinutes / 60), aheadMinutes % 60].map((part) => String(part).padStart(2, '0'));
  const moment = at === 'never' ? { local: '0000-00-00T00:00:00' } : { local: at, offset: `+${hours}:${minutes}` };
  return writeTiff(exifDirectory({ ...iphone, ...moment, ...(isMarked && { contentIdentifier: identifier }) }));
}

export function filmOf(text: Text, { at = noon, aheadMinutes = 0, isMarked = true, seconds = 1 }: HalfWish = {}): Buffer {
  const frames = { width: 8, height: 8, jpegs: Array.from({ length: seconds }, () => Buffer.alloc(4)), perSecond: 1 };
  const keys = { 'com.apple.quicktime.content.identifier': identifier };
  const createdAtMs = at === 'never' ? 0 : Date.parse(`${at}Z`) - aheadMinutes * 60_000;
  return Buffer.concat([
    encodeMovie(frames, { brand: 'qt  ', isHeadAtEnd: false, createdAtMs, ...(isMarked && { keys }) }),
    Buffer.from(text),
  ]);
}

/** What a file of this name holds in a test that cares for its text only. */
export function bytesNamed(name: string | Buffer, text: string): Buffer {
  const ending = /\.(HEIC|MOV|JPG)$/.exec(name.toString('latin1'))?.[1];
  if (ending === 'HEIC') return stillOf(text);
  if (ending === 'MOV') return filmOf(text);
  return ending === 'JPG' ? jpegOf(text) : Buffer.from(text);
}
