/** Real picture files made from a few bytes: valid JPEG, PNG and MP4, each with a stamp inside so that no two have the same SHA-1. */
import { createHash } from 'node:crypto';
import { jpeg } from './jpeg.ts';
import { movie } from './movie.ts';
import { png } from './png.ts';

export interface Picture {
  readonly name: string;
  readonly bytes: Buffer;
  readonly mimeType: string;
  /** Hex. */
  readonly sha1: string;
  readonly sha1Base64: string;
}

export type PictureKind = 'photo' | 'drawing' | 'clip' | 'motion';
export const pictureKinds: readonly PictureKind[] = ['photo', 'drawing', 'clip', 'motion'];

const kinds: Readonly<
  Record<PictureKind, { readonly extension: string; readonly mimeType: string; readonly make: (stamp: string) => Buffer }>
> = {
  photo: { extension: 'jpg', mimeType: 'image/jpeg', make: (stamp) => jpeg({ stamp }) },
  drawing: { extension: 'png', mimeType: 'image/png', make: png },
  clip: { extension: 'mp4', mimeType: 'video/mp4', make: (stamp) => movie('isom', stamp) },
  motion: { extension: 'mov', mimeType: 'video/quicktime', make: (stamp) => movie('qt  ', stamp) },
};

/** The same kind, stem and stamp give the same bytes in every run: that is how an interrupted run is found again. */
export function makePicture(kind: PictureKind, stem: string): Picture {
  const { extension, mimeType, make } = kinds[kind];
  return pictureOf(`${stem}.${extension}`, mimeType, make(stem));
}

/** A photo whose EXIF says when it was taken: `2019:08:17 10:11:12` and `+02:00`. */
export function makeDatedPhoto(stem: string, taken: { readonly at: string; readonly offset: string }): Picture {
  return pictureOf(`${stem}.jpg`, 'image/jpeg', jpeg({ stamp: stem, taken }));
}

/** A photo of at least `leastBytes`, filled with comment segments that every decoder skips. */
export function makeLargePhoto(stem: string, leastBytes: number): Picture {
  return pictureOf(`${stem}.jpg`, 'image/jpeg', jpeg({ stamp: stem, leastBytes }));
}

export function pictureOf(name: string, mimeType: string, bytes: Buffer): Picture {
  const hash = createHash('sha1').update(bytes).digest();
  return { name, mimeType, bytes, sha1: hash.toString('hex'), sha1Base64: hash.toString('base64') };
}
