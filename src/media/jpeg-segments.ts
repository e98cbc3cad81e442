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
}

/** The marker under which EXIF stands, and XMP. */
export const app1 = 0xe1;
const [startOfScan, endOfImage] = [0xda, 0xd9];

/** Ends without a last one where there is no marker. @param start where the JPEG begins within the file */
export async function* segmentsIn(peek: Peek, start = 0): AsyncGenerator<Segment> {
  for (let at = start + 2; ; ) {
    const head = await peek.at(at, 4);
    if (head?.[0] !== 0xff) return;
    const [marker, lengthBytes] = [head.readUInt8(1), head.readUInt16BE(2)];
    if (marker === 0xff) {
      at += 1; // a byte of padding
      continue;
    }
    const isLast = marker === startOfScan || marker === endOfImage || lengthBytes < 2;
    yield { marker, at: at + 4, lengthBytes: lengthBytes - 2, isLast };
    if (isLast) return;
    at += 2 + lengthBytes;
  }
}
