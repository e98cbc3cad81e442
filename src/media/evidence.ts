/** What a file itself says of its picture, before anybody has decided what to believe. */

import type { ToldOrigin } from '../domain/index.ts';

/** A date as it is written in the file. */
export type DateCandidate = WrittenCandidate | InstantCandidate;

/** A wall clock, with its zone where that is written beside it. */
export interface WrittenCandidate {
  /** `EXIF date of change` is when a program last saved the picture, or a scanner first: where all others are missing, still better than the disk's. */
  readonly from: ToldOrigin | 'EXIF date of change';
  /** `2024:07:14 09:21:33`, `2024-07-14T09:21:33+0200` */
  readonly text: string;
  /** The digits of a fraction, and an offset like `+02:00`, that stand beside the text. */
  readonly fraction?: string | undefined;
  readonly offset?: string | undefined;
}

/** A moment that a machine wrote, without a place: the wall clock is the owner's. */
export interface InstantCandidate {
  readonly from: ToldOrigin;
  /** Unix ms. */
  readonly epochMs: number;
}

/** Degrees, north and east positive (WGS 84). */
export interface Place {
  readonly latitude: number;
  readonly longitude: number;
}

/** All that a file says of its picture. What it does not say, or says unreadably, is missing. */
export interface MediaFacts {
  /** In the order in which the file's kind of metadata is to be believed. */
  readonly dates: readonly DateCandidate[];
  /** No date was found that goes before all others, and the file has parts that may hold one and were not understood. */
  readonly holdsMore: boolean;
  /** Make and model, without saying the make twice. */
  readonly camera?: string;
  readonly place?: Place;
  /** Apple's identifier that a live photo's still and video share. */
  readonly contentIdentifier?: string;
  /** Of a video, whole ms. */
  readonly durationMs?: number;
  /** Of a still the film that it carries in its own file, of a short film itself: the same mark, the same film. */
  readonly filmMark?: string;
}

/** False for what no receiver ever measured; 0, 0 is what cameras write before they know. */
export function isOnEarth({ latitude, longitude }: Place): boolean {
  return Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180 && !(latitude === 0 && longitude === 0);
}
