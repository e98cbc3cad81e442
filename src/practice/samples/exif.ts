/** What a camera notes down in EXIF, as the tags of Exif 2.32 (CIPA DC-008). */
import { ascii, bytes, type Directory, fractions, short, type Value } from './tiff.ts';

export interface CameraNote {
  readonly make: string;
  readonly model: string;
  /** Wall clock, `2024-07-14T09:21:33`. */
  readonly local: string;
  /** `+02:00`; older cameras do not know it. */
  readonly offset?: string;
  readonly place?: { readonly latitude: number; readonly longitude: number };
  /** How to turn the stored picture: 1 not at all, 6 a quarter to the right. */
  readonly orientation?: number;
  /** Apple's tie between a live photo's still and its video. */
  readonly contentIdentifier?: string;
}

/** The first directory with all that hangs on it. */
export function exifDirectory(note: CameraNote): Directory {
  const date = note.local.replaceAll('-', ':').replace('T', ' ');
  const exif = new Map<number, Value>([
    [0x9000, { type: 7, count: 4, bytes: Buffer.from('0232', 'latin1') }],
    [0x9003, ascii(date)],
    [0x9004, ascii(date)],
  ]);
  if (note.offset) exif.set(0x9011, ascii(note.offset)).set(0x9012, ascii(note.offset));
  if (note.contentIdentifier) exif.set(0x927c, bytes(appleNote(note.contentIdentifier)));
  const first = new Map<number, Value>([
    [0x010f, ascii(note.make)],
    [0x0110, ascii(note.model)],
    [0x0112, short(note.orientation ?? 1)],
    [0x0132, ascii(date)],
    [0x8769, { directory: exif }],
  ]);
  if (note.place) first.set(0x8825, { directory: gpsDirectory(note.place) });
  return first;
}

function gpsDirectory({ latitude, longitude }: { readonly latitude: number; readonly longitude: number }): Directory {
  return new Map<number, Value>([
    [0, { type: 1, count: 4, bytes: Buffer.of(2, 3, 0, 0) }],
    [1, ascii(latitude < 0 ? 'S' : 'N')],
    [2, degrees(Math.abs(latitude))],
    [3, ascii(longitude < 0 ? 'W' : 'E')],
    [4, degrees(Math.abs(longitude))],
  ]);
}

function degrees(size: number): Value {
  const minutes = (size % 1) * 60;
  return fractions([
    [Math.floor(size), 1],
    [Math.floor(minutes), 1],
    [Math.round((minutes % 1) * 60 * 100), 100],
  ]);
}

/** Apple's maker note: big-endian, its offsets counted from its own first byte; one entry, the identifier, behind the table. */
function appleNote(contentIdentifier: string): Buffer {
  const text = Buffer.from(`${contentIdentifier}\0`, 'latin1');
  const table = Buffer.alloc(18);
  table.writeUInt16BE(1, 0);
  table.writeUInt16BE(0x0011, 2);
  table.writeUInt16BE(2, 4);
  table.writeUInt32BE(text.length, 6);
  table.writeUInt32BE(14 + table.length, 10);
  return Buffer.concat([Buffer.from('Apple iOS\0\0\x01MM', 'latin1'), table, text]);
}
