/** Looks up tags in a TIFF structure (TIFF 6.0), the form in which every EXIF block and most RAW files are written. */
import type { Peek } from './bytes.ts';
import { type ByteOrder, fieldsOf } from './fields.ts';

/** The beginning of a TIFF structure, and what its first directory is. CR3 alone keeps one structure per directory. */
export interface ExifBlock {
  readonly at: number;
  readonly holds: 'everything' | 'exif' | 'gps';
  /** Where to look for it, if not in the file itself: it was packed. */
  readonly unpacked?: Peek;
}

/** A directory of tags. Values are read only when asked for. */
export interface Directory {
  /** Where a tag's value lies, or nothing if the tag is missing. */
  whereIs(tag: number): number | undefined;
  /** A whole number: the offset of another directory. */
  number(tag: number): number | undefined;
  /** Text without trailing zeros and blanks; nothing if it is empty. */
  text(tag: number): Promise<string | undefined>;
  /** As many fractions as asked for; one divided by zero is NaN. */
  fractions(tag: number, count: number): Promise<readonly number[] | undefined>;
}

/** How a directory's offsets are to be read: from which byte of the file they count, and in which byte order. */
export interface Reckoning {
  readonly base: number;
  readonly order: ByteOrder;
}

interface Entry {
  readonly type: number;
  readonly count: number;
  readonly valueAt: number;
  readonly small: number;
}

/** Bytes per value, by TIFF's number of the type. */
const bytesPerValue: Readonly<Record<number, number>> = {
  1: 1,
  2: 1,
  3: 2,
  4: 4,
  5: 8,
  6: 1,
  7: 1,
  8: 2,
  9: 4,
  10: 8,
  11: 4,
  12: 8,
  13: 4,
  129: 1,
};
const [shortType, fractionType, signedFractionType] = [3, 5, 10];

/** TIFF's own 42, and what Panasonic (RW2) and Olympus (ORF) write in its place. */
const signatures = new Set([42, 0x55, 0x4f52, 0x5352]);

/** Directories are sorted by tag, real ones hold fewer than 100 entries, and all we look for have low numbers. */
const mostEntries = 512;

/** Longer texts are no date and no camera. */
const longestTextBytes = 256;

/** Opens the first directory of the TIFF structure that begins at `base`. */
export async function openTiff(peek: Peek, base: number): Promise<{ first: Directory; reckoning: Reckoning } | undefined> {
  const head = await peek.at(base, 8);
  const order = head && byteOrderOf(head.toString('latin1', 0, 2));
  if (!order) return undefined;
  const fields = fieldsOf(head.subarray(2), order);
  if (!signatures.has(fields.number(2))) return undefined;
  const reckoning = { base, order };
  const first = await openDirectory(peek, reckoning, fields.number(4));
  return first && { first, reckoning };
}

export function byteOrderOf(mark: string): ByteOrder | undefined {
  return mark === 'II' ? 'little' : mark === 'MM' ? 'big' : undefined;
}

/** Opens the directory at `offset`. Only directories asked for by name are ever opened, so cycles cannot catch us. */
export async function openDirectory(peek: Peek, { base, order }: Reckoning, offset: number): Promise<Directory | undefined> {
  const countAt = await peek.at(base + offset, 2);
  if (!countAt) return undefined;
  const tableAt = base + offset + 2;
  const count = Math.min(fieldsOf(countAt, order).number(2), mostEntries, Math.floor((peek.sizeBytes - tableAt) / 12));
  const table = await peek.at(tableAt, count * 12);
  if (!table) return undefined;

  const entries = new Map<number, Entry>();
  for (let index = count - 1; index >= 0; index--) {
    const row = table.subarray(index * 12, index * 12 + 12);
    const fields = fieldsOf(row, order);
    const [tag, type, values] = [fields.number(2), fields.number(2), fields.number(4)];
    const isInside = (bytesPerValue[type] ?? 0) * values <= 4;
    const small = fieldsOf(row.subarray(8), order).number(type === shortType ? 2 : 4);
    entries.set(tag, { type, count: values, small, valueAt: isInside ? tableAt + index * 12 + 8 : base + small });
  }

  return {
    whereIs: (tag) => entries.get(tag)?.valueAt,
    number: (tag) => entries.get(tag)?.small,
    async text(tag) {
      const entry = entries.get(tag);
      if (!entry || bytesPerValue[entry.type] !== 1) return undefined;
      const written = await peek.at(entry.valueAt, Math.min(entry.count, longestTextBytes));
      return written?.toString('utf8').split('\0', 1)[0]?.trim() || undefined;
    },
    async fractions(tag, wanted) {
      const entry = entries.get(tag);
      if (!entry || entry.count < wanted || (entry.type !== fractionType && entry.type !== signedFractionType)) return undefined;
      const written = await peek.at(entry.valueAt, wanted * 8);
      if (!written) return undefined;
      const fields = fieldsOf(written, order);
      return Array.from({ length: wanted }, () => fields.number(4) / fields.number(4));
    },
  };
}
