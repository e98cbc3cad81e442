/** When a picture was taken, as well as can be known, and how we know. */

/** What metadata of a file can tell when its picture was taken. Which of several goes first is the readers' to say. */
export const toldOrigins = [
  'sidecar',
  'EXIF with time zone',
  'EXIF',
  'XMP',
  'IPTC',
  'GPS',
  'maker note',
  'PNG text',
  'RAW header',
  'QuickTime creation date',
  'movie header',
  'AVI',
  'AVCHD',
  'Matroska',
  'MXF',
  'Windows Media',
  'other metadata',
  'date that Immich ignores',
] as const;

export type ToldOrigin = (typeof toldOrigins)[number];

/** Where no metadata tells, in the order in which they are believed. */
export const lastResorts = ['file name', 'EXIF date of change', 'modification time'] as const;

export const dateOrigins = [...toldOrigins, ...lastResorts] as const;

export type DateOrigin = (typeof dateOrigins)[number];

export interface TakenAt {
  /** Wall clock where it was taken: `2024-07-14T09:21:33`. Albums by date go by this. */
  readonly local: string;
  /** The instant, unix ms; where the picture does not tell its zone, the wall clock is read in the owner's `time zone`. */
  readonly epochMs: number;
  readonly from: DateOrigin;
  /** What set the clock right, where that of the file is wrong: `the wall clock in its name`. */
  readonly correctedBy?: string;
  /** The wall clock that Immich shows of itself, where that is another. */
  readonly elseShown?: string;
  /** A sidecar tells Immich, so that it shows `local` after all. */
  readonly isSentAlong?: boolean;
  /** The file has parts that nobody here could read. They may hold a date that Immich finds, and nothing that we write may hide it. */
  readonly isUnread?: boolean;
}
