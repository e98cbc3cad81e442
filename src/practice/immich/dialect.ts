/** What differs between Immich 2.7.5 and 3.1.0, as data: the handlers ask here and never for a version number. */
import type { Ids } from '../../kernel/index.ts';
import { nameOf, type Refusal } from './errors.ts';

export const versions = ['2.7.5', '3.1.0'] as const;
export type Version = (typeof versions)[number];
export type Visibility = 'archive' | 'timeline' | 'hidden' | 'locked';

export interface Dialect {
  readonly version: Version;
  readonly versionBody: Readonly<Record<string, unknown>>;
  /** Who words complaints about fields: 2.x a list of sentences, 3.x the issues of zod. */
  readonly validation: 'class-validator' | 'zod';
  /** 2.x keeps deviceAssetId and deviceId, and names `unassignedFaces`. */
  readonly keepsDevice: boolean;
  /** 2.x tells durations as text, 3.x in milliseconds. */
  duration(durationMs: number | null): string | number | null;
  /** 2.x names owner and assets in an album; 3.x lists the owner as first of its users. */
  readonly albumNamesOwner: boolean;
  readonly listsSharedAlbums: boolean;
  /** What a search without `visibility` finds. */
  readonly searchedByDefault: readonly Visibility[];
  readonly refusesUnknownAlbumInSearch: boolean;
  readonly storesEmptyFiles: boolean;
  /** 3.x hides why an original is not given. */
  readonly hidesMissingMedia: boolean;
  readonly rangeBeyondEnd: { readonly status: number; readonly message: string };
  readonly sendsOriginalAsThumbnail: boolean;
  /** Said of a user who does not exist. */
  readonly unknownUser: string;
  /** 3.x keeps silent when an album is shared again with the same user, or with its owner. */
  readonly sharesAgainSilently: boolean;
  readonly pictureExtensions: readonly string[];
  readonly queues: readonly string[];
  readonly extraFeatures: Readonly<Record<string, unknown>>;
  readonly extraConfig: Readonly<Record<string, unknown>>;
  errorBody(refusal: Refusal, correlationId: string): unknown;
}

export const videoExtensions = words(
  '.3gp .3gpp .avi .flv .insv .m2t .m2ts .m4v .mkv .mov .mp4 .mpe .mpeg .mpg .mts .mxf .ts .vob .webm .wmv',
);
const pictures = words(
  '.avif .bmp .gif .jpeg .jpg .png .webp .3fr .ari .arw .cap .cin .cr2 .cr3 .crw .dcr .dng .erf .fff .iiq .k25 .kdc .mrw .nef .nrw .orf ' +
    '.ori .pef .psd .raf .raw .rw2 .rwl .sr2 .srf .srw .x3f .heic .heif .hif .insp .jp2 .jpe .jxl .svg .tif .tiff',
);
const queues = words(
  'thumbnailGeneration metadataExtraction videoConversion faceDetection facialRecognition smartSearch duplicateDetection backgroundTask ' +
    'storageTemplateMigration migration search sidecar library notifications backupDatabase ocr workflow',
);

function words(list: string): readonly string[] {
  return list.split(' ');
}

/** `00:00:02.000`; hours are not bounded by a day. */
function clockOf(durationMs: number): string {
  const hours = Math.floor(durationMs / 3_600_000);
  return `${String(hours).padStart(2, '0')}${new Date(durationMs).toISOString().slice(13, 23)}`;
}

const v2: Dialect = {
  version: '2.7.5',
  versionBody: { major: 2, minor: 7, patch: 5 },
  validation: 'class-validator',
  keepsDevice: true,
  duration: (durationMs) => (durationMs === null ? '0:00:00.00000' : clockOf(durationMs)),
  albumNamesOwner: true,
  listsSharedAlbums: false,
  searchedByDefault: ['timeline'],
  refusesUnknownAlbumInSearch: false,
  storesEmptyFiles: true,
  hidesMissingMedia: false,
  rangeBeyondEnd: { status: 500, message: 'Internal server error' },
  sendsOriginalAsThumbnail: false,
  unknownUser: 'User not found',
  sharesAgainSilently: false,
  pictureExtensions: pictures,
  queues: [...queues, 'editor'],
  extraFeatures: {},
  extraConfig: {},
  errorBody: ({ status, said, detail }, correlationId) => ({
    message: said,
    ...(detail.unnamed ? {} : { error: nameOf(status) }),
    statusCode: status,
    correlationId,
  }),
};

const v3: Dialect = {
  version: '3.1.0',
  versionBody: { major: 3, minor: 1, patch: 0, prerelease: null },
  validation: 'zod',
  keepsDevice: false,
  duration: (durationMs) => durationMs,
  albumNamesOwner: false,
  listsSharedAlbums: true,
  searchedByDefault: ['timeline', 'archive', 'hidden'],
  refusesUnknownAlbumInSearch: true,
  storesEmptyFiles: false,
  hidesMissingMedia: true,
  rangeBeyondEnd: { status: 404, message: 'Not Found' },
  sendsOriginalAsThumbnail: true,
  unknownUser: 'Invalid user',
  sharesAgainSilently: true,
  pictureExtensions: pictures.toSpliced(pictures.indexOf('.svg'), 0, '.mpo'),
  queues: [...queues, 'integrityCheck', 'editor'],
  extraFeatures: { realtimeTranscoding: false },
  extraConfig: { minFaces: 3 },
  errorBody: ({ said, detail }) => ({ message: said, ...(detail.issues ? { errors: detail.issues } : {}) }),
};

export function dialectOf(version: Version): Dialect {
  return version === '2.7.5' ? v2 : v3;
}

/** `.jpg` of `IMG_1.JPG`; empty without a dot. A leading dot alone is no extension. */
export function extensionOf(name: string): string {
  const dot = name.lastIndexOf('.');
  return dot > Math.max(0, name.lastIndexOf('/') + 1) ? name.slice(dot).toLowerCase() : '';
}

/** What a file is by its extension, which is all that the real server looks at. */
export function typeOf(dialect: Dialect, name: string): 'IMAGE' | 'VIDEO' | undefined {
  const extension = extensionOf(name);
  if (videoExtensions.includes(extension)) return 'VIDEO';
  return dialect.pictureExtensions.includes(extension) ? 'IMAGE' : undefined;
}

const mimeTypes: Readonly<Record<string, string>> = {
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.jpe': 'image/jpeg',
  '.insp': 'image/jpeg',
  '.svg': 'image/svg+xml',
  '.tif': 'image/tiff',
  '.mov': 'video/quicktime',
  '.m4v': 'video/x-m4v',
  '.3gp': 'video/3gpp',
  '.avi': 'video/msvideo',
  '.mkv': 'video/x-matroska',
  '.mpg': 'video/mpeg',
  '.wmv': 'video/x-ms-wmv',
  '.mts': 'video/mp2t',
};

export function mimeTypeOf(name: string): string {
  const extension = extensionOf(name);
  if (videoExtensions.includes(extension)) return mimeTypes[extension] ?? `video/${extension.slice(1)}`;
  return v3.pictureExtensions.includes(extension) ? (mimeTypes[extension] ?? `image/${extension.slice(1)}`) : 'application/octet-stream';
}

/** A correlation id costs a draw from chance only when somebody is refused. */
export function refuse(dialect: Dialect, refusal: Refusal, ids: Ids): { readonly body: unknown; readonly correlationId: string } {
  const correlationId = ids.uuid();
  return { body: dialect.errorBody(refusal, correlationId), correlationId };
}
