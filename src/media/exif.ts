/** Reads the few EXIF tags that Homeroll goes by: when, where, with which camera, and to which live photo it belongs. */
import type { Peek } from './bytes.ts';
import { type DateCandidate, isOnEarth, type Place } from './evidence.ts';
import { findExifBlocks } from './exif-blocks.ts';
import { byteOrderOf, type Directory, openDirectory, openTiff } from './tiff.ts';
import { readWrittenDate } from './written-date.ts';

export interface Exif {
  readonly dates: readonly DateCandidate[];
  readonly make?: string | undefined;
  readonly model?: string | undefined;
  readonly place?: Place | undefined;
  readonly contentIdentifier?: string | undefined;
}

/** Numbers of tags, from Exif 2.32 (CIPA DC-008). */
const tag = { make: 0x010f, model: 0x0110, exif: 0x8769, gps: 0x8825, makerNote: 0x927c } as const;
const takenTags = { date: 0x9003, fraction: 0x9291, offset: 0x9011 } as const;
const digitizedTags = { date: 0x9004, fraction: 0x9292, offset: 0x9012 } as const;
/** The date stands in the first directory, what belongs to it in the EXIF directory. */
const changeTags = { date: 0x0132, fraction: 0x9290, offset: 0x9010 } as const;
const gpsTag = { latitudeSide: 1, latitude: 2, longitudeSide: 3, longitude: 4 } as const;

interface Directories {
  readonly camera: Directory[];
  readonly exif: { readonly directory: Directory; readonly sight: Peek }[];
  readonly gps: Directory[];
}

/** What the EXIF of a picture says; little or nothing where there is little or none. Rejects only when reading does. */
export async function readExif(peek: Peek): Promise<Exif> {
  const found = await openAll(peek);
  const { camera, exif, gps } = found;
  return {
    dates: await datesOf(found),
    make: await camera[0]?.text(tag.make),
    model: await camera[0]?.text(tag.model),
    place: gps[0] && (await placeIn(gps[0])),
    contentIdentifier: exif[0] && (await contentIdentifierIn(exif[0])),
  };
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

async function datesOf({ camera, exif }: Directories): Promise<readonly DateCandidate[]> {
  const inside = exif.map(({ directory }) => directory);
  // TIFF/EP writers (some Nikon, some scanners) keep the date in the first directory.
  const dated = [...inside, ...camera];
  const [original] = await datesIn(dated, takenTags);
  const digitized = await datesIn(dated, digitizedTags);
  // A scan's date may have a zone where its picture's has none: it must not win by that. The same date lends its zone.
  const isOther = (date: string): boolean =>
    original !== undefined && readWrittenDate(original.text) !== undefined && date !== original.text;
  const taken = [...(original ? [original] : []), ...digitized.filter(({ text }) => !isOther(text))];
  if (taken.some(({ text }) => readWrittenDate(text))) return taken;
  const text = await camera[0]?.text(changeTags.date);
  if (!text) return taken;
  const [fraction, offset] = [await inside[0]?.text(changeTags.fraction), await inside[0]?.text(changeTags.offset)];
  return [...taken, { from: 'EXIF date of change', text, fraction, offset }];
}

async function datesIn(
  directories: readonly Directory[],
  tags: { date: number; fraction: number; offset: number },
): Promise<Extract<DateCandidate, { readonly from: 'EXIF' }>[]> {
  for (const directory of directories) {
    const text = await directory.text(tags.date);
    if (!text) continue;
    // Never OffsetTime (0x9010): it belongs to the date of the last change, made wherever the computer stood.
    const [fraction, offset] = [await directory.text(tags.fraction), await directory.text(tags.offset)];
    return [{ from: 'EXIF', text, fraction, offset }];
  }
  return [];
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
