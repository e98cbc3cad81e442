/** A small JPEG that says when and by which camera it was taken. */
import { exifDirectory } from '../../src/practice/samples/exif.ts';
import { encodeJpeg } from '../../src/practice/samples/jpeg.ts';
import { writeTiff } from '../../src/practice/samples/tiff.ts';

/** @param shade 0 to 255: pictures of two shades are two pictures, or one that was edited */
export function pictureTaken(local: string, { model = 'X100V', shade = 128 }: { model?: string; shade?: number } = {}): Buffer {
  const [width, height] = [8, 8];
  const pixels = { width, height, rgb: new Uint8ClampedArray(width * height * 3).fill(shade) };
  return encodeJpeg(pixels, { exif: writeTiff(exifDirectory({ make: 'FUJIFILM', model, local })) });
}
