/** multipart/form-data by hand: parts in the order given, names verbatim, because order and quoting are part of the contract. */
import type { Picture } from './pictures.ts';

export interface TextPart {
  readonly name: string;
  readonly value: string;
}

export interface FilePart {
  readonly name: string;
  readonly bytes: Buffer;
  /** Put between the quotes as it is, in UTF-8; without it the part has no `filename`. */
  readonly filename?: string;
  readonly contentType?: string;
}

export type Part = TextPart | FilePart;

// Fixed, so that a request is the same bytes in every run; no picture of the suite contains it.
const boundary = 'hr-contract-boundary-5f1d0c7a';

export function encodeForm(parts: readonly Part[]): { readonly boundary: string; readonly chunks: readonly Buffer[] } {
  const chunks = parts.flatMap((part) => [
    Buffer.from(headOf(part)),
    'value' in part ? Buffer.from(part.value) : part.bytes,
    Buffer.from('\r\n'),
  ]);
  return { boundary, chunks: [...chunks, Buffer.from(`--${boundary}--\r\n`)] };
}

function headOf(part: Part): string {
  const filename = 'bytes' in part && part.filename !== undefined ? `; filename="${part.filename}"` : '';
  const type = 'bytes' in part && part.contentType !== undefined ? `Content-Type: ${part.contentType}\r\n` : '';
  return `--${boundary}\r\nContent-Disposition: form-data; name="${part.name}"${filename}\r\n${type}\r\n`;
}

/** The text fields of an upload; `undefined` leaves one out. */
export type Fields = Readonly<Record<string, string | undefined>>;

/** What both versions take: 2.7.5 wants the device fields, 3.x strips them (facts/immich.md §8). */
export const usualFields = {
  deviceAssetId: 'hr-contract',
  deviceId: 'hr-contract',
  fileCreatedAt: '2020-02-03T04:05:06.000Z',
  fileModifiedAt: '2020-02-04T05:06:07.000Z',
} as const;

/** The text fields of an upload as parts: the usual ones, changed and completed by `fields`. */
export function textParts(fields: Fields = {}): TextPart[] {
  return Object.entries({ ...usualFields, ...fields }).flatMap(([name, value]) => (value === undefined ? [] : [{ name, value }]));
}

/** The part that carries the picture itself. */
export function filePart(picture: Picture, filename = picture.name): FilePart {
  return { name: 'assetData', bytes: picture.bytes, filename, contentType: picture.mimeType };
}

/** A whole upload in the order a client should use: text first, then the file. */
export function uploadForm(picture: Picture, fields: Fields = {}): Part[] {
  return [...textParts(fields), filePart(picture)];
}
