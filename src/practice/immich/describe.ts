/** What an upload becomes in its record: dates, size, length and EXIF, the sidecar's words before the picture's own. */
import type { ExifRecord } from './asset-record.ts';
import { extract, type Taken, zoneName } from './extract.ts';
import type { ReceivedFile } from './multipart.ts';
import { readSidecar } from './xmp.ts';

export interface Description {
  readonly takenMs: number;
  readonly localMs: number;
  readonly width: number | undefined;
  readonly height: number | undefined;
  readonly durationMs: number | undefined;
  readonly isDrawable: boolean;
  readonly exif: ExifRecord;
  readonly tags: readonly string[];
}

interface Given {
  readonly type: 'IMAGE' | 'VIDEO';
  readonly sidecar: Uint8Array | undefined;
  /** The date that counts where the picture names none: the earliest of those in the form and the time of the upload. */
  readonly givenMs: number;
}

export function describe({ bytes, sizeBytes }: ReceivedFile, { type, sidecar, givenMs }: Given): Description {
  const found = extract((offset, length) => bytes.readAt(offset, length), sizeBytes);
  const said = sidecar ? readSidecar(sidecar) : { tags: [] };
  const taken = said.taken ?? found.taken;
  const { takenMs, localMs } = instantOf(taken, givenMs);
  const { orientation = 1, exposureTimeS } = found.exif;
  // From 5 on the picture lies on its side.
  const [width, height] = orientation >= 5 ? [found.height, found.width] : [found.width, found.height];
  const description = said.description ?? found.exif.description;
  const zone = taken && zoneOf(taken);
  const exif = {
    make: found.exif.make,
    model: found.exif.model,
    exifImageWidth: found.width,
    exifImageHeight: found.height,
    orientation: type === 'VIDEO' ? '1' : found.exif.orientation?.toString(),
    takenMs,
    timeZone: zone,
    lensModel: found.exif.lensModel,
    fNumber: found.exif.fNumber,
    focalLength: found.exif.focalLength,
    iso: found.exif.iso,
    exposureTime: exposureTimeS === undefined ? undefined : exposureText(exposureTimeS),
    latitude: found.exif.latitude,
    longitude: found.exif.longitude,
    description,
    rating: said.rating,
  };
  const known = Object.fromEntries(Object.entries(exif).filter(([, value]) => value !== undefined)) as unknown as ExifRecord;
  return { takenMs, localMs, width, height, durationMs: found.durationMs, isDrawable: found.isDrawable, exif: known, tags: said.tags };
}

/** A wall clock without zone is taken as UTC. */
function instantOf(taken: Taken | undefined, givenMs: number): { takenMs: number; localMs: number } {
  if (!taken) return { takenMs: givenMs, localMs: givenMs };
  return { takenMs: taken.localMs - (taken.offsetMinutes ?? 0) * 60_000, localMs: taken.localMs };
}

function zoneOf({ zone, offsetMinutes }: Taken): string | undefined {
  return zone ?? (offsetMinutes === undefined ? undefined : zoneName(offsetMinutes));
}

function exposureText(seconds: number): string {
  return seconds > 0 && seconds < 0.5 ? `1/${Math.round(1 / seconds)}` : String(seconds);
}
