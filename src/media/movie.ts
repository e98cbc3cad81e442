/** Reads the head of a movie (MP4, MOV, 3GP): a few hundred bytes, wherever in the file it stands. */
import { type Box, boxesIn, contentOf, everythingIn, findBox, insideMeta, type Stretch } from './boxes.ts';
import type { Peek } from './bytes.ts';
import { type DateCandidate, isOnEarth, type Place } from './evidence.ts';
import { type Fields, fieldsOf } from './fields.ts';
import { boxesHoldMore, hasXmpBeside, headHoldsMore, movieHoldsMore } from './unread-boxes.ts';
import { isPlainMovieDate } from './written-date.ts';

export interface Movie {
  readonly dates: readonly DateCandidate[];
  readonly durationMs?: number | undefined;
  readonly make?: string | undefined;
  readonly model?: string | undefined;
  readonly place?: Place | undefined;
  readonly contentIdentifier?: string | undefined;
  /** No date stands here that goes before all others, and the movie has parts that are not understood here. */
  readonly holdsMore: boolean;
}

/** What the makers of cameras and phones call the same thing: Apple's keys, and QuickTime's older boxes. */
const meanings: ReadonlyMap<string, Saying> = new Map([
  ['com.apple.quicktime.creationdate', 'date'],
  ['com.apple.quicktime.content.identifier', 'contentIdentifier'],
  ['com.apple.quicktime.make', 'make'],
  ['com.apple.quicktime.model', 'model'],
  ['com.apple.quicktime.location.ISO6709', 'location'],
  ['date', 'original'],
  ['\xa9day', 'day'],
  ['\xa9mak', 'make'],
  ['\xa9mod', 'model'],
  ['\xa9xyz', 'location'],
]);
type Saying = 'date' | 'original' | 'day' | 'contentIdentifier' | 'make' | 'model' | 'location';
type Sayings = Map<Saying, string>;

const longestTextBytes = 256;
const longestKeysBytes = 16 * 1024;
const fromSince1904ToUnixSeconds = 2_082_844_800;
/**
 * What stands for the length of a recording in fragments that does not tell it: cut off or streamed, it may be hours. Nobody must take
 * it for the seconds of a live photo, and hide it behind a still of the same name.
 */
const longerThanAnyMs = Number.MAX_SAFE_INTEGER;

/** No camera wrote movies with a head before; clocks that were never set say 1970 or 1980. */
export const firstMovieMs = Date.UTC(1990, 0, 1);

/** What the movie's head says; nothing where there is none. Rejects only when reading does. */
export async function readMovie(peek: Peek): Promise<Movie> {
  const moov = await findBox(peek, everythingIn(peek), 'moov');
  if (!moov) return { dates: [], holdsMore: false };
  const byKeys: Sayings = new Map();
  const byOldBoxes: Sayings = new Map();
  let head: Head = {};
  let fragments: Box | undefined;
  for await (const box of boxesIn(peek, moov)) {
    if (box.type === 'mvhd') head = await readHead(peek, box);
    if (box.type === 'mvex') fragments = box;
    if (box.type === 'meta') await hearKeys(peek, box, byKeys);
    if (box.type === 'udta') await hearBoxes(peek, box, byOldBoxes);
  }
  const sayings: Sayings = new Map([...byOldBoxes, ...byKeys]);
  const createdAtMs = head.createdAtMs ?? (await trackCreatedAtMs(peek, moov));
  const isHeadFirm = (createdAtMs ?? 0) >= firstMovieMs;
  const written = [sayings.get('original'), sayings.get('date')].filter((text) => text !== undefined);
  const day = sayings.get('day');
  return {
    dates: [
      ...written.map((text) => ({ from: 'QuickTime creation date', text }) as const),
      ...(createdAtMs === undefined ? [] : [{ from: 'movie header', epochMs: createdAtMs } as const]),
      // Last: an editor's word, often no more than a year, and not one that Immich goes by.
      ...(day === undefined ? [] : [{ from: 'date that Immich ignores', text: day } as const]),
    ],
    durationMs: fragments ? await lengthOfFragments(peek, { fragments, head }) : head.durationMs,
    make: sayings.get('make'),
    model: sayings.get('model'),
    place: placeFrom(sayings.get('location') ?? ''),
    contentIdentifier: sayings.get('contentIdentifier'),
    holdsMore:
      !written.every(isPlainMovieDate) ||
      (isHeadFirm || written.length > 0
        ? (await headHoldsMore(peek, moov)) || (await hasXmpBeside(peek))
        : (await movieHoldsMore(peek, moov)) || (await boxesHoldMore(peek))),
  };
}

/** The first track's head that tells when it was made, where the movie's does not. */
async function trackCreatedAtMs(peek: Peek, moov: Box): Promise<number | undefined> {
  for await (const trak of boxesIn(peek, moov)) {
    if (trak.type !== 'trak') continue;
    const mdia = await findBox(peek, trak, 'mdia');
    const mdhd = mdia && (await findBox(peek, mdia, 'mdhd'));
    const createdAtMs = mdhd && (await readHead(peek, mdhd)).createdAtMs;
    if (createdAtMs !== undefined) return createdAtMs;
  }
  return undefined;
}

interface Head {
  readonly createdAtMs?: number | undefined;
  readonly durationMs?: number | undefined;
  readonly unitsPerSecond?: number;
}

