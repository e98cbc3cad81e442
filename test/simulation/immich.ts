/** A practice Immich in the same process, and a transport to it that loses, breaks and delays as it is told. */
import { createHash } from 'node:crypto';
import type { ImmichRequest, ImmichResponse, ImmichTransport } from '../../src/immich/index.ts';
import { TransportError } from '../../src/immich/index.ts';
import type { Clock, Ids, Random } from '../../src/kernel/index.ts';
import { memoryStore, PracticeImmich, type PracticeResponse, type Version } from '../../src/practice/index.ts';

/** What the way to Immich is like at a moment. */
export interface Weather {
  isAway: boolean;
  /** How often a request goes wrong, 0 to 1. */
  trouble: number;
}

export class SimulatedServer {
  readonly immich: PracticeImmich;
  readonly weather: Weather = { isAway: false, trouble: 0 };
  /** Requests that reached it. */
  asked = 0;
  /** `asset sha1` of every original that was given out whole: only these may ever be called proven. */
  readonly servedWhole = new Set<string>();

  constructor({ version, clock, ids }: { version: Version; clock: Clock; ids: Ids }) {
    this.immich = new PracticeImmich({ version, store: memoryStore(clock), databaseFile: ':memory:', clock, ids });
  }

  key(index: number): string {
    return this.immich.users[index]?.key ?? '';
  }

  /** The owner's own hand: reaches Immich in any weather. */
  async byHand(key: string, method: string, path: string, json?: unknown): Promise<unknown> {
    const body = json === undefined ? Buffer.alloc(0) : Buffer.from(JSON.stringify(json));
    const headers = { 'x-api-key': key, 'content-type': 'application/json', 'content-length': String(body.length) };
    const response = await this.immich.handle({ method, target: `/api${path}`, headers, body: once(body) }, new AbortController().signal);
    const text = Buffer.concat(await collect(response.body)).toString();
    return text === '' ? undefined : JSON.parse(text);
  }

  /** A connection of one Homeroll; `isAlive` false means that it crashed, and nobody hears the answer. */
  transport(random: Random, clock: Clock, isAlive: () => boolean): ImmichTransport {
    return { send: (request, signal) => this.#send(request, { random, clock, isAlive, signal }), close: async () => undefined };
  }

  async #send(
    request: ImmichRequest,
    way: { random: Random; clock: Clock; isAlive: () => boolean; signal: AbortSignal },
  ): Promise<ImmichResponse> {
    const { random, clock, isAlive, signal } = way;
    await clock.sleep(5 + 200 * random.next(), signal);
    if (this.weather.isAway) throw new TransportError('refused', false);
    const fate = random.next() < this.weather.trouble ? random.next() : 1;
    if (fate < 0.2) throw new TransportError('lost', false);
    if (fate < 0.4) return { status: 503, headers: { 'content-type': 'text/html' }, body: once(Buffer.from('<html>busy</html>')) };
    this.asked += 1;
    // What throws in the body (a changed file, a crash) ends the connection: Immich sees a broken request.
    let thrown: { error: unknown } | undefined;
    const cutAt = fate < 0.6 ? random.next() * (request.body?.sizeBytes ?? 0) : Number.POSITIVE_INFINITY;
    const body = async function* (): AsyncGenerator<Uint8Array> {
      let sent = 0;
      try {
        for await (const chunk of request.body?.chunks() ?? []) {
          if (!isAlive()) throw new Error('the sender crashed');
          sent += chunk.length;
          if (sent > cutAt) throw new TransportError('lost', true);
          yield chunk;
        }
      } catch (error) {
        thrown = { error };
        throw error;
      }
    };
    const named = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name.toLowerCase(), value]));
    const headers = { ...named, ...(request.body && { 'content-length': String(request.body.sizeBytes) }) };
    let answer: PracticeResponse | undefined;
    try {
      answer = await this.immich.handle({ method: request.method, target: request.path, headers, body: body() }, signal);
    } catch (error) {
      throw thrown?.error ?? error;
    }
    if (thrown) throw thrown.error;
    await clock.sleep(5 + 200 * random.next(), signal);
    if (fate < 0.8) throw new TransportError('lost', true);
    return { status: answer.status, headers: answer.headers, body: this.#give(answer, request, fate < 0.9) };
  }

  async *#give(answer: PracticeResponse, { path }: ImmichRequest, isCut: boolean): AsyncGenerator<Uint8Array> {
    const chunks = await collect(answer.body);
    const whole = Buffer.concat(chunks);
    if (isCut && whole.length > 1) {
      yield whole.subarray(0, whole.length >> 1);
      throw new TransportError('lost', true);
    }
    const asset = /^\/api\/assets\/([0-9a-f-]+)\/original/.exec(path)?.[1];
    if (asset && answer.status === 200) this.servedWhole.add(`${asset} ${createHash('sha1').update(whole).digest('hex')}`);
    yield whole;
  }
}

async function collect(body: PracticeResponse['body']): Promise<Uint8Array[]> {
  if (body instanceof Uint8Array) return [body];
  const chunks: Uint8Array[] = [];
  for await (const chunk of body) chunks.push(Buffer.from(chunk));
  return chunks;
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  if (bytes.length > 0) yield bytes;
}
