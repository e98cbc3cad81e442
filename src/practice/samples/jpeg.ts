/** Writes baseline JPEG (ITU-T T.81): one quality, no subsampling, the standard's own tables. */
import type { Pixels } from './pixels.ts';

/** Annex K.1, for brightness; used for colour too, which keeps smooth skies smooth. Row by row. */
const coarseness = [
  16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55, 14, 13, 16, 24, 40, 57, 69, 56, 14, 17, 22, 29, 51, 87, 80, 62, 18, 22,
  37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113, 92, 49, 64, 78, 87, 103, 121, 120, 101, 72, 92, 95, 98, 112, 100, 103, 99,
];
const zigzag = [
  0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6, 7, 14, 21, 28, 35, 42, 49, 56, 57,
  50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59, 52, 45, 38, 31, 39, 46, 53, 60, 61, 54, 47, 55, 62, 63,
];
/** Annex K.3: how many codes there are of each length from 1 to 16, and what they stand for. */
const dcCodes = {
  counts: Buffer.from('00010501010101010100000000000000', 'hex'),
  meanings: Buffer.from('000102030405060708090a0b', 'hex'),
};
const acCodes = {
  counts: Buffer.from('0002010303020403050504040000017d', 'hex'),
  meanings: Buffer.from(
    '01020300041105122131410613516107227114328191a1082342b1c11552d1f02433627282090a161718191a25262728292a3435363738393a' +
      '434445464748494a535455565758595a636465666768696a737475767778797a838485868788898a92939495969798999aa2a3a4a5a6a7a8a9aa' +
      'b2b3b4b5b6b7b8b9bac2c3c4c5c6c7c8c9cad2d3d4d5d6d7d8d9dae1e2e3e4e5e6e7e8e9eaf1f2f3f4f5f6f7f8f9fa',
    'hex',
  ),
};

interface Code {
  readonly bits: number;
  readonly length: number;
}

/** Annex C: codes of one length count up; each longer length goes on at twice the next. */
function codesOf({ counts, meanings }: typeof dcCodes): readonly (Code | undefined)[] {
  const codes: (Code | undefined)[] = [];
  let [bits, seen] = [0, 0];
  for (let length = 1; length <= 16; length++) {
    for (let left = counts[length - 1] ?? 0; left > 0; left--) codes[meanings[seen++] ?? 0] = { bits: bits++, length };
    bits *= 2;
  }
  return codes;
}
const dc = codesOf(dcCodes);
const ac = codesOf(acCodes);

/** cosines[u * 8 + x]: the share of wave `u` at place `x`. */
const cosines = Float32Array.from({ length: 64 }, (_, at) => {
  const [u, x] = [at >> 3, at & 7];
  return (u === 0 ? Math.SQRT1_2 : 1) * 0.5 * Math.cos(((2 * x + 1) * u * Math.PI) / 16);
});

/** @param exif a TIFF structure to carry along, at the head as cameras do it */
export function encodeJpeg(pixels: Pixels, { quality = 84, exif }: { quality?: number; exif?: Buffer | undefined } = {}): Buffer {
  const steps = coarseness.map((step) => Math.max(1, Math.round((step * (200 - 2 * quality)) / 100)));
  const { width, height } = pixels;
  const frame = Buffer.from([8, height >> 8, height & 255, width >> 8, width & 255, 3, 1, 0x11, 0, 2, 0x11, 0, 3, 0x11, 0]);
  return Buffer.concat([
    Buffer.from([0xff, 0xd8]),
    exif
      ? segment(0xe1, Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), exif]))
      : segment(0xe0, Buffer.from('JFIF\0\x01\x01\0\0\x01\0\x01\0\0', 'latin1')),
    segment(0xdb, Buffer.from([0, ...zigzag.map((at) => steps[at] ?? 1)])),
    segment(0xc0, frame),
    segment(0xc4, Buffer.concat([Buffer.of(0x00), dcCodes.counts, dcCodes.meanings])),
    segment(0xc4, Buffer.concat([Buffer.of(0x10), acCodes.counts, acCodes.meanings])),
    segment(0xda, Buffer.from([3, 1, 0, 2, 0, 3, 0, 0, 63, 0])),
    encodeBlocks(pixels, steps),
    Buffer.from([0xff, 0xd9]),
  ]);
}

function segment(marker: number, content: Buffer): Buffer {
  const lengthBytes = content.length + 2;
  return Buffer.concat([Buffer.from([0xff, marker, lengthBytes >> 8, lengthBytes & 255]), content]);
}

