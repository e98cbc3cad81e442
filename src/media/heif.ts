/** Finds EXIF in pictures made of boxes: HEIF and AVIF (ISO/IEC 23008-12), Canon's CR3, JPEG XL, JPEG 2000. */
import { promisify } from 'node:util';
import { brotliDecompress } from 'node:zlib';
import { type Box, boxesIn, contentOf, everythingIn, findBox, insideMeta, type Stretch } from './boxes.ts';
import { bytesInMemory, type Peek, peekInto } from './bytes.ts';
import { fieldsOf } from './fields.ts';
import type { ExifBlock } from './tiff.ts';

/** A picture of 100 megapixels in tiles has some 400 places in its list: 8 KB. */
const longestListBytes = 256 * 1024;

/** Version, flags, a number of two or four bytes, protection, type: what matters of an entry in `iinf`. */
const longestEntryBytes = 14;

/** EXIF stays below 64 KB in a JPEG; what claims to be more is no more read than a bomb. */
const [longestPackedBytes, longestUnpackedBytes] = [64 * 1024, 256 * 1024];

const jp2Uuid = 'JpgTiffExif->JP2';
const canonUuid = '85c0b687820f11e08111f4ce462b6a48';
const canonHolds: Readonly<Record<string, ExifBlock['holds']>> = { CMT1: 'everything', CMT2: 'exif', CMT4: 'gps' };

/** The blocks of EXIF in a file of boxes; none if it keeps no EXIF where its kind keeps it. */
export async function exifBlocksInBoxes(peek: Peek): Promise<readonly ExifBlock[]> {
  for await (const box of boxesIn(peek, everythingIn(peek))) {
    if (box.type === 'meta') return asBlocks(await exifOfMeta(peek, box));
    if (box.type === 'Exif') return asBlocks(await behindOffset(peek, box.at));
    if (box.type === 'brob' && (await markOf(peek, box, 4)) === 'Exif') return unpack(peek, box);
    if (box.type === 'uuid' && (await markOf(peek, box, 16)) === jp2Uuid) return asBlocks(box.at + jp2Uuid.length);
    if (box.type === 'moov') return canonBlocks(peek, box);
  }
  return [];
}

function asBlocks(at: number | undefined): readonly ExifBlock[] {
  return at === undefined ? [] : [{ at, holds: 'everything' }];
}

async function markOf(peek: Peek, { at }: Box, lengthBytes: number): Promise<string | undefined> {
  return (await peek.at(at, lengthBytes))?.toString('latin1');
}

/** JPEG XL packs metadata by Brotli, behind the four letters of the type that the box would have. */
async function unpack(peek: Peek, { at, endAt }: Box): Promise<readonly ExifBlock[]> {
  const packed = await contentOf(peek, { at: at + 4, endAt }, longestPackedBytes);
  try {
    const content = packed && (await promisify(brotliDecompress)(packed, { maxOutputLength: longestUnpackedBytes }));
    if (!content) return [];
    const unpacked = peekInto(bytesInMemory(content));
    return asBlocks(await behindOffset(unpacked, 0)).map((block) => ({ ...block, unpacked }));
  } catch {
    return []; // broken, or a bomb
  }
}

/** An Exif payload opens with four bytes that say how far behind them the TIFF structure begins. */
async function behindOffset(peek: Peek, at: number): Promise<number | undefined> {
  const offset = await peek.at(at, 4);
  return offset && at + 4 + offset.readUInt32BE(0);
}

async function exifOfMeta(peek: Peek, meta: Box): Promise<number | undefined> {
  const inside = await insideMeta(peek, meta);
  const names = await findBox(peek, inside, 'iinf');
  const id = names && (await exifIdIn(peek, names));
  const places = id === undefined ? undefined : await findBox(peek, inside, 'iloc');
  const list = places && (await contentOf(peek, places, longestListBytes));
  const place = list && id !== undefined ? placeIn(list, id) : undefined;
  if (!place) return undefined;
  // Method 1 counts from the box `idat` beside the list instead of from the file's first byte.
  const idat = place.method === 1 ? await findBox(peek, inside, 'idat') : undefined;
  return behindOffset(peek, (idat?.at ?? 0) + place.offset);
}

/** The number of the entry of type Exif in `iinf`. */
async function exifIdIn(peek: Peek, iinf: Stretch): Promise<number | undefined> {
  const version = (await peek.at(iinf.at, 1))?.[0];
  const entries = { at: iinf.at + (version === 0 ? 6 : 8), endAt: iinf.endAt };
  for await (const entry of boxesIn(peek, entries)) {
    const content = await peek.at(entry.at, Math.min(entry.endAt - entry.at, longestEntryBytes));
    if (entry.type !== 'infe' || !content) continue;
    const fields = fieldsOf(content);
    const idBytes = fields.number(1) === 3 ? 4 : 2;
    fields.skip(3);
    const id = fields.number(idBytes);
    fields.skip(2);
    if (fields.text(4) === 'Exif') return id;
  }
  return undefined;
}

/** Where `iloc` says that the entry `wantedId` begins. Its numbers have the widths that its own head tells. */
function placeIn(iloc: Buffer, wantedId: number): { readonly method: number; readonly offset: number } | undefined {
  const fields = fieldsOf(iloc);
  const version = fields.number(1);
  fields.skip(3);
  const [widths, moreWidths] = [fields.number(1), fields.number(1)];
  const [offsetBytes, lengthBytes, baseBytes] = [widths >> 4, widths & 15, moreWidths >> 4];
  const indexBytes = version === 0 ? 0 : moreWidths & 15;
  if (offsetBytes > 8 || lengthBytes > 8 || baseBytes > 8 || indexBytes > 8) return undefined;
  const count = fields.number(version === 2 ? 4 : 2);
  for (let seen = 0; seen < count; seen++) {
    const id = fields.number(version === 2 ? 4 : 2);
    if (Number.isNaN(id)) return undefined;
    const method = version === 0 ? 0 : fields.number(2) & 15;
    fields.skip(2);
    const base = fields.number(baseBytes);
    const extents = fields.number(2);
    if (id === wantedId && extents > 0) {
      fields.skip(indexBytes);
      return { method, offset: base + fields.number(offsetBytes) };
    }
    fields.skip(extents * (indexBytes + offsetBytes + lengthBytes));
  }
  return undefined;
}

async function canonBlocks(peek: Peek, moov: Box): Promise<readonly ExifBlock[]> {
  const uuid = await findBox(peek, moov, 'uuid');
  if (!uuid || (await peek.at(uuid.at, 16))?.toString('hex') !== canonUuid) return [];
  const blocks: ExifBlock[] = [];
  for await (const { type, at } of boxesIn(peek, { at: uuid.at + 16, endAt: uuid.endAt })) {
    const holds = canonHolds[type];
    if (holds) blocks.push({ at, holds });
  }
  return blocks;
}
