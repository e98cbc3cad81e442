/** Writes a HEIF picture (ISO/IEC 23008-12) whose EXIF is its very last bytes, as libheif and some phones leave it. */
import { box, fullBox, text, uint } from './boxes.ts';

/** @param jpeg the coded picture: HEIF may hold JPEG (Annex H), which spares us writing HEVC */
export function encodeHeif({ width, height, jpeg }: { width: number; height: number; jpeg: Buffer }, exif: Buffer): Buffer {
  const ftyp = box('ftyp', text('heic'), uint(4, 0), text('mif1heicjpeg'));
  const payload = Buffer.concat([uint(4, 0), exif]);
  // Twice: how long `meta` is does not depend on what its offsets say.
  const pictureAt = ftyp.length + meta({ width, height }, [place(0, 0), place(0, 0)]).length + 8;
  const places = [place(pictureAt, jpeg.length), place(pictureAt + jpeg.length, payload.length)];
  return Buffer.concat([ftyp, meta({ width, height }, places), box('mdat', jpeg, payload)]);
}

interface Place {
  readonly at: number;
  readonly lengthBytes: number;
}
const place = (at: number, lengthBytes: number): Place => ({ at, lengthBytes });

function meta({ width, height }: { width: number; height: number }, places: readonly Place[]): Buffer {
  const entry = (id: number, type: string): Buffer => fullBox('infe', [2, 0], uint(2, id, 0), text(`${type}\0`));
  const properties = box('ipco', fullBox('ispe', [0, 0], uint(4, width, height)), fullBox('pixi', [0, 0], Buffer.of(3, 8, 8, 8)));
  const itemPlaces = places.map(({ at, lengthBytes }, index) => Buffer.concat([uint(2, index + 1, 0, 1), uint(4, at, lengthBytes)]));
  return fullBox(
    'meta',
    [0, 0],
    fullBox('hdlr', [0, 0], uint(4, 0), text('pict'), uint(4, 0, 0, 0), text('\0')),
    fullBox('pitm', [0, 0], uint(2, 1)),
    fullBox('iloc', [0, 0], Buffer.of(0x44, 0), uint(2, 2), ...itemPlaces),
    fullBox('iinf', [0, 0], uint(2, 2), entry(1, 'jpeg'), entry(2, 'Exif')),
    fullBox('iref', [0, 0], box('cdsc', uint(2, 2, 1, 1))),
    box('iprp', properties, fullBox('ipma', [0, 0], uint(4, 1), uint(2, 1), Buffer.of(2, 1, 2))),
  );
}
