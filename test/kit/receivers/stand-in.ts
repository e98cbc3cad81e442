/** Stands in for a receiver, over real HTTP: holds what it gets to its maker's rules, and keeps what it would show. */
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Received {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** What a person would see. */
export interface Shown {
  readonly title: string;
  readonly text: string;
  readonly isQuiet: boolean;
  readonly picture?: Buffer | undefined;
}

export interface Reply {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** @throws Broken what the maker's documentation does not allow */
export type Rules = (received: Received) => Promise<{ readonly shown?: Shown; readonly reply: Reply }>;

/** A rule of the maker's that was broken. */
export class Broken extends Error {}

export function must(isKept: boolean, rule: string): asserts isKept {
  if (!isKept) throw new Broken(rule);
}

export class StandIn implements AsyncDisposable {
  /** All that came, allowed or not. */
  readonly received: Received[] = [];
  readonly shown: Shown[] = [];
  /** Rules that were broken. */
  readonly broken: string[] = [];
  /** Instead of what the rules say, for each request that comes; undefined: by the rules. */
  replyTo: ((received: Received) => Reply | 'hang up' | undefined) | undefined;
  readonly #server = createServer();
  readonly #rules: Rules;

  constructor(rules: Rules) {
    this.#rules = rules;
  }

  /** Without a slash at its end. */
  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async open(): Promise<this> {
    this.#server.on('request', (request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', async () => {
        const { pathname, searchParams } = new URL(request.url ?? '/', 'http://x');
        const { method = '', headers } = request;
        const received = { method, path: pathname, query: searchParams, headers, body: Buffer.concat(chunks) };
        this.received.push(received);
        const reply = this.replyTo?.(received) ?? (await this.#byTheRules(received));
        const body = reply === 'hang up' || reply.body === undefined ? '' : JSON.stringify(reply.body);
        if (reply === 'hang up') request.socket.destroy();
        else response.writeHead(reply.status, { 'Content-Type': 'application/json', ...reply.headers }).end(body);
      });
    });
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return this;
  }

  async #byTheRules(received: Received): Promise<Reply> {
    try {
      const { shown, reply } = await this.#rules(received);
      if (shown) this.shown.push(shown);
      return reply;
    } catch (error) {
      if (!(error instanceof Broken)) throw error;
      this.broken.push(error.message);
      return { status: 400, body: { error: error.message } };
    }
  }

  [Symbol.asyncDispose](): Promise<void> {
    return new Promise((resolve) => {
      this.#server.close(() => resolve());
      this.#server.closeAllConnections();
    });
  }
}

/** The body as a block of JSON with these keys and no others. */
export function jsonOf({ headers, body }: Received, keys: readonly string[]): Readonly<Record<string, unknown>> {
  must(/^application\/json(;|$)/.test(headers['content-type'] ?? ''), 'Content-Type is application/json');
  const parsed: unknown = JSON.parse(body.toString('utf8'));
  must(typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed), 'the body is a block');
  return onlyKeys(parsed as Readonly<Record<string, unknown>>, keys);
}

export function onlyKeys<T extends Readonly<Record<string, unknown>>>(fields: T, keys: readonly string[]): T {
  for (const key of Object.keys(fields)) must(keys.includes(key), `"${key}" is not documented`);
  return fields;
}

export function textOf(value: unknown, what: string): string {
  must(typeof value === 'string' && value !== '', `${what} is a text`);
  return value;
}

export function isPicture(body: Buffer): boolean {
  return body.subarray(0, 3).toString('hex') === 'ffd8ff';
}
