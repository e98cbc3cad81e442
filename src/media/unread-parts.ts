/** Tells whether a picture has parts that may hold a date and that this room does not read itself: XMP, IPTC, makers' own. */
import type { Peek } from './bytes.ts';
import { boxesHoldMore, isBoxType } from './unread-boxes.ts';
import { jpegHoldsMore } from './unread-segments.ts';

/**
 * True where another reader may find a date. A picture whose parts are all known and hold none answers false: most that come by
 * chat are such, and asking costs milliseconds.
 */
export async function holdsUnreadParts(peek: Peek): Promise<boolean> {
  const head = (await peek.at(0, Math.min(16, peek.sizeBytes)))?.toString('latin1') ?? '';
  if (head === '') return false;
  if (head.startsWith('\xff\xd8')) return jpegHoldsMore(peek);
  if (head.startsWith('\x89PNG')) return pngHoldsMore(peek);
  if (head.startsWith('RIFF') && head.startsWith('WEBP', 8)) return webpHoldsMore(peek);
  if (head.startsWith('GIF8')) return endsHold(peek, /XMP DataXMP/);
  if (/^<(?:svg|\?xml|!DOCTYPE)/.test(head))
    return endsHold(peek, /DateTimeOriginal|CreateDate|DateCreated|DateTimeDigitized|GPSTimeStamp/);
  if (isBoxType(head.slice(4, 8))) return boxesHoldMore(peek);
  // What a TIFF holds stands in its directories, which were looked through.
  if (/^(?:II\*\0|MM\0\*)/.test(head)) return false;
  return !datelessHeads.some((known) => head.startsWith(known));
}

/** Windows bitmaps, and MPEG streams as discs hold them: of none of these a date is known to Immich. */
const datelessHeads = ['BM', '\0\0\x01\xba', '\0\0\x01\xb3'];

/** Pixels, colours, sizes, animation, time of change: PNG's and its extensions' (Apple's and Android's, too). */
const plainChunks = new Set(
  (
    'IHDR PLTE IDAT IEND cHRM gAMA iCCP sBIT sRGB bKGD hIST tRNS pHYs sPLT tIME eXIf acTL fcTL fdAT cICP mDCv mDCV cLLi cLLI ' +
    'iDOT CgBI vpAg oFFs pCAL sCAL npOl npTc npLb orNT'
  ).split(' '),
);
const textChunks = new Set(['tEXt', 'zTXt', 'iTXt']);
/** What PNG's own list of words does not give dates to. ImageMagick's `date:` words tell of the file, not of the picture. */
const plainWords = /^(?:Title|Author|Description|Copyright|Disclaimer|Warning|Source|Comment|Software|date:(?:create|modify|timestamp))\0/i;
const longestWordBytes = 80;

async function pngHoldsMore(peek: Peek): Promise<boolean> {
  for (let at = 8; ; ) {
    const head = await peek.at(at, 8);
    if (!head) return false;
    const [type, lengthBytes] = [head.toString('latin1', 4), head.readUInt32BE(0)];
    if (textChunks.has(type)) {
      const word = await peek.at(at + 8, Math.min(lengthBytes, longestWordBytes));
      if (!word || !plainWords.test(word.toString('latin1'))) return true;
    } else if (!plainChunks.has(type) && /^[A-Za-z]{4}$/.test(type)) return true;
    at += 12 + lengthBytes;
  }
}

const plainWebpChunks = new Set(['VP8 ', 'VP8L', 'VP8X', 'ANIM', 'ANMF', 'ALPH', 'ICCP', 'EXIF']);

async function webpHoldsMore(peek: Peek): Promise<boolean> {
  for (let at = 12; ; ) {
    const head = await peek.at(at, 8);
    if (!head) return false;
    const lengthBytes = head.readUInt32LE(4);
    const type = head.toString('latin1', 0, 4);
    if (!plainWebpChunks.has(type) && /^[\x20-\x7e]{3}[\0\x20-\x7e]$/.test(type)) return true;
    at += 8 + lengthBytes + (lengthBytes % 2);
  }
}

/**
 * In a GIF, XMP stands before the first frame or after the last, and its own head is looked for: walking thousands of frames costs too
 * much. A drawing holds it among its own words, before or behind all lines.
 */
const endBytes = 64 * 1024;

async function endsHold(peek: Peek, wanted: RegExp): Promise<boolean> {
  const lengthBytes = Math.min(endBytes, peek.sizeBytes);
  const [first, last] = [await peek.at(0, lengthBytes), await peek.at(peek.sizeBytes - lengthBytes, lengthBytes)];
  return [first, last].some((part) => part !== undefined && wanted.test(part.toString('latin1')));
}
