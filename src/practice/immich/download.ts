/** Gives bytes back: originals, thumbnails, videos; whole or in part. */
import { type AssetRecord, visibleAsset } from './asset-record.ts';
import { extensionOf } from './dialect.ts';
import { badRequest, Refusal } from './errors.ts';
import { headerOf, noBytes, type PracticeRequest, type PracticeResponse, text } from './exchange.ts';
import { oneOf, optional, read } from './fields.ts';
import { type Call, type Handler, type Parts, param, type Route, route } from './parts.ts';
import type { Original } from './store.ts';

const cached = 'private, max-age=86400, no-transform, stale-while-revalidate=2592000, stale-if-error=2592000';
/** One grey pixel, where a thumbnail would have to be drawn. */
const pixel = Buffer.from('UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA==', 'base64');

interface Sending {
  readonly mime: string;
  readonly fileName?: string;
}

const original: Handler = (parts, call) => {
  const asset = mediaOf(parts, call);
  return send(parts, call.request, openOf(parts, asset), { mime: asset.mime, fileName: asset.name });
};

const playback: Handler = (parts, call) => {
  const asset = mediaOf(parts, call);
  if (asset.type !== 'VIDEO') throw hidden(parts, 404, 'Asset not found or asset is not a video');
  return send(parts, call.request, openOf(parts, asset), { mime: asset.mime });
};

const thumbnailShape = { size: optional(oneOf(['original', 'fullsize', 'preview', 'thumbnail'])) };
/** Nothing is drawn here: a JPEG or PNG is its own thumbnail, anything else a grey pixel. */
const thumbnail: Handler = (parts, call) => {
  const { size = 'thumbnail' } = read(parts.dialect, thumbnailShape, call.query);
  const asset = visibleAsset(parts, call.caller, param(call), 'asset.view');
  if (size === 'original' && !parts.dialect.sendsOriginalAsThumbnail) throw badRequest('May not request original file');
  if (size === 'original' || size === 'fullsize')
    return text(302, 'text/plain', 'Found. Redirecting to original?', { location: 'original?' });
  if (!asset.has_thumbnail) throw new Refusal(404, 'Asset media not found');
  const stem = asset.name.slice(0, asset.name.length - extensionOf(asset.name).length);
  const isSmall = size === 'thumbnail';
  const sending = {
    mime: isSmall ? 'image/webp' : 'image/jpeg',
    fileName: `${stem}_${size}.${isSmall ? 'webp' : 'jpeg'}`,
  };
  const isOwnThumbnail = ['image/jpeg', 'image/png'].includes(asset.mime);
  const drawn: Original = {
    sizeBytes: pixel.length,
    modifiedAtMs: asset.created_at,
    read: (offset, length) => pixel.subarray(offset, offset + length),
  };
  return send(parts, call.request, isOwnThumbnail ? openOf(parts, asset) : drawn, sending);
};

function mediaOf(parts: Parts, call: Call): AssetRecord {
  try {
    return visibleAsset(parts, call.caller, param(call), 'asset.download');
  } catch (error) {
    throw error instanceof Refusal ? hidden(parts, error.status, error.message) : error;
  }
}

function hidden({ dialect }: Parts, status: number, said: string): Refusal {
  return dialect.hidesMissingMedia ? new Refusal(404, 'Not Found') : new Refusal(status, said, { headers: { 'cache-control': 'none' } });
}

function openOf(parts: Parts, asset: AssetRecord): Original {
  const found = parts.store.open({ ownerId: asset.owner_id, assetId: asset.id });
  if (!found) throw hidden(parts, 404, 'Asset media not found');
  return found;
}

/** @param original what lies in the store now: nobody compares it with the checksum, here or in the real server */
function send(
  { dialect }: Parts,
  request: PracticeRequest,
  { sizeBytes, modifiedAtMs, read: readBytes }: Original,
  { mime, fileName }: Sending,
): PracticeResponse {
  const etag = `W/"${sizeBytes.toString(16)}-${Math.floor(modifiedAtMs).toString(16)}"`;
  const lastModified = new Date(modifiedAtMs).toUTCString();
  const headers = {
    'content-type': mime,
    'accept-ranges': 'bytes',
    ...(fileName === undefined ? {} : { 'content-disposition': `inline; filename*=UTF-8''${encodeURIComponent(fileName)}` }),
    'cache-control': cached,
    etag,
    'last-modified': lastModified,
  };
  if (isFresh(request, etag, lastModified)) return { status: 304, headers, body: noBytes };
  const range = rangeOf(headerOf(request, 'range'), sizeBytes);
  if (range === 'beyond') {
    const { status, message } = dialect.rangeBeyondEnd;
    const { etag: _, ...kept } = headers;
    const control = dialect.hidesMissingMedia ? cached : 'none';
    throw new Refusal(status, message, {
      unnamed: true,
      headers: { ...kept, 'cache-control': control, 'content-range': `bytes */${sizeBytes}` },
    });
  }
  const { from, to } = range ?? { from: 0, to: sizeBytes - 1 };
  const length = to - from + 1;
  const body = request.method === 'HEAD' ? noBytes : readBytes(from, length);
  return {
    status: range ? 206 : 200,
    headers: { ...headers, 'content-length': String(length), ...(range ? { 'content-range': `bytes ${from}-${to}/${sizeBytes}` } : {}) },
    body,
  };
}

function isFresh(request: PracticeRequest, etag: string, lastModified: string): boolean {
  if (/no-cache/.test(headerOf(request, 'cache-control') ?? '')) return false;
  const tags = headerOf(request, 'if-none-match');
  if (tags !== undefined) return tags === '*' || tags.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag.slice(2));
  const since = Date.parse(headerOf(request, 'if-modified-since') ?? '');
  return Date.parse(lastModified) <= since;
}

/** One range or none: several ranges and other units get the whole file. */
function rangeOf(header: string | undefined, sizeBytes: number): { from: number; to: number } | 'beyond' | undefined {
  const [, first = '', last = ''] = /^bytes=(\d*)-(\d*)$/.exec(header?.replaceAll(' ', '') ?? '') ?? [];
  if (first === '' && last === '') return undefined;
  const from = first === '' ? Math.max(0, sizeBytes - Number(last)) : Number(first);
  const to = first === '' || last === '' ? sizeBytes - 1 : Math.min(Number(last), sizeBytes - 1);
  return from > to ? 'beyond' : { from, to };
}

export const downloadRoutes: readonly Route[] = [
  route('GET /assets/:id/original', 'asset.download', original),
  route('GET /assets/:id/thumbnail', 'asset.view', thumbnail),
  route('GET /assets/:id/video/playback', 'asset.view', playback),
];
