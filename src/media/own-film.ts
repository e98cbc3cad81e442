/** Finds the film that a still carries in its own file, as Google's and Samsung's phones write it ("motion photo"). */
import { createHash } from 'node:crypto';
import type { Kind } from '../domain/index.ts';
import { boxesIn, everythingIn, type Stretch } from './boxes.ts';
import { type Bytes, type Peek, peekInto } from './bytes.ts';
import { app1, segmentsIn } from './jpeg-segments.ts';
import { longestMotionMs } from './pairs.ts';

/** `somewhere`: the still says that it carries one, and not in a way that is understood here. As a mark it is equal to that of no film. */
type OwnFilm = Stretch | 'somewhere';

/** Begin and end are enough to tell two films apart: dates and lengths stand there, and the size counts as well. */
const edgeBytes = 256 * 1024;

/**
 * What tells two films apart without reading them whole: of a still the film that it carries, of a film itself. Where a still carries one,
 * Immich takes that out, shows it, and *deletes* every other film that is linked to the still (`applyMotionPhotos` in its metadata service).
 * @param durationMs of a film. Nobody asks for the mark of one that is too long to be a half.
 * @returns undefined for a still that carries none, and for a long film
 */
export async function filmMarkOf(bytes: Bytes, kind: Kind, durationMs: number | undefined): Promise<string | undefined> {
  if (kind === 'video') return durationMs === undefined || durationMs > longestMotionMs ? undefined : markOf(bytes, wholeOf(bytes));
  const film = kind === 'photo' ? await findOwnFilm(peekInto(bytes)) : undefined;
  return film === 'somewhere' ? film : film && markOf(bytes, film);
}

function wholeOf({ sizeBytes }: Bytes): Stretch {
  return { at: 0, endAt: sizeBytes };
}

async function markOf(bytes: Bytes, { at, endAt }: Stretch): Promise<string> {
  const sizeBytes = endAt - at;
  const hash = createHash('sha1').update(String(sizeBytes));
  hash.update(await bytes.readAt(at, Math.min(edgeBytes, sizeBytes)));
  const lastBytes = Math.min(edgeBytes, Math.max(0, sizeBytes - edgeBytes));
  if (lastBytes > 0) hash.update(await bytes.readAt(endAt - lastBytes, lastBytes));
  return hash.digest('hex');
}

/** In the order in which Immich looks: a box of its own, Samsung's trailer, the place that XMP tells. */
async function findOwnFilm(peek: Peek): Promise<OwnFilm | undefined> {
  const head = (await peek.at(0, 12))?.toString('latin1') ?? '';
  const isJpeg = head.startsWith('\xff\xd8');
  if (!isJpeg && !head.startsWith('ftyp', 4)) return undefined;
  const boxed = isJpeg ? undefined : await filmBox(peek);
  return boxed ?? (await inSamsungTrailer(peek)) ?? (isJpeg ? told(await xmpOf(peek), peek.sizeBytes) : undefined);
}

async function filmBox(peek: Peek): Promise<Stretch | undefined> {
  for await (const { type, at, endAt } of boxesIn(peek, everythingIn(peek))) if (type === 'mpvd') return { at, endAt };
  return undefined;
}

const xmpHead = 'http://ns.adobe.com/xap/1.0/\0';

/** The packet of XMP in a JPEG; empty where there is none. What goes beyond one segment holds no film's place. */
async function xmpOf(peek: Peek): Promise<string> {
  for await (const { marker, at, lengthBytes, isLast } of segmentsIn(peek)) {
    if (isLast || marker !== app1 || (await peek.at(at, xmpHead.length))?.toString('latin1') !== xmpHead) continue;
    return (await peek.at(at + xmpHead.length, lengthBytes - xmpHead.length))?.toString('latin1') ?? '';
  }
  return '';
}

/** https://developer.android.com/media/platform/motion-photo-format, and the older MicroVideo that it replaced. Lengths count from the file's end. */
function told(xmp: string, sizeBytes: number): OwnFilm | undefined {
  const numberOf = (text: string, name: string): number =>
    Number(new RegExp(`:${name}(?:\\s*=\\s*["']|>)\\s*([^"'<]*)`).exec(text)?.[1] ?? 0) || 0;
  const isMicro = numberOf(xmp, 'MicroVideo') > 0;
  if (!isMicro && numberOf(xmp, 'MotionPhoto') <= 0) return undefined;
  const microBytes = isMicro ? numberOf(xmp, 'MicroVideoOffset') : 0;
  if (microBytes !== 0) return within(sizeBytes, { at: sizeBytes - microBytes, endAt: sizeBytes });
  const item = [...xmp.matchAll(/<[^<>]*:Semantic\s*=\s*["']MotionPhoto["'][^<>]*>/g)].at(-1)?.[0] ?? '';
  const endAt = sizeBytes - numberOf(item, 'Padding');
  return within(sizeBytes, { at: endAt - numberOf(item, 'Length'), endAt });
}

function within(sizeBytes: number, { at, endAt }: Stretch): OwnFilm {
  return at > 0 && at < endAt && endAt <= sizeBytes ? { at, endAt } : 'somewhere';
}

const [trailerEnd, trailerHead] = ['SEFT', 'SEFH'];
/** Of the entry `MotionPhoto_Data`. */
const motionPhotoData = 0x0a30;
const mostEntries = 256;

/** Samsung's trailer ends with a directory: for each entry its type, how far before the directory it begins, and its size. */
async function inSamsungTrailer(peek: Peek): Promise<OwnFilm | undefined> {
  const end = await peek.at(peek.sizeBytes - 8, 8);
  if (end?.toString('latin1', 4) !== trailerEnd) return undefined;
  const directoryAt = peek.sizeBytes - 8 - end.readUInt32LE(0);
  const head = await peek.at(directoryAt, 12);
  if (head?.toString('latin1', 0, 4) !== trailerHead) return undefined;
  const count = Math.min(head.readUInt32LE(8), mostEntries);
  for (let index = 0; index < count; index += 1) {
    const entry = await peek.at(directoryAt + 12 + 12 * index, 12);
    if (entry?.readUInt16LE(2) !== motionPhotoData) continue;
    const at = directoryAt - entry.readUInt32LE(4);
    // Each opens with its type and its name; the name's length stands before it.
    const nameBytes = (await peek.at(at, 8))?.readUInt32LE(4) ?? 0;
    const film = { at: at + 8 + nameBytes, endAt: at + entry.readUInt32LE(8) };
    // Newer phones write where the film is, and how long, in place of the film.
    const place = film.endAt - film.at === 12 ? await peek.at(film.at, 12) : undefined;
    const placed = place && { at: place.readUInt32BE(4), endAt: place.readUInt32BE(4) + place.readUInt32BE(8) };
    return within(peek.sizeBytes, placed ?? film);
  }
  return undefined;
}
