/** What is wrong with Immich, or with the way to it, for a while: as data, so that a week can be told and repeated. */
import type { ImmichRequest } from '../../src/immich/index.ts';

export type Storm =
  /** Nobody answers. */
  | { readonly kind: 'away' }
  /** Connections are lost before, while, or after Immich does its work. */
  | { readonly kind: 'bad way'; readonly share: number }
  /** Something before Immich, or Immich itself, refuses. */
  | ({ readonly kind: 'refusal'; readonly share: number } & Refusal)
  /** Immich does its work, and something on the way back says that it did not. */
  | { readonly kind: 'gateway times out'; readonly share: number }
  /** Immich takes the whole request, does its work at once, later or never, and never answers. */
  | { readonly kind: 'unanswered'; readonly share: number }
  /** The answer breaks off, though the connection ends well. */
  | { readonly kind: 'half an answer'; readonly share: number };

export interface Refusal {
  readonly status: number;
  readonly retryAfterS?: number;
  /** Immich's own words; without them a page of HTML. */
  readonly message?: string;
  /** Only such requests: method and path, as in `POST /assets`. */
  readonly to?: RegExp;
  /** Only requests with this key. */
  readonly key?: string;
  readonly overBytes?: number;
}

/** True when a refusal is meant for this request. */
export function isMeant({ to, key, overBytes = -1 }: Refusal, request: ImmichRequest): boolean {
  const call = `${request.method} ${request.path.replace(/^\/api/, '').replace(/\?.*/, '')}`;
  if (to && !to.test(call)) return false;
  if (key !== undefined && request.headers['x-api-key'] !== key) return false;
  return (request.body?.sizeBytes ?? 0) > overBytes;
}

export function refusalAnswer({ status, retryAfterS, message }: Refusal): { headers: Record<string, string>; text: string } {
  const asked = retryAfterS === undefined ? {} : { 'retry-after': String(retryAfterS) };
  if (message === undefined) {
    return { headers: { ...asked, 'content-type': 'text/html' }, text: `<html><head><title>${status}</title></head></html>` };
  }
  return {
    headers: { ...asked, 'content-type': 'application/json' },
    text: JSON.stringify({ message, statusCode: status, error: 'Error', correlationId: 'sim' }),
  };
}
