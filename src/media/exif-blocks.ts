/** Finds where a picture keeps its EXIF: at the head, in the middle or at the end, each container in its own way. */
import type { Peek } from './bytes.ts';
import { exifBlocksInBoxes } from './heif.ts';
import { app1, segmentsIn } from './jpeg-segments.ts';
import type { ExifBlock } from './tiff.ts';

/** The blocks of EXIF in a picture of any kind, told by its first bytes and not by its name. */
export async function findExifBlocks(peek: Peek): Promise<readonly ExifBlock[]> {
  const head = (await peek.at(0, 16))?.toString('latin1') ?? '';
  if (head.startsWith('\xff\xd8')) return whole(await findInJpeg(peek, 0));
  if (head.startsWith('\x89PNG')) return whole(await findInPng(peek));
  if (head.startsWith('RIFF') && head.startsWith('WEBP', 8)) return whole(await findInWebp(peek));
  if (head.startsWith('FUJIFILMCCD-RAW')) return whole(await findInRaf(peek));
  if (head.startsWith('II') || head.startsWith('MM')) return whole(0);
  if (['ftyp', 'JXL ', 'jP  '].includes(head.slice(4, 8))) return exifBlocksInBoxes(peek);
  return [];
}

function whole(at: number | undefined): readonly ExifBlock[] {
  return at === undefined ? [] : [{ at, holds: 'everything' }];
}

/** EXIF stands in a segment APP1, usually the first; long colour profiles and other makers' segments may precede it. */
async function findInJpeg(peek: Peek, start: number): Promise<number | undefined> {
  for await (const { marker, at, isLast } of segmentsIn(peek, start)) {
    if (!isLast && marker === app1 && (await isExifMark(peek, at))) return at + 6;
  }
  return undefined;
}

/** The chunk eXIf may stand before the picture or after it. */
async function findInPng(peek: Peek): Promise<number | undefined> {
  for (let at = 8; ; ) {
    const head = await peek.at(at, 8);
    if (!head) return undefined;
    if (head.toString('latin1', 4) === 'eXIf') return behindMark(peek, at + 8);
    at += 12 + head.readUInt32BE(0);
  }
}

/** The chunk EXIF comes after the picture. */
async function findInWebp(peek: Peek): Promise<number | undefined> {
  for (let at = 12; ; ) {
    const head = await peek.at(at, 8);
    if (!head) return undefined;
    if (head.toString('latin1', 0, 4) === 'EXIF') return behindMark(peek, at + 8);
    const lengthBytes = head.readUInt32LE(4);
    at += 8 + lengthBytes + (lengthBytes % 2);
  }
}

/** Fujifilm's header tells where its JPEG preview begins; the EXIF is in there. */
async function findInRaf(peek: Peek): Promise<number | undefined> {
  const previewAt = await peek.at(84, 4);
  return previewAt && findInJpeg(peek, previewAt.readUInt32BE(0));
}

/** Some writers repeat JPEG's mark in front of the TIFF structure. */
async function behindMark(peek: Peek, at: number): Promise<number> {
  return (await isExifMark(peek, at)) ? at + 6 : at;
}

async function isExifMark(peek: Peek, at: number): Promise<boolean> {
  return (await peek.at(at, 6))?.toString('latin1') === 'Exif\0\0';
}
