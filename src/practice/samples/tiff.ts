/** Writes TIFF structures (TIFF 6.0): as EXIF inside other files, and as the body of RAW files. Little-endian throughout. */

/** A tag's value: plain bytes of a type, another directory, or the place of a run of bytes laid down elsewhere in the file. */
export type Value =
  | { readonly type: number; readonly count: number; readonly bytes: Buffer }
  | { readonly directory: Directory }
  | { readonly placeOf: Buffer };

export type Directory = ReadonlyMap<number, Value>;

export const ascii = (text: string): Value => ({ type: 2, count: Buffer.byteLength(text) + 1, bytes: Buffer.from(`${text}\0`) });
export const short = (number: number): Value => ({ type: 3, count: 1, bytes: Buffer.of(number & 255, number >> 8) });
export const long = (number: number): Value => ({ type: 4, count: 1, bytes: uint32(number) });
export const bytes = (content: Buffer): Value => ({ type: 7, count: content.length, bytes: content });
export const byteRow = (content: Buffer): Value => ({ type: 1, count: content.length, bytes: content });
export const fractions = (parts: readonly (readonly [number, number])[]): Value => ({
  type: 5,
  count: parts.length,
  bytes: Buffer.concat(parts.flat().map(uint32)),
});

/** @param mark bytes between the head and the first directory; Canon's CR2 is known by them */
export function writeTiff(first: Directory, mark: Buffer = Buffer.alloc(0)): Buffer {
  const startAt = 8 + mark.length;
  return Buffer.concat([Buffer.from('II*\0', 'latin1'), uint32(startAt), mark, layDown(first, startAt)]);
}

/** The directory as it lies at `at`, and behind it all that it points to. */
function layDown(directory: Directory, at: number): Buffer {
  const entries = [...directory].sort(([a], [b]) => a - b);
  const tableBytes = 2 + entries.length * 12 + 4;
  const behind: Buffer[] = [];
  let endAt = at + tableBytes;
  const putBehind = (run: Buffer): number => {
    const runAt = endAt;
    const even = run.length % 2 === 0 ? run : Buffer.concat([run, Buffer.alloc(1)]);
    behind.push(even);
    endAt += even.length;
    return runAt;
  };
  const rows = entries.map(([tag, value]) => {
    const row = Buffer.alloc(12);
    row.writeUInt16LE(tag, 0);
    const plain = 'bytes' in value ? value : long(putBehind('directory' in value ? layDown(value.directory, endAt) : value.placeOf));
    if (!('bytes' in plain)) return row;
    row.writeUInt16LE(plain.type, 2);
    row.writeUInt32LE(plain.count, 4);
    if (plain.bytes.length <= 4) plain.bytes.copy(row, 8);
    else row.writeUInt32LE(putBehind(plain.bytes), 8);
    return row;
  });
  return Buffer.concat([Buffer.of(entries.length & 255, entries.length >> 8), ...rows, uint32(0), ...behind]);
}

function uint32(number: number): Buffer {
  const run = Buffer.alloc(4);
  run.writeUInt32LE(number);
  return run;
}
