/** Walks the segments of a JPEG (ITU-T T.81, annex B) from its first byte to where the picture begins. */
import type { Peek } from './bytes.ts';

/** What lies between marker and length on one side and the next segment on the other. */
export interface Segment {
  /** The second byte of the marker: 225 for APP1. */
  readonly marker: number;
  readonly at: number;
  readonly lengthBytes: number;
  /** The picture begins or ends here, or the length cannot be: nothing more is to be found behind it. */
  readonly isLast: boolean;
  /** Bytes that belong to no segment stood before this one. Readers look for the next marker behind such bytes, each a little differently. */
  readonly isBehindStrayBytes: boolean;
}

/** The marker under which EXIF stands, and XMP. */
export const app1 = 0xe1;
const [startOfScan, endOfImage] = [0xda, 0xd9];
/** How far the next marker is looked for. */
const mostStrayBytes = 64 * 1024;

/** Ends without a last one where the file ends. @param start where the JPEG begins within the file */
export async function* segmentsIn(peek: Peek, start = 0): AsyncGenerator<Segment> {
  let isBehindStrayBytes = false;
  for (let at = start + 2; ; ) {
    const head = await peek.at(at, 4);
    if (!head) return;
    if (head[0] === 0xff && head[1] === 0xff) {
      at += 1; // a byte of padding
      continue;
    }
    if (!isMarker(head[0], head[1])) {
      isBehindStrayBytes = true;
      const found = await findMarker(peek, at);
      if (found === undefined) return yield { marker: 0, at, lengthBytes: 0, isLast: true, isBehindStrayBytes };
      at = found;
      continue;
    }
    const [marker, lengthBytes] = [head.readUInt8(1), head.readUInt16BE(2)];
    const isLast = marker === startOfScan || marker === endOfImage || lengthBytes < 2;
    yield { marker, at: at + 4, lengthBytes: lengthBytes - 2, isLast, isBehindStrayBytes };
    if (isLast) return;
    at += 2 + lengthBytes;
  }
}

/** Of a segment with a length: those without one (`RST`, `TEM`, a second beginning) belong into a picture and not before it. */
function isMarker(first: number | undefined, second: number | undefined): boolean {
  return first === 0xff && second !== undefined && second > 0x01 && second < 0xff && !(second >= 0xd0 && second <= 0xd8);
}

async function findMarker(peek: Peek, at: number): Promise<number | undefined> {
  const stray = await peek.at(at, Math.min(mostStrayBytes, peek.sizeBytes - at));
  const index = stray?.findIndex((byte, place) => isMarker(byte, stray[place + 1])) ?? -1;
  return index < 0 ? undefined : at + index;
}
