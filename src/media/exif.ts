/** Reads the few EXIF tags that Homeroll goes by: when, where, with which camera, and to which live photo it belongs. */
import type { Peek } from './bytes.ts';
import { isOnEarth, type Place, type WrittenCandidate } from './evidence.ts';
import { findExifBlocks } from './exif-blocks.ts';
import { byteOrderOf, type Directory, openDirectory, openTiff } from './tiff.ts';
import { holdsUnreadParts } from './unread-parts.ts';
import { isBlankDate, isPlainDate, readWrittenDate } from './written-date.ts';

export interface Exif {
  readonly dates: readonly WrittenCandidate[];
  readonly make?: string | undefined;
  readonly model?: string | undefined;
  readonly place?: Place | undefined;
  readonly contentIdentifier?: string | undefined;
  /** No date of taking stands here that goes before all others, and the picture has parts that are not understood here. */
  readonly holdsMore: boolean;
}

/** Numbers of tags, from Exif 2.32 (CIPA DC-008). */
const tag = { make: 0x010f, model: 0x0110, exif: 0x8769, gps: 0x8825, makerNote: 0x927c } as const;
const takenTags = { date: 0x9003, fraction: 0x9291, offset: 0x9011 } as const;
const digitizedTags = { date: 0x9004, fraction: 0x9292, offset: 0x9012 } as const;
/** The date stands in the first directory, what belongs to it in the EXIF directory. */
const changeTags = { date: 0x0132, fraction: 0x9290, offset: 0x9010 } as const;
const gpsTag = { latitudeSide: 1, latitude: 2, longitudeSide: 3, longitude: 4, date: 0x1d } as const;
/** Directories of others within a directory: XMP, IPTC, Photoshop's, further images of a RAW, notes of its maker. */
const unreadTags = [0x02bc, 0x83bb, 0x8649, 0x014a, 0x927c, 0xc634] as const;

interface Directories {
  readonly camera: Directory[];
  readonly exif: { readonly directory: Directory; readonly sight: Peek }[];
  readonly gps: Directory[];
}

/** What the EXIF of a picture says; little or nothing where there is little or none. Rejects only when reading does. */
export async function readExif(peek: Peek): Promise<Exif> {
  const found = await openAll(peek);
  const { camera, exif, gps } = found;
  // HTC's phones write make and model into the EXIF directory.
  const named = [...camera, ...exif.map(({ directory }) => directory)];
  const { dates, isFirm, isOdd } = await datesOf(found);
  return {
    dates,
    make: await firstText(named, tag.make),
    model: await firstText(named, tag.model),
    place: gps[0] && (await placeIn(gps[0])),
    contentIdentifier: exif[0] && (await contentIdentifierIn(exif[0])),
    holdsMore: isOdd || (!isFirm && ((await holdUnread(found)) || (await holdsUnreadParts(peek)))),
  };
}

async function firstText(directories: readonly Directory[], wanted: number): Promise<string | undefined> {
  for (const directory of directories) {
    const text = await directory.text(wanted);
    if (text) return text;
  }
  return undefined;
}

async function holdUnread({ camera, exif, gps }: Directories): Promise<boolean> {
  if (gps.some((directory) => directory.whereIs(gpsTag.date) !== undefined)) return true;
  if (camera.some((directory) => unreadTags.some((wanted) => directory.whereIs(wanted) !== undefined))) return true;
  for (const { directory, sight } of exif) {
    const noteAt = directory.whereIs(tag.makerNote);
    // Apple's holds no date.
    if (noteAt !== undefined && !(await sight.at(noteAt, 9))?.toString('latin1').startsWith('Apple iOS')) return true;
  }
  return false;
}

async function openAll(peek: Peek): Promise<Directories> {
  const found: Directories = { camera: [], exif: [], gps: [] };
  for (const { at, holds, unpacked: sight = peek } of await findExifBlocks(peek)) {
    const tiff = await openTiff(sight, at);
    if (!tiff) continue;
    const { first, reckoning } = tiff;
    const follow = async (pointer: number): Promise<Directory | undefined> => {
      const offset = first.number(pointer);
      return offset === undefined ? undefined : openDirectory(sight, reckoning, offset);
    };
    if (holds === 'everything') found.camera.push(first);
    const exif = holds === 'exif' ? first : await follow(tag.exif);
    if (exif) found.exif.push({ directory: exif, sight });
    const gps = holds === 'gps' ? first : await follow(tag.gps);
    if (gps) found.gps.push(gps);
  }
  return found;
}

