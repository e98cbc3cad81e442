/** When a picture was taken, as well as can be known, and how we know. */

/** Best first: the order in which the dates are believed. */
export const dateOrigins = [
  'EXIF with time zone',
  'EXIF',
  'QuickTime creation date',
  'movie header',
  'file name',
  'EXIF date of change',
  'modification time',
] as const;

export type DateOrigin = (typeof dateOrigins)[number];

export interface TakenAt {
  /** Wall clock where it was taken: `2024-07-14T09:21:33`. Albums by date go by this. */
  readonly local: string;
  /** The instant, unix ms; where the picture does not tell its zone, the wall clock is read in the owner's `time zone`. */
  readonly epochMs: number;
  readonly from: DateOrigin;
}
