/** Small files of every kind that keeps facts, for the tests of this room; and a way to count what is read of them. */
import { brotliCompressSync } from 'node:zlib';
import { box, fullBox, text, uint } from '../practice/samples/boxes.ts';
import { type CameraNote, exifDirectory } from '../practice/samples/exif.ts';
import { encodeHeif } from '../practice/samples/heif.ts';
import { encodeJpeg } from '../practice/samples/jpeg.ts';
import { encodeMovie, type MovieNote } from '../practice/samples/movie.ts';
import { encodePng } from '../practice/samples/png.ts';
import { encodeRaw } from '../practice/samples/raw.ts';
import { type Directory, writeTiff } from '../practice/samples/tiff.ts';
import { type Bytes, bytesInMemory } from './bytes.ts';

export const note: CameraNote = {
  make: 'Apple',
  model: 'iPhone 15',
  local: '2024-07-14T09:21:33',
  offset: '+02:00',
  place: { latitude: 54.3521, longitude: -13.6104 },
  contentIdentifier: '5D2C7A1E-0B64-4E0C-9F3B-6A8E1D4C2F70',
};
export const exif = writeTiff(exifDirectory(note));

const side = 16;
export const pixels = { width: side, height: side, rgb: new Uint8ClampedArray(side * side * 3).map((_, at) => (at * 7) % 256) };
export const jpeg = encodeJpeg(pixels);
const coded = { width: side, height: side, jpeg };

/** A JPEG whose EXIF stands behind three long segments of other things: beyond 64 KB. */
function jpegWithLateExif(): Buffer {
  const whole = encodeJpeg(pixels, { exif });
  const other = Buffer.concat([Buffer.from([0xff, 0xe2, 0xff, 0xff]), Buffer.alloc(0xfffd, 7)]);
  return Buffer.concat([whole.subarray(0, 2), other, other, Buffer.of(0xff, 0xff), other, whole.subarray(2)]);
}

function webp(exifChunk: Buffer): Buffer {
  const chunk = (type: string, content: Buffer): Buffer => {
    const length = Buffer.alloc(4);
    length.writeUInt32LE(content.length);
    return Buffer.concat([text(type), length, content, Buffer.alloc(content.length % 2)]);
  };
  const chunks = [text('WEBP'), chunk('VP8X', Buffer.alloc(10)), chunk('VP8 ', Buffer.alloc(201)), chunk('EXIF', exifChunk)];
  return chunk('RIFF', Buffer.concat(chunks));
}

function raf(): Buffer {
  const head = Buffer.alloc(160);
  head.write('FUJIFILMCCD-RAW 0201', 'latin1');
  head.writeUInt32BE(head.length, 84);
  return Buffer.concat([head, encodeJpeg(pixels, { exif })]);
}

/** Canon's CR3: a structure each for the camera, the moment and the place. */
function cr3(): Buffer {
  const camera = exifDirectory(note);
  const inside = (tag: number): Directory => {
    const value = camera.get(tag);
    return value && 'directory' in value ? value.directory : new Map();
  };
  const blocks = [
    box('CMT1', writeTiff(new Map([...camera].filter(([tag]) => tag < 0x8000)))),
    box('CMT2', writeTiff(inside(0x8769))),
    box('CMT4', writeTiff(inside(0x8825))),
  ];
  const uuid = box('uuid', Buffer.from('85c0b687820f11e08111f4ce462b6a48', 'hex'), box('CNCV', text('CanonCR3')), ...blocks);
  return Buffer.concat([box('ftyp', text('crx '), uint(4, 1), text('crx ')), box('moov', uuid), box('mdat', jpeg)]);
}

function jxl(): Buffer {
  const head = box('JXL ', Buffer.from('0d0a870a', 'hex'));
  return Buffer.concat([head, box('ftyp', text('jxl '), uint(4, 0)), box('jxlc', Buffer.alloc(99)), box('Exif', uint(4, 0), exif)]);
}

