/** The kinds of file that Homeroll tells apart. */

/** `sidecar`: an XMP file that describes a picture. `other`: anything that Immich does not take. */
export type Kind = 'photo' | 'video' | 'sidecar' | 'other';
