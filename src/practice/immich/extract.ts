/** Stands in for metadata extraction: what the real server's jobs find out about a file, found at once and only roughly. */
import { type MovieFacts, type ReadAt, readMovie } from './movie.ts';
import { type ExifTags, readExif } from './tiff.ts';

/** When a picture was taken, as far as it says. */
export interface Taken {
  /** The wall clock as if it were UTC, unix milliseconds. */
  readonly localMs: number;
  /** Minutes east of Greenwich; undefined: the picture names no zone. */
  readonly offsetMinutes?: number;
  /** The zone's name where it is not an offset. */
  readonly zone?: string;
}

export interface Extracted {
  readonly width?: number;
  readonly height?: number;
  readonly durationMs?: number;
  readonly exif: ExifTags;
  readonly taken?: Taken | undefined;
  /** The server can draw it: no thumbnail otherwise. */
  readonly isDrawable: boolean;
}

// Dates and size of a JPEG lie here; what lies further back stays unknown.
const headBytes = 128 << 10;

export function extract(readAt: ReadAt, sizeBytes: number): Extracted {
  const head = Buffer.from(readAt(0, Math.min(headBytes, sizeBytes)));
  const ascii = (from: number, to: number): string => head.toString('latin1', from, to);
  try {
    if (head[0] === 0xff && head[1] === 0xd8) return fromJpeg(head);
    if (ascii(1, 4) === 'PNG' && head.length >= 24) return drawn(head.readUInt32BE(16), head.readUInt32BE(20));
    if (ascii(0, 3) === 'GIF' && head.length >= 10) return drawn(head.readUInt16LE(6), head.readUInt16LE(8));
    if (ascii(0, 4) === 'RIFF' && ascii(8, 12) === 'WEBP') return { ...unknown, isDrawable: true };
    if (ascii(4, 8) === 'ftyp')
      return /^(heic|heix|mif1|msf1|avif)/.test(ascii(8, 12)) ? fromHeif(head) : fromMovie(readMovie(readAt, sizeBytes));
  } catch (error) {
    // Cut off in the middle of a number: as unknown as any other rubbish.
    if (!(error instanceof RangeError)) throw error;
  }
  return unknown;
}

const unknown: Extracted = { exif: {}, isDrawable: false };

function drawn(width: number, height: number): Extracted {
  return { width, height, exif: {}, isDrawable: true };
}

function fromJpeg(head: Buffer): Extracted {
  let exif: ExifTags = {};
  for (let at = 2; at + 10 <= head.length && head[at] === 0xff; ) {
    const marker = head.readUInt8(at + 1);
    const length = head.readUInt16BE(at + 2);
    if (marker === 0xe1 && head.toString('latin1', at + 4, at + 8) === 'Exif') exif = readExif(head.subarray(at + 10, at + 2 + length));
    // Start of frame, but not the tables that share its range.
    if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)) {
      return { ...drawn(head.readUInt16BE(at + 7), head.readUInt16BE(at + 5)), exif, taken: takenOf(exif) };
    }
    at += 2 + length;
  }
  return { exif, taken: takenOf(exif), isDrawable: false };
}

/** The boxes of HEIF are not walked: size and EXIF are looked for by how they begin. */
function fromHeif(head: Buffer): Extracted {
  const tiffAt = Math.max(head.indexOf('II*\0', 0, 'latin1'), head.indexOf('MM\0*', 0, 'latin1'));
  const exif = tiffAt < 0 ? {} : readExif(head.subarray(tiffAt));
  const sizeAt = head.indexOf('ispe', 0, 'latin1');
  const size = sizeAt < 0 ? {} : { width: head.readUInt32BE(sizeAt + 8), height: head.readUInt32BE(sizeAt + 12) };
  return { ...size, exif, taken: takenOf(exif), isDrawable: false };
}

function fromMovie({ width, height, durationMs, createdAtMs }: MovieFacts): Extracted {
  return {
    exif: {},
    isDrawable: width !== undefined,
    ...(width === undefined ? {} : { width }),
    ...(height === undefined ? {} : { height }),
    ...(durationMs === undefined ? {} : { durationMs }),
    ...(createdAtMs === undefined ? {} : { taken: { localMs: createdAtMs, offsetMinutes: 0, zone: 'UTC' } }),
  };
}

function takenOf({ takenAt, subSeconds, offset }: ExifTags): Taken | undefined {
  const [, day, time] = /^(\d{4}[:-]\d\d[:-]\d\d)[ T](\d\d:\d\d:\d\d)/.exec(takenAt ?? '') ?? [];
  const localMs = Date.parse(`${day?.replaceAll(':', '-')}T${time}.${(subSeconds ?? '').padEnd(3, '0').slice(0, 3)}Z`);
  // Date.parse makes a date of almost anything.
  if (day === undefined || Number.isNaN(localMs)) return undefined;
  const offsetMinutes = minutesOf(offset);
  return { localMs, ...(offsetMinutes === undefined ? {} : { offsetMinutes }) };
}

/** `+05:30` in minutes; `Z` is 0. */
export function minutesOf(offset: string | undefined): number | undefined {
  if (offset === 'Z') return 0;
  const [, sign, hours, minutes] = /^([+-])(\d\d):?(\d\d)$/.exec(offset ?? '') ?? [];
  return sign === undefined ? undefined : (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
}

/** `UTC+2`, `UTC-5:30`, `UTC+0`: how the real server names an offset. */
export function zoneName(offsetMinutes: number): string {
  const away = Math.abs(offsetMinutes);
  const minutes = away % 60;
  return `UTC${offsetMinutes < 0 ? '-' : '+'}${Math.floor(away / 60)}${minutes ? `:${String(minutes).padStart(2, '0')}` : ''}`;
}
