/** The one form of an upload that Immich 2 and 3 both read rightly: which fields, in which order, with which dates. */

import type { Upload } from './immich.ts';
import { multipart, type Part } from './multipart.ts';
import type { RequestBody } from './transport.ts';

export interface Form {
  readonly contentType: string;
  readonly body: RequestBody;
}

/**
 * Text comes before the file, because Immich reads in the order of the stream and checks the extension as soon as the file begins.
 * With a sidecar, `filename` comes last: before it, Immich takes it for the sidecar's name too and refuses the extension.
 */
export function uploadForm(upload: Upload): Form {
  const { createdAt, modifiedAt } = uploadDates(upload.createdAtMs, upload.modifiedAtMs);
  const fileName = sendableName(upload.fileName);
  const nameField: Part = { name: 'filename', text: fileName };
  const sidecar = upload.sidecar;

  const parts: Part[] = [
    // Version 2 requires both, version 3 drops them. The SHA-1 tells nothing of the owner's folders.
    { name: 'deviceAssetId', text: upload.sha1 },
    { name: 'deviceId', text: 'homeroll' },
    { name: 'fileCreatedAt', text: createdAt },
    { name: 'fileModifiedAt', text: modifiedAt },
    // Unset fields are left out: an empty text is refused by both versions.
    ...(upload.isFavorite ? [{ name: 'isFavorite', text: 'true' }] : []),
    ...(upload.isHidden ? [{ name: 'visibility', text: 'hidden' }] : []),
    ...(upload.livePhotoVideoId === undefined ? [] : [{ name: 'livePhotoVideoId', text: upload.livePhotoVideoId }]),
    ...(sidecar ? [] : [nameField]),
    { name: 'assetData', fileName, sizeBytes: upload.sizeBytes, content: upload.content },
  ];
  if (sidecar) {
    const content = async function* (): AsyncGenerator<Uint8Array> {
      yield sidecar.bytes;
    };
    parts.push({ name: 'sidecarData', fileName: sidecarName(sidecar.fileName), sizeBytes: sidecar.bytes.length, content }, nameField);
  }
  // No file can hold its own SHA-1, so this line cannot occur in it.
  const boundary = `homeroll-${upload.sha1}`;
  return { contentType: `multipart/form-data; boundary=${boundary}`, body: multipart(boundary, parts) };
}

/** A name on disk is bytes, in Immich it is text: control characters (a NUL is answered by 500) and half characters are replaced. */
export function sendableName(name: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is replaced
  return name.toWellFormed().replace(/[\u0000-\u001f\u007f]/g, '_');
}

function sidecarName(name: string): string {
  const sendable = sendableName(name);
  return /\.xmp$/i.test(sendable) ? sendable : `${sendable}.xmp`;
}

const dayMs = 86_400_000;
const earliestMs = Date.parse('0001-01-01T00:00:00.000Z');
const latestMs = Date.parse('9999-12-31T23:59:59.999Z');
// What clocks and file systems say when they know nothing: unix zero and the first day of FAT, each in any time zone.
const nothingKnownMs = [0, Date.parse('1980-01-01T00:00:00.000Z')];

/**
 * Immich shows an undated file under the earlier of the two, so a nonsense date of change would win; it gives way to the other, which
 * somebody or something told. Years outside 1 to 9999 are refused by Immich and are clamped.
 */
export function uploadDates(createdAtMs: number, modifiedAtMs: number): { readonly createdAt: string; readonly modifiedAt: string } {
  const isInRange = (ms: number): boolean => ms >= earliestMs && ms <= latestMs;
  const isKnown = (ms: number): boolean => isInRange(ms) && nothingKnownMs.every((nothingMs) => Math.abs(ms - nothingMs) > dayMs);
  const clamp = (ms: number): number => (Number.isNaN(ms) ? 0 : Math.min(latestMs, Math.max(earliestMs, ms)));
  const created = isInRange(createdAtMs) || !isKnown(modifiedAtMs) ? createdAtMs : modifiedAtMs;
  const modified = isKnown(modifiedAtMs) || !isInRange(createdAtMs) ? modifiedAtMs : createdAtMs;
  return { createdAt: new Date(clamp(created)).toISOString(), modifiedAt: new Date(clamp(modified)).toISOString() };
}
