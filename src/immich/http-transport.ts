/** The transport over node:http(s): kept-alive connections, exact lengths, backpressure, and no limit on time but idleness. */
import { Agent as HttpAgent, request as httpRequest } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { getCACertificates } from 'node:tls';
import type { Clock } from '../kernel/index.ts';
import { exchange, type Line } from './http-exchange.ts';
import { type ImmichRequest, type ImmichTransport, TransportError } from './transport.ts';

export interface HttpTransportOptions {
  /** Immich's address as the owner wrote it: with or without `/api`, with or without a slash at the end. */
  readonly url: string;
  readonly clock: Clock;
  /** Connections at once; more requests wait for one of them. */
  readonly maxSockets?: number;
  /** The certificates (PEM) of a private authority, trusted besides the usual ones. */
  readonly caPem?: string;
  /** How long the other side may stand still while something is on its way. */
  readonly idleMs?: number;
  /** How long any answer may take once a request is out. Questions get a minute unless they name their own patience. */
  readonly answerMs?: number;
}

// Who waits for an answer that never comes keeps its connection meanwhile, and no other request may wait for that one: so this is more
// than all lanes of a large household hold at once.
const mostConnections = 128;

// Immich drops a connection that was idle for 5 s; ours must let go first, or a request meets a closing door.
const keepAliveMs = 4_000;

/** `https://photos.example/` or `…/api` -> the address that `/api/…` is put behind. Credentials in it are left out. */
export function serverAddress(url: string): URL {
  const address = new URL(url);
  const path = address.pathname.replace(/\/+$/, '').replace(/\/api$/, '');
  return new URL(`${address.protocol}//${address.host}${path}`);
}

export function httpTransport(options: HttpTransportOptions): ImmichTransport {
  const address = serverAddress(options.url);
  const isSecure = address.protocol === 'https:';
  const pool = { keepAlive: true, timeout: keepAliveMs, maxSockets: options.maxSockets ?? mostConnections };
  const trust = options.caPem === undefined ? {} : { ca: [...getCACertificates('default'), options.caPem] };
  const agent = isSecure ? new HttpsAgent({ ...pool, ...trust }) : new HttpAgent(pool);
  const prefix = address.pathname.replace(/\/$/, '');

  const lineOver = (reuse: boolean): Line => ({
    clock: options.clock,
    idleMs: options.idleMs ?? 60_000,
    answerMs: options.answerMs ?? 15 * 60_000,
    open: ({ method, path, headers, body }: ImmichRequest) => {
      const length = body === undefined ? {} : { 'Content-Length': String(body.sizeBytes) };
      const asked = {
        method,
        protocol: address.protocol,
        hostname: address.hostname.replace(/^\[|\]$/g, ''),
        port: address.port,
        path: prefix + path,
        headers: { ...headers, ...length },
        agent: reuse ? agent : (false as const),
        ...trust,
      };
      return isSecure ? httpsRequest(asked) : httpRequest(asked);
    },
  });
  const pooled = lineOver(true);
  const fresh = lineOver(false);

  return {
    async send(request, signal) {
      try {
        return await exchange(request.isApart ? fresh : pooled, request, signal);
      } catch (error) {
        // The server may close a pooled connection in the very moment we use it. Asking a bodiless GET again harms nobody.
        const mayAskAgain = request.method === 'GET' && request.body === undefined;
        if (mayAskAgain && error instanceof TransportError && error.trouble === 'lost') return exchange(fresh, request, signal);
        throw error;
      }
    },
    async close() {
      agent.destroy();
    },
  };
}
