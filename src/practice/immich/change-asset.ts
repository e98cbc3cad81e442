/** Changes to an asset: what is written at once, and what the jobs of the real server would make of it a moment later. */
import { type AssetRecord, type ExifRecord, exifOf, findAsset } from './asset-record.ts';
import { minutesOf, zoneName } from './extract.ts';
import { parseLoosely } from './fields.ts';
import type { Parts } from './parts.ts';

export interface Changes {
  readonly isFavorite?: boolean | undefined;
  readonly visibility?: string | undefined;
  readonly description?: string | undefined;
  /** ISO date, with or without zone. */
  readonly dateTimeOriginal?: string | undefined;
  readonly rating?: number | null | undefined;
  readonly latitude?: number | undefined;
  readonly longitude?: number | undefined;
  /** Moves the date by so many minutes. */
  readonly byMinutes?: number;
}

const writeChanges = `
  UPDATE asset SET is_favorite = coalesce(?, is_favorite), visibility = coalesce(?, visibility), exif = ?, updated_at = ? WHERE id = ?`;
const writeDate = 'UPDATE asset SET file_created_at = ?, local_date_time = ?, exif = ? WHERE id = ?';
const datePattern = /^\d{4}-\d\d-\d\d(?:T[\d:.]+)?(Z|[+-]\d\d:\d\d)?$/;

/** Date and zone show in exifInfo only; the asset's own dates follow by `finishJobs`. */
export function changeAsset({ database, clock }: Parts, asset: AssetRecord, changes: Changes): void {
  const { isFavorite, visibility = null, dateTimeOriginal, description, rating, latitude, longitude, byMinutes = 0 } = changes;
  const old = exifOf(asset);
  const zone = dateTimeOriginal === undefined ? undefined : writtenZone(dateTimeOriginal);
  const exif: ExifRecord = {
    ...old,
    takenMs: (dateTimeOriginal === undefined ? old.takenMs : parseDate(dateTimeOriginal)) + byMinutes * 60_000,
    ...(zone === undefined ? {} : { timeZone: zone }),
    ...(description === undefined ? {} : { description }),
    ...(rating === undefined ? {} : { rating }),
    ...(latitude === undefined || longitude === undefined ? {} : { latitude, longitude }),
  };
  const favorite = isFavorite === undefined ? null : Number(isFavorite);
  database.run(writeChanges, favorite, visibility, JSON.stringify(exif), clock.now(), asset.id);
}

/** The date is written to a sidecar and read back: then the asset has it too, in the zone it was given in. */
export function finishJobs({ database }: Parts, id: string, { dateTimeOriginal, byMinutes }: Changes): void {
  if (dateTimeOriginal === undefined && byMinutes === undefined) return;
  const asset = findAsset(database, id);
  if (!asset) return;
  const exif = exifOf(asset);
  const oldOffsetMs = asset.local_date_time - asset.file_created_at;
  const offsetMinutes = dateTimeOriginal === undefined ? Math.round(oldOffsetMs / 60_000) : givenOffset(dateTimeOriginal);
  const found = { ...exif, timeZone: zoneName(offsetMinutes) };
  database.run(writeDate, exif.takenMs, exif.takenMs + offsetMinutes * 60_000, JSON.stringify(found), id);
}

function parseDate(date: string): number {
  return datePattern.test(date) ? parseLoosely(date) : Date.parse(date);
}

function givenOffset(date: string): number {
  return minutesOf(datePattern.exec(date)?.[1]) ?? 0;
}

function writtenZone(date: string): string | undefined {
  const zone = datePattern.exec(date)?.[1];
  if (zone === undefined) return undefined;
  return zone === 'Z' ? 'UTC' : zoneName(minutesOf(zone) ?? 0);
}
