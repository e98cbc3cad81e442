/** Writes short silent movies, MOV and MP4: each frame a JPEG, the head before the frames or behind them. */
import { box, fullBox, text, uint } from './boxes.ts';

export interface MovieNote {
  readonly brand: 'qt  ' | 'mp42';
  readonly isHeadAtEnd: boolean;
  /** Unix ms; 0 for a camera whose clock was never set. */
  readonly createdAtMs: number;
  /** Apple's keys, such as `com.apple.quicktime.creationdate`. */
  readonly keys?: Readonly<Record<string, string>>;
  /** QuickTime's older boxes, such as `©xyz`. */
  readonly oldKeys?: Readonly<Record<string, string>>;
  /** Boxes beside those, such as Apple's `date`, with their bytes as they are. */
  readonly plainKeys?: Readonly<Record<string, string | Buffer>>;
  /** Of the track by itself. */
  readonly trackCreatedAtMs?: number;
}

export interface Frames {
  readonly width: number;
  readonly height: number;
  readonly jpegs: readonly Buffer[];
  readonly perSecond: number;
}

const from1904ToUnixSeconds = 2_082_844_800;
const unitsPerSecond = 600;
const upright = uint(4, 0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000);

export function encodeMovie(frames: Frames, note: MovieNote): Buffer {
  const ftyp = box('ftyp', text(note.brand), uint(4, 0), text(note.brand === 'mp42' ? 'mp42isom' : 'qt  '));
  const mdat = box('mdat', ...frames.jpegs);
  if (note.isHeadAtEnd) return Buffer.concat([ftyp, mdat, moov(frames, note, ftyp.length + 8)]);
  const headBytes = moov(frames, note, 0).length;
  return Buffer.concat([ftyp, moov(frames, note, ftyp.length + headBytes + 8), mdat]);
}

function moov(frames: Frames, note: MovieNote, framesAt: number): Buffer {
  const { keys = {}, oldKeys = {}, plainKeys = {} } = note;
  const oldBoxes = [
    ...Object.entries(oldKeys).map(([type, value]) => box(type, uint(2, Buffer.byteLength(value), 0x55c4), Buffer.from(value))),
    ...Object.entries(plainKeys).map(([type, value]) => box(type, Buffer.from(value))),
  ];
  return box(
    'moov',
    fullBox(
      'mvhd',
      [0, 0],
      times(note),
      uint(4, unitsPerSecond, lengthOf(frames), 0x10000),
      uint(2, 0x0100, 0),
      uint(4, 0, 0),
      upright,
      uint(4, 0, 0, 0, 0, 0, 0, 2),
    ),
    track(frames, note, framesAt),
    ...(Object.keys(keys).length > 0 ? [appleKeys(keys)] : []),
    ...(oldBoxes.length > 0 ? [box('udta', ...oldBoxes)] : []),
  );
}

function times({ createdAtMs }: Pick<MovieNote, 'createdAtMs'>): Buffer {
  const seconds = createdAtMs === 0 ? 0 : createdAtMs / 1000 + from1904ToUnixSeconds;
  return uint(4, seconds, seconds);
}

function lengthOf({ jpegs, perSecond }: Frames): number {
  return (jpegs.length * unitsPerSecond) / perSecond;
}

function track(frames: Frames, note: MovieNote, framesAt: number): Buffer {
  const { width, height, jpegs, perSecond } = frames;
  const sampleEntry = box(
    'jpeg',
    uint(2, 0, 0, 0, 1, 0, 0), // described by the first data reference: this file
    uint(4, 0, 0, 0x200),
    uint(2, width, height),
    uint(4, 0x480000, 0x480000, 0),
    uint(2, 1),
    Buffer.alloc(32),
    uint(2, 24, 0xffff),
  );
  const table = box(
    'stbl',
    fullBox('stsd', [0, 0], uint(4, 1), sampleEntry),
    fullBox('stts', [0, 0], uint(4, 1, jpegs.length, unitsPerSecond / perSecond)),
    fullBox('stsc', [0, 0], uint(4, 1, 1, jpegs.length, 1)),
    fullBox('stsz', [0, 0], uint(4, 0, jpegs.length, ...jpegs.map(({ length }) => length))),
    fullBox('stco', [0, 0], uint(4, 1, framesAt)),
  );
  const component = note.brand === 'qt  ' ? text('mhlr') : uint(4, 0);
  const media = box(
    'mdia',
    fullBox(
      'mdhd',
      [0, 0],
      times({ createdAtMs: note.trackCreatedAtMs ?? note.createdAtMs }),
      uint(4, unitsPerSecond, lengthOf(frames)),
      uint(2, 0x55c4, 0),
    ),
    fullBox('hdlr', [0, 0], component, text('vide'), uint(4, 0, 0, 0), text('\0')),
    box(
      'minf',
      fullBox('vmhd', [0, 1], uint(2, 0, 0, 0, 0)),
      box('dinf', fullBox('dref', [0, 0], uint(4, 1), fullBox('url ', [0, 1]))),
      table,
    ),
  );
  return box(
    'trak',
    fullBox(
      'tkhd',
      [0, 3],
      times(note),
      uint(4, 1, 0, lengthOf(frames), 0, 0),
      uint(2, 0, 0, 0, 0),
      upright,
      uint(4, width * 0x10000, height * 0x10000),
    ),
    media,
  );
}

/** `keys` lists the names, `ilst` the values, each box typed by its name's number from 1. QuickTime's `meta` has no version. */
function appleKeys(keys: Readonly<Record<string, string>>): Buffer {
  const names = Object.keys(keys).map((name) => Buffer.concat([uint(4, name.length + 8), text(`mdta${name}`)]));
  const values = Object.values(keys).map((value, index) =>
    box(uint(4, index + 1).toString('latin1'), box('data', uint(4, 1, 0), Buffer.from(value))),
  );
  return box(
    'meta',
    fullBox('hdlr', [0, 0], uint(4, 0), text('mdta'), uint(4, 0, 0, 0), text('\0')),
    fullBox('keys', [0, 0], uint(4, names.length), ...names),
    box('ilst', ...values),
  );
}
