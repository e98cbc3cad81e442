/** Tells whether a JPEG has segments that may hold a date and that this room does not read: XMP, IPTC, makers' own. */
import type { Peek } from './bytes.ts';
import { app1, type Segment, segmentsIn } from './jpeg-segments.ts';

const exifMark = 'Exif\0\0';
/** Begins of segments in which no date stands, by the segment's marker. All others may hold one. */
const plainSegments: Readonly<Record<number, readonly string[]>> = {
  224: ['JFIF\0', 'JFXX\0', 'AVI1'],
  [app1]: [exifMark],
  226: ['ICC_PROFILE\0', 'MPF\0', 'urn:iso:std:iso:ts:21496'],
  235: ['HDR_RI'],
  236: ['Ducky'],
  238: ['Adobe'],
};
const [firstApp, lastApp, photoshop] = [224, 239, 237];
const photoshopMark = 'Photoshop 3.0\0';
const longestMarkBytes = 28;
/** Photoshop's blocks stay below 64 KB in one segment; what matters stands at their heads. */
const mostPhotoshopBytes = 64 * 1024;

export async function jpegHoldsMore(peek: Peek): Promise<boolean> {
  let exifs = 0;
  for await (const segment of segmentsIn(peek)) {
    const { marker, at, isLast, isBehindStrayBytes } = segment;
    if (isBehindStrayBytes) return true;
    if (isLast) return hasTrailer(peek);
    // Of several the first is read here; exiftool reads all.
    if (marker === app1 && (await peek.at(at, exifMark.length))?.toString('latin1') === exifMark && ++exifs > 1) return true;
    if (marker >= firstApp && marker <= lastApp && (await segmentHoldsMore(peek, segment))) return true;
  }
  return false;
}

async function segmentHoldsMore(peek: Peek, { marker, at, lengthBytes }: Segment): Promise<boolean> {
  const mark = (await peek.at(at, Math.min(longestMarkBytes, lengthBytes)))?.toString('latin1') ?? '';
  if (marker === photoshop && mark.startsWith(photoshopMark)) {
    const content = await peek.at(at + photoshopMark.length, Math.min(lengthBytes - photoshopMark.length, mostPhotoshopBytes));
    return content !== undefined && photoshopHoldsMore(content);
  }
  return !(plainSegments[marker] ?? []).some((known) => mark.startsWith(known));
}

const [iptcBlock, exifBlock, xmpBlock] = [0x0404, 0x0422, 0x0424];

/** Photoshop's resources: four letters, a number, a name, a length, the content; all of it in even bytes. */
function photoshopHoldsMore(content: Buffer): boolean {
  for (let at = 0; at + 12 <= content.length; ) {
    if (!/^(?:8BIM|PHUT|DCSR|AgHg|MeSa)$/.test(content.toString('latin1', at, at + 4))) return true; // it goes on in a later segment
    const number = content.readUInt16BE(at + 4);
    const nameBytes = content.readUInt8(at + 6) + 1;
    const lengthAt = at + 6 + nameBytes + (nameBytes % 2);
    if (lengthAt + 4 > content.length) return false;
    const lengthBytes = content.readUInt32BE(lengthAt);
    if (number === exifBlock || number === xmpBlock) return true;
    if (number === iptcBlock && iptcHoldsDate(content.subarray(lengthAt + 4, lengthAt + 4 + lengthBytes))) return true;
    at = lengthAt + 4 + lengthBytes + (lengthBytes % 2);
  }
  return false;
}

/** Social networks write IPTC with nothing but a mark of their own in it: only the dates of creating (2:55) and digitizing (2:62) matter. */
function iptcHoldsDate(iptc: Buffer): boolean {
  for (let at = 0; at + 5 <= iptc.length; ) {
    if (iptc[at] !== 0x1c) return false;
    const [record, number, lengthBytes] = [iptc.readUInt8(at + 1), iptc.readUInt8(at + 2), iptc.readUInt16BE(at + 3)];
    if (record === 2 && (number === 55 || number === 62)) return true;
    if (lengthBytes >= 0x8000) return true; // an extended length: nobody needs it for what is plain
    at += 5 + lengthBytes;
  }
  return false;
}

/** Behind the picture's end some programs add a part of their own (AFCP, MIE, Canon, Samsung). Nearly all files end with the picture. */
async function hasTrailer(peek: Peek): Promise<boolean> {
  const end = await peek.at(peek.sizeBytes - 2, 2);
  return end !== undefined && !(end[0] === 0xff && end[1] === 0xd9);
}