/** As `cjxl` makes it of a JPEG: metadata packed by Brotli, the real type of the box before it. */
function packedJxl(): Buffer {
  const head = box('JXL ', Buffer.from('0d0a870a', 'hex'));
  const packed = (type: string, content: Buffer): Buffer => box('brob', text(type), brotliCompressSync(content));
  const xml = packed('xml ', text('<x:xmpmeta/>'));
  return Buffer.concat([head, box('ftyp', text('jxl '), uint(4, 0)), xml, packed('Exif', Buffer.concat([uint(4, 0), exif])), box('jxlp')]);
}

/** JPEG 2000, in which exiftool and exiv2 keep the EXIF in a box of their own, behind the picture. */
function jp2(): Buffer {
  const head = box('jP  ', Buffer.from('0d0a870a', 'hex'));
  const uuid = box('uuid', text('JpgTiffExif->JP2'), exif);
  return Buffer.concat([head, box('ftyp', text('jp2 '), uint(4, 0), text('jp2 ')), box('jp2h'), box('jp2c', Buffer.alloc(99)), uuid]);
}

/** HEIF with wide ids and its Exif in `idat`, written as `Exif\0\0` and then the structure: all that the standard allows. */
function heifWithIdat(): Buffer {
  const payload = Buffer.concat([uint(4, 6), text('Exif\0\0'), exif]);
  const iloc = fullBox(
    'iloc',
    [2, 0],
    Buffer.of(0x44, 0x44),
    uint(4, 1),
    uint(4, 70_000),
    uint(2, 1, 0),
    uint(4, 3),
    uint(2, 1),
    uint(4, 9, 2, payload.length),
  );
  const iinf = fullBox('iinf', [1, 0], uint(4, 1), fullBox('infe', [3, 0], uint(4, 70_000), uint(2, 0), text('Exif\0')));
  const hdlr = fullBox('hdlr', [0, 0], uint(4, 0), text('pict'), uint(4, 0, 0, 0));
  const meta = fullBox('meta', [0, 0], hdlr, iinf, iloc, box('idat', Buffer.alloc(5), payload));
  return Buffer.concat([box('ftyp', text('avif'), uint(4, 0), text('mif1')), box('free', Buffer.alloc(40)), meta]);
}

/** Panasonic's and Olympus' files are TIFF but for two bytes. */
function withSignature(signature: string): Buffer {
  const file = encodeRaw('dng', coded, note);
  file.write(signature, 2, 'latin1');
  return file;
}

/** Every kind of picture that can carry the `note`. */
export const pictures: Readonly<Record<string, Buffer>> = {
  'x.jpg': encodeJpeg(pixels, { exif }),
  'late.jpg': jpegWithLateExif(),
  'x.png': encodePng(pixels, exif),
  'x.webp': webp(exif),
  'marked.webp': webp(Buffer.concat([text('Exif\0\0'), exif])),
  'x.heic': encodeHeif(coded, exif),
  'idat.avif': heifWithIdat(),
  'x.jxl': jxl(),
  'packed.jxl': packedJxl(),
  'x.jp2': jp2(),
  'x.cr2': encodeRaw('cr2', coded, note),
  'x.nef': encodeRaw('nef', coded, note),
  'x.dng': encodeRaw('dng', coded, note),
  'x.arw': encodeRaw('arw', coded, note),
  'x.cr3': cr3(),
  'x.raf': raf(),
  'x.rw2': withSignature('U\0'),
  'x.orf': withSignature('RO'),
};

export function movie(more: Partial<MovieNote> = {}): Buffer {
  const frames = { width: side, height: side, jpegs: [jpeg, jpeg, jpeg], perSecond: 2 };
  return encodeMovie(frames, { brand: 'qt  ', isHeadAtEnd: true, createdAtMs: Date.UTC(2024, 6, 14, 7, 21, 33), ...more });
}

/** Bytes that remember how much was read of them, and how often. */
export function counted(content: Uint8Array, sizeBytes = content.length): Bytes & { readonly seen: { bytes: number; looks: number } } {
  const seen = { bytes: 0, looks: 0 };
  const { readAt } = bytesInMemory(content);
  return {
    sizeBytes,
    seen,
    async readAt(offset, lengthBytes) {
      seen.bytes += lengthBytes;
      seen.looks += 1;
      return readAt(offset, lengthBytes);
    },
  };
}
