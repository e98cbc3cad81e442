/** One request and its answer, without a socket: what the practice Immich is asked and what it says, over HTTP or in a simulation. */

export interface PracticeRequest {
  readonly method: string;
  /** Path and query as in the request line: `/api/assets?x=y`. */
  readonly target: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: AsyncIterable<Uint8Array>;
}

export interface PracticeResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Bytes at once, or a stream whose length is in `content-length`. A stream may throw `ConnectionLost`. */
  readonly body: Uint8Array | AsyncIterable<Uint8Array>;
}

/** The connection ends here, without (the rest of) an answer: thrown by `handle`, or by a response body half-way. */
export class ConnectionLost extends Error {
  constructor(options?: ErrorOptions) {
    super('the connection was lost', options);
    this.name = 'ConnectionLost';
  }
}

export const noBytes = new Uint8Array(0);

/** The first value of a header, or undefined. An empty header counts as absent, as it does for the real server. */
export function headerOf(request: PracticeRequest, name: string): string | undefined {
  const value = request.headers[name];
  return (typeof value === 'string' ? value : value?.[0]) || undefined;
}

export function json(status: number, value: unknown): PracticeResponse {
  const body = Buffer.from(JSON.stringify(value));
  return { status, headers: { 'content-type': 'application/json; charset=utf-8', 'content-length': String(body.length) }, body };
}

export function noContent(): PracticeResponse {
  return { status: 204, headers: {}, body: noBytes };
}

export function text(status: number, type: string, value: string, headers: Readonly<Record<string, string>> = {}): PracticeResponse {
  const body = Buffer.from(value);
  return { status, headers: { 'content-type': `${type}; charset=utf-8`, 'content-length': String(body.length), ...headers }, body };
}
