/** What one sample file is, and how its bytes are made. The same sample, the same bytes, on every machine. */
import { type CameraNote, exifDirectory } from './exif.ts';
import { encodeHeif } from './heif.ts';
import { encodeJpeg } from './jpeg.ts';
import { encodeMovie, type MovieNote } from './movie.ts';
import { paint, type Scene } from './painting.ts';
import { type Pixels, turnLeft } from './pixels.ts';
import { encodePng } from './png.ts';
import { encodeRaw, type RawFormat } from './raw.ts';
import { writeTiff } from './tiff.ts';

export type Sample = {
  /** Below the sample folder, parts joined by `/`. */
  readonly path: string;
  /** When the disk says it was last changed, ISO 8601 with offset; the moment of making if missing. */
  readonly modifiedAt?: string;
} & Content;

export type Content =
  | { readonly kind: 'jpeg'; readonly scene: Scene; readonly note?: CameraNote; readonly isUpright?: boolean }
  | { readonly kind: 'png'; readonly scene: Scene; readonly note?: CameraNote }
  | { readonly kind: 'heif'; readonly scene: Scene; readonly note: CameraNote }
  | { readonly kind: 'raw'; readonly scene: Scene; readonly note: CameraNote; readonly format: RawFormat }
  | { readonly kind: 'movie'; readonly scene: Scene; readonly note: MovieNote }
  | { readonly kind: 'text'; readonly text: string };

const [landscape, portrait, smallScreen] = [
  { width: 512, height: 384 },
  { width: 384, height: 512 },
  { width: 320, height: 240 },
];
const [frameCount, framesPerSecond] = [6, 3];

/** The bytes of a sample. */
export function bytesOf(sample: Sample): Buffer {
  switch (sample.kind) {
    case 'text':
      return Buffer.from(sample.text);
    case 'movie':
      return encodeMovie({ ...smallScreen, jpegs: framesOf(sample.scene), perSecond: framesPerSecond }, sample.note);
    case 'jpeg':
      return encodeJpeg(sample.isUpright ? turnLeft(paint(sample.scene, portrait)) : paint(sample.scene, landscape), {
        exif: exifOf(sample.note),
      });
    case 'png':
      return encodePng(flat(paint(sample.scene, smallScreen)), exifOf(sample.note));
    case 'heif':
      return encodeHeif({ ...landscape, jpeg: encodeJpeg(paint(sample.scene, landscape)) }, writeTiff(exifDirectory(sample.note)));
    case 'raw':
      return encodeRaw(sample.format, { ...landscape, jpeg: encodeJpeg(paint(sample.scene, landscape)) }, sample.note);
  }
}

function exifOf(note: CameraNote | undefined): Buffer | undefined {
  return note && writeTiff(exifDirectory(note));
}

/** The sun moves on a little from frame to frame. */
function framesOf(scene: Scene): readonly Buffer[] {
  return Array.from({ length: frameCount }, (_, frame) => {
    const sun = scene.sun && { ...scene.sun, x: scene.sun.x + frame * 0.02, y: scene.sun.y + frame * 0.012 };
    return encodeJpeg(paint({ ...scene, ...(sun && { sun }) }, smallScreen));
  });
}

/** Fewer shades: the grain that JPEG forgets would make a PNG four times as large. */
function flat({ width, height, rgb }: Pixels): Pixels {
  return { width, height, rgb: rgb.map((level) => Math.round(level / 6) * 6) };
}