function encodeBlocks(pixels: Pixels, steps: readonly number[]): Buffer {
  const out = bitWriter(pixels.width * pixels.height);
  const planes = [new Float32Array(64), new Float32Array(64), new Float32Array(64)];
  const before = [0, 0, 0];
  for (let top = 0; top < pixels.height; top += 8) {
    for (let left = 0; left < pixels.width; left += 8) {
      takeBlock(pixels, { top, left }, planes);
      for (const [index, plane] of planes.entries())
        before[index] = encodeBlock(transform(plane), { steps, before: before[index] ?? 0, out });
    }
  }
  return out.end();
}

/** Brightness and two differences of colour of eight by eight pixels; edges repeat their last pixel. */
function takeBlock({ width, height, rgb }: Pixels, { top, left }: { top: number; left: number }, planes: readonly Float32Array[]): void {
  const [bright, blueness, redness] = planes as [Float32Array, Float32Array, Float32Array];
  for (let at = 0; at < 64; at++) {
    const from = (Math.min(top + (at >> 3), height - 1) * width + Math.min(left + (at & 7), width - 1)) * 3;
    const [red, green, blue] = [rgb[from] ?? 0, rgb[from + 1] ?? 0, rgb[from + 2] ?? 0];
    bright[at] = 0.299 * red + 0.587 * green + 0.114 * blue - 128;
    blueness[at] = -0.168736 * red - 0.331264 * green + 0.5 * blue;
    redness[at] = 0.5 * red - 0.418688 * green - 0.081312 * blue;
  }
}

/** The two-dimensional cosine transform, rows first and then columns. */
function transform(block: Float32Array): Float32Array {
  return alongRows(alongRows(block));
}

/**
 * Transforms each row and lays the result down as a column, so that doing it twice transforms both ways. Every wave is
 * even or odd about the middle: four sums and four differences do for eight pixels.
 */
function alongRows(block: Float32Array): Float32Array {
  const turned = new Float32Array(64);
  const at = (index: number): number => block[index] as number;
  for (let row = 0; row < 8; row++) {
    const [left, right] = [row * 8, row * 8 + 7];
    for (let parity = 0; parity < 2; parity++) {
      const sign = 1 - 2 * parity;
      const a = at(left) + sign * at(right);
      const b = at(left + 1) + sign * at(right - 1);
      const c = at(left + 2) + sign * at(right - 2);
      const d = at(left + 3) + sign * at(right - 3);
      for (let u = parity; u < 8; u += 2) {
        const wave = u * 8;
        turned[wave + row] = a * cosine(wave) + b * cosine(wave + 1) + c * cosine(wave + 2) + d * cosine(wave + 3);
      }
    }
  }
  return turned;
}

function cosine(index: number): number {
  return cosines[index] as number;
}

interface Encoding {
  readonly steps: readonly number[];
  readonly before: number;
  readonly out: BitWriter;
}

/** Writes one block and answers its mean, from which the next one of its plane counts. */
function encodeBlock(waves: Float32Array, { steps, before, out }: Encoding): number {
  const levelAt = (place: number): number => {
    const wave = zigzag[place] as number;
    return Math.round((waves[wave] as number) / (steps[wave] as number));
  };
  const mean = levelAt(0);
  out.put(dc, 0, mean - before);
  let zeros = 0;
  for (let place = 1; place < 64; place++) {
    const level = levelAt(place);
    if (level === 0) {
      zeros++;
      continue;
    }
    for (; zeros > 15; zeros -= 16) out.put(ac, 15, 0);
    out.put(ac, zeros, level);
    zeros = 0;
  }
  if (zeros > 0) out.put(ac, 0, 0);
  return mean;
}

interface BitWriter {
  /** A code for "so many zeros, then a number of so many bits", and the number. */
  put(codes: readonly (Code | undefined)[], zeros: number, level: number): void;
  end(): Buffer;
}

function bitWriter(mostBytes: number): BitWriter {
  const bytes = Buffer.alloc(mostBytes * 3 + 64);
  let [length, pending, pendingBits] = [0, 0, 0];
  const write = (bits: number, count: number): void => {
    for (let left = count - 1; left >= 0; left--) {
      pending = pending * 2 + ((bits >> left) & 1);
      if (++pendingBits < 8) continue;
      bytes[length++] = pending;
      if (pending === 0xff) bytes[length++] = 0; // else it would begin a marker
      [pending, pendingBits] = [0, 0];
    }
  };
  return {
    put(codes, zeros, level) {
      const size = 32 - Math.clz32(Math.abs(level));
      const code = codes[zeros * 16 + size];
      if (code) write(code.bits, code.length);
      write(level < 0 ? level + 2 ** size - 1 : level, size);
    },
    end() {
      write(0x7f, 7);
      return bytes.subarray(0, length);
    },
  };
}
