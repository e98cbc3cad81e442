/** What tests of the transport send, and how they read what comes back. */
import type { ImmichRequest, ImmichResponse, RequestBody } from '../../src/immich/transport.ts';
import { TransportError } from '../../src/immich/transport.ts';

/** Nobody calls it off. */
export const never = new AbortController().signal;

export const get: ImmichRequest = { method: 'GET', path: '/api/x', headers: {} };

export const post = (body: RequestBody): ImmichRequest => ({ method: 'POST', path: '/api/assets', headers: {}, body });

export const bodyFrom = (sizeBytes: number, chunks: () => AsyncIterable<Uint8Array>): RequestBody => ({ sizeBytes, chunks });

export async function textOf(response: ImmichResponse): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of response.body) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

/** @param wasSent undefined: either */
export const trouble = (named: TransportError['trouble'], wasSent?: boolean) => (error: unknown) =>
  error instanceof TransportError && error.trouble === named && (wasSent === undefined || error.wasSent === wasSent);
