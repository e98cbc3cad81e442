/** A small HTTP client of the suite's own: it shows what a server really did on the wire, so it hides nothing and repairs nothing. */
import { createHash } from 'node:crypto';
import {
  request as askPlainly,
  type ClientRequest,
  type IncomingHttpHeaders,
  type OutgoingHttpHeaders,
  Agent as PlainAgent,
} from 'node:http';
import { request as askSecurely, Agent as SecureAgent } from 'node:https';
import { pipeline, Readable } from 'node:stream';
import { encodeForm, type Part } from './form.ts';

export interface Question {
  readonly method: string;
  /** From the root of the server: `/api/assets`. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly json?: unknown;
  readonly parts?: readonly Part[];
  /** A body as it is; needs a `content-type` of its own in `headers`. */
  readonly raw?: Buffer;
  /** Send without a Content-Length. */
  readonly chunked?: boolean;
  /** Claim this many bytes in Content-Length, whatever is sent. */
  readonly claimBytes?: number;
  /** Send this much of the body and no more, and wait for an early answer. */
  readonly holdBackAfterBytes?: number;
  /** Use a connection of its own, closed afterwards. */
  readonly ownConnection?: boolean;
}

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  /** SHA-1 of the body, hex. */
  readonly sha1: string;
  /** The parsed body, `undefined` when it is not JSON. */
  readonly json: unknown;
  readonly reusedConnection: boolean;
}

export interface Client {
  send(question: Question): Promise<Answer>;
  get(path: string, query?: Readonly<Record<string, string>>): Promise<Answer>;
  post(path: string, json: unknown): Promise<Answer>;
  put(path: string, json: unknown): Promise<Answer>;
  patch(path: string, json: unknown): Promise<Answer>;
  remove(path: string, json?: unknown): Promise<Answer>;
  /** Sends `afterBytes` of the body, then tears the connection down. */
  hangUp(question: Question, afterBytes: number): Promise<void>;
  close(): void;
}

export interface Connection {
  /** With or without `/api` at its end. */
  readonly url: string;
  readonly key?: string;
  readonly signal: AbortSignal;
}

// Long enough for a busy server on a small machine; a server that says nothing for this long has broken the contract.
const silenceMs = 60_000;

/** @throws what the connection met (`ECONNRESET`, …) when no answer arrived */
export function connect({ url, key, signal }: Connection): Client {
  const base = new URL(url.replace(/\/+$/, '').replace(/\/api$/, ''));
  const secure = base.protocol === 'https:';
  // Let go before the server does: Immich hangs up on who was idle for 5 s, and a question may meet that closing door.
  const pool = { keepAlive: true, timeout: 4_000 };
  const agent = secure ? new SecureAgent(pool) : new PlainAgent(pool);

  const open = (question: Question, bodyBytes: number | undefined, contentType: string | undefined): ClientRequest => {
    const path = `${base.pathname.replace(/\/$/, '')}${question.path}`;
    const query = question.query ? `?${new URLSearchParams(question.query)}` : '';
    const length = question.claimBytes ?? (question.chunked ? undefined : bodyBytes);
    const headers: OutgoingHttpHeaders = {
      accept: 'application/json',
      ...(key === undefined ? {} : { 'x-api-key': key }),
      ...(contentType === undefined ? {} : { 'content-type': contentType }),
      ...(length === undefined ? {} : { 'content-length': length }),
      ...question.headers,
    };
    const ask = secure ? askSecurely : askPlainly;
    return ask({
      protocol: base.protocol,
      hostname: base.hostname.replace(/^\[|\]$/g, ''),
      port: base.port,
      path: `${path}${query}`,
      method: question.method,
      headers,
      agent: question.ownConnection || question.holdBackAfterBytes !== undefined ? false : agent,
      timeout: silenceMs,
      signal,
    });
  };

  const send = async (question: Question): Promise<Answer> => {
    const { chunks, bytes, contentType } = bodyOf(question);
    const request = open(question, bytes, contentType);
    const answer = answerTo(request);
    if (question.holdBackAfterBytes === undefined) {
      // Errors of the body are errors of the request, unless an early answer made the rest of it pointless.
      pipeline(Readable.from(chunks, { objectMode: false }), request, () => undefined);
      return await answer;
    }
    request.write(Buffer.concat(chunks).subarray(0, question.holdBackAfterBytes));
    try {
      return await answer;
    } finally {
      request.destroy();
    }
  };

  return {
    send,
    get: (path, query) => send({ method: 'GET', path, ...(query ? { query } : {}) }),
    post: (path, json) => send({ method: 'POST', path, json }),
    put: (path, json) => send({ method: 'PUT', path, json }),
    patch: (path, json) => send({ method: 'PATCH', path, json }),
    remove: (path, json) => send({ method: 'DELETE', path, ...(json === undefined ? {} : { json }) }),
    hangUp(question, afterBytes) {
      const { chunks, bytes, contentType } = bodyOf(question);
      const request = open({ ...question, ownConnection: true }, bytes, contentType);
      return new Promise((resolve) => {
        request.on('close', resolve).on('error', () => undefined);
        request.write(Buffer.concat(chunks).subarray(0, afterBytes), () => request.destroy());
      });
    },
    close: () => agent.destroy(),
  };
}

function bodyOf({ json, parts, raw }: Question): { chunks: readonly Buffer[]; bytes: number | undefined; contentType: string | undefined } {
  if (parts) {
    const { boundary, chunks } = encodeForm(parts);
    return { chunks, bytes: lengthOf(chunks), contentType: `multipart/form-data; boundary=${boundary}` };
  }
  if (json !== undefined) {
    const text = Buffer.from(JSON.stringify(json));
    return { chunks: [text], bytes: text.length, contentType: 'application/json' };
  }
  return raw ? { chunks: [raw], bytes: raw.length, contentType: undefined } : { chunks: [], bytes: undefined, contentType: undefined };
}

function lengthOf(chunks: readonly Buffer[]): number {
  return chunks.reduce((sum, chunk) => sum + chunk.length, 0);
}

function answerTo(request: ClientRequest): Promise<Answer> {
  return new Promise((resolve, reject) => {
    let answered = false;
    request.on('timeout', () => request.destroy(new Error(`${request.method} ${request.path}: silence for ${silenceMs / 1000} s`)));
    request.on('response', (response) => {
      answered = true;
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        const body = Buffer.concat(chunks);
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body,
          sha1: createHash('sha1').update(body).digest('hex'),
          json: /\bjson\b/.test(response.headers['content-type'] ?? '') ? parse(body) : undefined,
          reusedConnection: request.reusedSocket,
        });
      });
    });
    // An answer that came before the body was sent is followed by EPIPE or ECONNRESET: the answer counts.
    request.on('error', (error) => answered || reject(error));
  });
}

function parse(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
}
