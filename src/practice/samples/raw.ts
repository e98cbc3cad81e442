/** Writes stand-ins for RAW files: true to kind in head and EXIF, with a JPEG in place of the sensor's readings. */
import { type CameraNote, exifDirectory } from './exif.ts';
import { ascii, byteRow, type Directory, long, short, type Value, writeTiff } from './tiff.ts';

export type RawFormat = 'cr2' | 'nef' | 'dng' | 'arw';

/** What makes each kind known to programs that look inside. */
const marks: Readonly<Record<RawFormat, { readonly head?: Buffer; readonly tags: Directory }>> = {
  cr2: { head: Buffer.from('CR\x02\0\0\0\0\0', 'latin1'), tags: new Map() },
  nef: { tags: new Map<number, Value>([[0x0131, ascii('Ver.01.20')]]) },
  dng: { tags: new Map<number, Value>([[0xc612, byteRow(Buffer.of(1, 4, 0, 0))]]) },
  arw: { tags: new Map() }, // by its maker's name
};

export function encodeRaw(
  format: RawFormat,
  { width, height, jpeg }: { width: number; height: number; jpeg: Buffer },
  note: CameraNote,
): Buffer {
  const { head, tags } = marks[format];
  const preview = new Map<number, Value>([
    [0x00fe, long(1)], // a smaller version of the picture
    [0x0100, long(width)],
    [0x0101, long(height)],
    [0x0103, short(6)], // a JPEG, told by the next two
    [0x0201, { placeOf: jpeg }],
    [0x0202, long(jpeg.length)],
  ]);
  // Nikon keeps it in a directory of its own: one with a JPEG in its first is an NRW.
  const placed: Directory = format === 'nef' ? new Map<number, Value>([[0x014a, { directory: preview }]]) : preview;
  return writeTiff(new Map([...exifDirectory(note), ...placed, ...tags]), head);
}
