/** Tells the kind of a file by its extension, as Immich does: it never looks inside before it decides. */
import type { Kind } from '../domain/index.ts';

/** From an extension (lower case, no dot) to its kind. */
export type KindTable = ReadonlyMap<string, Kind>;

/** What `GET /server/media-types` answers: extensions with their dots. */
export interface MediaTypes {
  readonly image: readonly string[];
  readonly video: readonly string[];
  readonly sidecar: readonly string[];
}

const rawExtensions =
  '3fr ari arw cap cin cr2 cr3 crw dcr dng erf fff iiq k25 kdc mrw nef nrw orf ori pef raf raw rw2 rwl sr2 srf srw x3f'.split(' ');
const pictureExtensions = 'avif bmp gif heic heif hif insp jp2 jpe jpeg jpg jxl mpo png psd svg tif tiff webp'.split(' ');
const videoExtensions = '3gp 3gpp avi flv insv m2t m2ts m4v mkv mov mp4 mpe mpeg mpg mts mxf ts vob webm wmv'.split(' ');

const raw: ReadonlySet<string> = new Set(rawExtensions);

/** The table for a server's answer. */
export function kindsFrom({ image, video, sidecar }: MediaTypes): KindTable {
  const rows = (extensions: readonly string[], kind: Kind): [string, Kind][] =>
    extensions.map((extension) => [extension.replace(/^\./, '').toLowerCase(), kind]);
  return new Map([...rows(image, 'photo'), ...rows(video, 'video'), ...rows(sidecar, 'sidecar')]);
}

/** What Immich 3.1 takes; 2.7 takes the same but for `mpo`. Holds until a server has told its own list. */
export const knownKinds: KindTable = kindsFrom({
  image: [...rawExtensions, ...pictureExtensions],
  video: videoExtensions,
  sidecar: ['xmp'],
});

/** `other` for whatever the table does not hold. */
export function kindOf(extension: string, kinds: KindTable = knownKinds): Kind {
  return kinds.get(extension) ?? 'other';
}

/** The kind of a file by its name. */
export function kindOfName(name: Uint8Array, kinds: KindTable = knownKinds): Kind {
  return isPixelHalf(name) ? kindOf('mp4', kinds) : kindOf(extensionOf(name), kinds);
}

/**
 * `PXL_20240714_093000123.MP`, as Google hands out the film of a Pixel's motion photo beside `PXL_20240714_093000123.MP.jpg`: an MP4 that
 * Immich takes only by that name. Nothing else is believed of the ending: figures for TeX end like that too.
 */
export function isPixelHalf(name: Uint8Array): boolean {
  return /^PXL_\d{8}_\d{6,9}[^/]*\.MP(~\d+)?$/i.test(Buffer.from(name).toString('latin1'));
}

/** The name by which Immich takes a file. */
export function nameForImmich(name: Uint8Array): string {
  const text = Buffer.from(name).toString('utf8');
  return isPixelHalf(name) ? `${text}.mp4` : text;
}

/** True for what comes straight from a camera's sensor. */
export function isRaw(extension: string): boolean {
  return raw.has(extension);
}

/** The extension of a name in bytes: lower case, no dot; empty if there is none. A leading dot hides a file and begins no extension. */
export function extensionOf(name: Uint8Array): string {
  const dotAt = name.lastIndexOf(0x2e);
  return dotAt > 0
    ? Buffer.from(name.subarray(dotAt + 1))
        .toString('latin1')
        .toLowerCase()
    : '';
}
