/** The names that things go by, each a type of its own so that one cannot be passed for another. */
import type { Brand } from '../kernel/index.ts';

/** SHA-1 of a file's bytes, 40 lower-case hex digits. */
export type Sha1 = Brand<string, 'Sha1'>;
/** Immich's id of an asset (UUID). */
export type AssetId = Brand<string, 'AssetId'>;
/** Immich's id of an album (UUID). */
export type AlbumId = Brand<string, 'AlbumId'>;
/** Immich's id of a tag (UUID). */
export type TagId = Brand<string, 'TagId'>;
/** Immich's id of a user (UUID): what an account really is. */
export type UserId = Brand<string, 'UserId'>;
/** The journal's number of a file. */
export type FileId = Brand<number, 'FileId'>;
/** The journal's number of a folder. */
export type FolderId = Brand<number, 'FolderId'>;
/** The journal's number of a source. */
export type SourceId = Brand<number, 'SourceId'>;

const sha1Pattern = /^[0-9a-f]{40}$/;

/** @throws when `text` is not 40 lower-case hex digits */
export function sha1(text: string): Sha1 {
  if (!sha1Pattern.test(text)) throw new Error(`not a SHA-1: ${text}`);
  return text as Sha1;
}

/** Immich speaks base64 of the 20 bytes. */
export function sha1FromBase64(text: string): Sha1 {
  return sha1(Buffer.from(text, 'base64').toString('hex'));
}