/** Of a movie (`mvhd`), or of a track's media (`mdhd`): both begin alike. */
async function readHead(peek: Peek, mvhd: Box): Promise<Head> {
  const content = await peek.at(mvhd.at, Math.min(mvhd.endAt - mvhd.at, 32));
  if (!content) return {};
  const fields = fieldsOf(content);
  const wideBytes = fields.number(1) === 1 ? 8 : 4;
  fields.skip(3);
  const created = fields.number(wideBytes);
  fields.skip(wideBytes);
  const unitsPerSecond = fields.number(4);
  return { createdAtMs: unixMsFrom(created), durationMs: readLength(fields, { wideBytes, unitsPerSecond }), unitsPerSecond };
}

function readLength(fields: Fields, { wideBytes, unitsPerSecond }: { wideBytes: number; unitsPerSecond: number }): number | undefined {
  const length = fields.number(wideBytes);
  const lengthMs = Math.round((length / unitsPerSecond) * 1000);
  // All ones mean "not known"; 0 is what a recording in fragments says.
  const isKnown = length > 0 && length < 2 ** (8 * wideBytes) - 1 && Number.isSafeInteger(lengthMs);
  return isKnown ? lengthMs : undefined;
}

/** Of a recording in fragments the head tells at most how long the first one is; `mehd` tells of all, where it came to its end. */
async function lengthOfFragments(peek: Peek, { fragments, head }: { fragments: Box; head: Head }): Promise<number> {
  const mehd = await findBox(peek, fragments, 'mehd');
  const content = mehd && (await peek.at(mehd.at, Math.min(mehd.endAt - mehd.at, 12)));
  if (!content) return longerThanAnyMs;
  const fields = fieldsOf(content);
  const wideBytes = fields.number(1) === 1 ? 8 : 4;
  fields.skip(3);
  return readLength(fields, { wideBytes, unitsPerSecond: head.unitsPerSecond ?? Number.NaN }) ?? longerThanAnyMs;
}

/** 0 means "not known", and so does the first second of 1970. What would lie before 1970 was counted from 1970 by mistake: no such file is that old. */
function unixMsFrom(created: number): number | undefined {
  if (!(created > 0) || created === fromSince1904ToUnixSeconds) return undefined;
  const epochMs = (created >= fromSince1904ToUnixSeconds ? created - fromSince1904ToUnixSeconds : created) * 1000;
  return Number.isSafeInteger(epochMs) ? epochMs : undefined;
}

/** Apple's way: `keys` lists names, `ilst` holds a box for each, typed by the name's number from 1, or in MP4 by the name. */
async function hearKeys(peek: Peek, meta: Box, sayings: Sayings): Promise<void> {
  const inside = await insideMeta(peek, meta);
  const keys = await findBox(peek, inside, 'keys');
  const values = await findBox(peek, inside, 'ilst');
  if (!values) return;
  const list = keys && (await contentOf(peek, keys, longestKeysBytes));
  const names = list ? namesIn(list) : [];
  for await (const value of boxesIn(peek, values)) {
    const meaning = meanings.get(names[Buffer.from(value.type, 'latin1').readUInt32BE(0) - 1] ?? value.type);
    const content = meaning && (await findBox(peek, value, 'data'));
    // Behind eight bytes of type and language stands the text.
    if (meaning && content) await hear(peek, { at: content.at + 8, endAt: content.endAt }, { meaning, sayings });
  }
}

function namesIn(keys: Buffer): readonly string[] {
  const fields = fieldsOf(keys);
  fields.skip(4);
  const count = fields.number(4);
  const names: string[] = [];
  while (names.length < count) {
    const sizeBytes = fields.number(4);
    if (!(sizeBytes >= 8)) break;
    fields.skip(4);
    names.push(fields.text(sizeBytes - 8));
  }
  return names;
}

/** QuickTime's older way, still Android's: a box per fact, its text behind two bytes of length and two of language. */
async function hearBoxes(peek: Peek, udta: Box, sayings: Sayings): Promise<void> {
  for await (const box of boxesIn(peek, udta)) {
    const meaning = meanings.get(box.type);
    if (box.type === 'meta') await hearKeys(peek, box, sayings);
    // Only those whose names begin with © have a length and a language before their text.
    else if (meaning) await hear(peek, { at: box.at + (box.type.startsWith('\xa9') ? 4 : 0), endAt: box.endAt }, { meaning, sayings });
  }
}

async function hear(peek: Peek, { at, endAt }: Stretch, { meaning, sayings }: { meaning: Saying; sayings: Sayings }): Promise<void> {
  const text = (await peek.at(at, Math.min(endAt - at, longestTextBytes)))?.toString('utf8').split('\0', 1)[0]?.trim();
  if (text && !sayings.has(meaning)) sayings.set(meaning, text);
}

/** ISO 6709 in degrees: `+52.5200+013.4050+034.000/`. */
function placeFrom(iso6709: string): Place | undefined {
  const [, latitude, longitude] = /^([+-]\d{1,2}(?:\.\d+)?)([+-]\d{1,3}(?:\.\d+)?)/.exec(iso6709) ?? [];
  if (latitude === undefined || longitude === undefined) return undefined;
  const place = { latitude: Number(latitude), longitude: Number(longitude) };
  return isOnEarth(place) ? place : undefined;
}