interface Dates {
  readonly dates: readonly WrittenCandidate[];
  /** The first of them stands before all that other kinds of metadata could say. */
  readonly isFirm: boolean;
  /** One is written as no camera should, so Immich may read it otherwise, or not at all. */
  readonly isOdd: boolean;
}

/**
 * The dates in the order in which Immich believes them: one with a fraction or a zone goes before one without, even one of
 * digitizing before one of taking.
 */
async function datesOf({ camera, exif }: Directories): Promise<Dates> {
  const inside = exif.map(({ directory }) => directory);
  // TIFF/EP writers (some Nikon, some scanners) keep the date in the first directory.
  const dated = [...inside, ...camera];
  const [taken, digitized] = [await dateIn(dated, takenTags), await dateIn(dated, digitizedTags)];
  const isOdd = [taken, digitized].some((date) => date !== undefined && !isPlainDate(date));
  const inOrder = [isExact(taken) && taken, isExact(digitized) && digitized, taken, digitized];
  const dates = [...new Set(inOrder.filter((date) => date !== undefined && date !== false))];
  const [best] = dates.filter(({ text }) => readWrittenDate(text));
  if (best) return { dates, isFirm: best === taken || isExact(best), isOdd };
  const text = await camera[0]?.text(changeTags.date);
  if (!text) return { dates, isFirm: false, isOdd };
  const [fraction, offset] = [await inside[0]?.text(changeTags.fraction), await inside[0]?.text(changeTags.offset)];
  return { dates: [...dates, { from: 'EXIF date of change', text, fraction, offset }], isFirm: false, isOdd };
}

/** A fraction begins with a digit, an offset with a sign: cameras that do not know theirs leave blanks and colons. */
function isExact(date: WrittenCandidate | undefined): boolean {
  return /^\d/.test(date?.fraction ?? '') || /^[+-]\d\d?:\d\d/.test(date?.offset ?? '');
}

async function dateIn(
  directories: readonly Directory[],
  tags: { date: number; fraction: number; offset: number },
): Promise<WrittenCandidate | undefined> {
  for (const directory of directories) {
    const text = await directory.text(tags.date);
    if (!text || isBlankDate(text)) continue;
    // Never OffsetTime (0x9010): it belongs to the date of the last change, made wherever the computer stood.
    const [fraction, offset] = [await directory.text(tags.fraction), await directory.text(tags.offset)];
    return { from: 'EXIF', text, fraction, offset };
  }
  return undefined;
}

async function placeIn(gps: Directory): Promise<Place | undefined> {
  const latitude = await degrees(gps, gpsTag.latitude, gpsTag.latitudeSide);
  const longitude = await degrees(gps, gpsTag.longitude, gpsTag.longitudeSide);
  const place = { latitude, longitude };
  return isOnEarth(place) ? place : undefined;
}

async function degrees(gps: Directory, valueTag: number, sideTag: number): Promise<number> {
  const [whole = Number.NaN, minutes = Number.NaN, seconds = 0] = (await gps.fractions(valueTag, 3)) ?? [];
  const side = (await gps.text(sideTag))?.toUpperCase();
  const size = whole + minutes / 60 + (Number.isNaN(seconds) ? 0 : seconds) / 3600;
  // Seven decimals are a centimetre; more is only the noise of the division.
  return Number((side === 'S' || side === 'W' ? -size : size).toFixed(7));
}

/**
 * Apple's maker note: `Apple iOS`, a version, a byte order, then a directory whose offsets count from the note's first
 * byte. Its tag 0x11 ties a live photo's still to its video.
 */
async function contentIdentifierIn({ directory: exif, sight }: Directories['exif'][number]): Promise<string | undefined> {
  const noteAt = exif.whereIs(tag.makerNote);
  if (noteAt === undefined) return undefined;
  const head = (await sight.at(noteAt, 14))?.toString('latin1');
  const order = head?.startsWith('Apple iOS\0') ? byteOrderOf(head.slice(12)) : undefined;
  const directory = order && (await openDirectory(sight, { base: noteAt, order }, 14));
  return directory?.text(0x11);
}
