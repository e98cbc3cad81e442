/** What a file itself says of its picture, before anybody has decided what to believe. */

/** A date as it is written in the file. */
export type DateCandidate =
  /** `2024:07:14 09:21:33` on the camera's clock; `offset` like `+02:00` and the digits of a fraction if it wrote them. */
  | { readonly from: 'EXIF'; readonly text: string; readonly fraction?: string | undefined; readonly offset?: string | undefined }
  /** When a program last saved the picture, or a scanner first: where all other dates are missing, still better than the disk's. */
  | {
      readonly from: 'EXIF date of change';
      readonly text: string;
      readonly fraction?: string | undefined;
      readonly offset?: string | undefined;
    }
  /** `2024-07-14T09:21:33+0200`. */
  | { readonly from: 'QuickTime creation date'; readonly text: string }
  /** Seconds since 1904 (UTC) in a movie's head, turned into unix ms. */
  | { readonly from: 'movie header'; readonly epochMs: number };

/** Degrees, north and east positive (WGS 84). */
export interface Place {
  readonly latitude: number;
  readonly longitude: number;
}

/** All that a file says of its picture. What it does not say, or says unreadably, is missing. */
export interface MediaFacts {
  /** In the order in which the file's kind of metadata is to be believed. */
  readonly dates: readonly DateCandidate[];
  /** Make and model, without saying the make twice. */
  readonly camera?: string;
  readonly place?: Place;
  /** Apple's identifier that a live photo's still and video share. */
  readonly contentIdentifier?: string;
  /** Of a video, whole ms. */
  readonly durationMs?: number;
}

/** False for what no receiver ever measured; 0, 0 is what cameras write before they know. */
export function isOnEarth({ latitude, longitude }: Place): boolean {
  return Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180 && !(latitude === 0 && longitude === 0);
}
