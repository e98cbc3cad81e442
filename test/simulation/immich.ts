/** A practice Immich in the same process, and a transport to it that loses, breaks and delays as the weather is. */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { ImmichRequest, ImmichResponse, ImmichTransport } from '../../src/immich/index.ts';
import { TransportError } from '../../src/immich/index.ts';
import { type Clock, type Ids, type Random, seededIds, seededRandom } from '../../src/kernel/index.ts';
import { PracticeImmich, type PracticeResponse, type Version } from '../../src/practice/index.ts';
import { mix, streamOf } from './chance.ts';
import { Protocol } from './protocol.ts';
import { SimulatedStore } from './store.ts';
import { clockAside, type VirtualClock } from './virtual-clock.ts';
import { isMeant, refusalAnswer, type Storm } from './weather.ts';

export class SimulatedServer {
  readonly storms = new Set<Storm>();
  /** How far its clock is from the truth. */
  asideMs = 0;
  /** Requests that reached it. */
  asked = 0;
  /** `asset sha1` of every original that was given out whole: only these may ever be called proven. */
  readonly servedWhole = new Set<string>();
  /** `user sha1` of what was given out whole, and when that was last, by elapsed time. */
  readonly servedAtMs = new Map<string, number>();
  /** Hears what Homeroll asks for, whatever becomes of it. */
  onSent: (call: Pick<ImmichRequest, 'method' | 'path'>) => void = () => undefined;
  /** Hears every request of Homeroll that comes in. */
  onAsked: (call: Pick<ImmichRequest, 'method' | 'path'>) => void = () => undefined;
  /** The same, for somebody who counts. */
  onHeard: (call: Pick<ImmichRequest, 'method' | 'path'>) => void = () => undefined;
  /** An original is to be erased, by Homeroll. */
  onErase: (assetId: string) => void = () => undefined;
  readonly protocol = new Protocol();
  readonly store: SimulatedStore;
  readonly databaseFile: string;
  readonly #seed: number;
  readonly #clock: VirtualClock;
  readonly #ownClock: Clock;
  readonly #ids: Ids;
  #immich: PracticeImmich;
  #requests = 0;

  constructor({ seed, version, clock, folder }: { seed: number; version: Version; clock: VirtualClock; folder: string }) {
    this.#seed = seed;
    this.#clock = clock;
    this.#ownClock = clockAside(clock, () => this.asideMs);
    this.#ids = seededIds(streamOf(seed, "Immich's ids"));
    this.store = new SimulatedStore(this.#ownClock, streamOf(seed, "Immich's disk"));
    this.databaseFile = join(folder, 'immich.sqlite');
    this.#immich = this.#open(version);
  }

  get version(): Version {
    return this.#immich.version;
  }

  key(index: number): string {
    return this.#immich.users[index]?.key ?? '';
  }

  userId(index: number): string {
    return this.#immich.users[index]?.id ?? '';
  }

  /** Starts again as another version; calls under way are lost. */
  update(version: Version): void {
    this.close();
    this.#immich = this.#open(version);
  }

  close(): void {
    this.#immich[Symbol.dispose]();
  }

  /** The owner's own hand: reaches Immich in any weather. */
  async byHand(key: string, method: string, path: string, json?: unknown): Promise<unknown> {
    const body = json === undefined ? Buffer.alloc(0) : Buffer.from(JSON.stringify(json));
    return this.#byHand(key, { method, path, body, contentType: 'application/json' });
  }

  /** Puts a picture there by the web page. @returns the asset's id */
  async putByHand(key: string, name: string, bytes: Buffer): Promise<string> {
    const at = new Date(this.#ownClock.now()).toISOString();
    const fields = { deviceAssetId: name, deviceId: 'web', fileCreatedAt: at, fileModifiedAt: at, filename: name };
    const lines = Object.entries(fields).map(([field, value]) => part(`name="${field}"`, Buffer.from(value)));
    const file = part(`name="assetData"; filename="${name}"`, bytes);
    const body = Buffer.concat([...lines, file, Buffer.from(`--${boundary}--\r\n`)]);
    const contentType = `multipart/form-data; boundary=${boundary}`;
    const said = (await this.#byHand(key, { method: 'POST', path: '/assets', body, contentType })) as { id?: string } | undefined;
    if (!said?.id) throw new Error(`the practice Immich did not take a picture by hand: ${JSON.stringify(said)}`);
    return said.id;
  }

  /** A connection of one Homeroll; `isAlive` false means that it crashed, and nobody hears the answer. */
  transport(isAlive: () => boolean): ImmichTransport {
    return { send: (request, signal) => this.#send(request, isAlive, signal), close: async () => undefined };
  }

  async #byHand(key: string, call: { method: string; path: string; body: Buffer; contentType: string }): Promise<unknown> {
    const { method, path, body, contentType } = call;
    const headers = { 'x-api-key': key, 'content-type': contentType, 'content-length': String(body.length) };
    const request = { method, target: `/api${path}`, headers, body: once(body) };
    const response = await this.#immich.handle(request, new AbortController().signal);
    const text = Buffer.concat(await collect(response.body)).toString();
    return text === '' ? undefined : JSON.parse(text);
  }

  #open(version: Version): PracticeImmich {
    return new PracticeImmich({ version, store: this.store, databaseFile: this.databaseFile, clock: this.#ownClock, ids: this.#ids });
  }

  async #send(request: ImmichRequest, isAlive: () => boolean, signal: AbortSignal): Promise<ImmichResponse> {
    // By when it is sent, so that what happens at another time changes nothing here.
    this.#requests += 1;
    const random = seededRandom(mix(this.#seed, `${request.method} ${this.#clock.elapsed()} ${this.#requests % 8}`));
    await this.#clock.sleep(5 + 200 * random.next(), signal);
    this.onSent(request);
    const fate = this.#fateOf(request, random);
    if (fate.kind === 'lost before') throw new TransportError(fate.trouble, false);
    if (fate.kind === 'refused') return fate.answer;
    this.asked += 1;
    this.onAsked(request);
    this.onHeard(request);
    const sending = this.protocol.begin(request, isAlive);
    try {
      if (fate.kind === 'unanswered') return await this.#leaveUnanswered(request, { isAlive, doneAfterMs: fate.doneAfterMs, signal });
      request.onSent?.();
      const answer = await this.#handle(request, { isAlive, cutAt: fate.cutAt, signal });
      await this.#clock.sleep(5 + 200 * random.next(), signal);
      if (fate.kind === 'lost after') throw new TransportError('lost', true);
      if (fate.kind === 'whole' || fate.kind === 'gateway times out') sending.answered();
      if (fate.kind === 'gateway times out') return answerOf({ status: 504 });
      return { status: answer.status, headers: answer.headers, body: this.#give(answer, request, fate.kind) };
    } finally {
      sending.end();
    }
  }

  /** Takes all of it, and says nothing for as long as anybody listens. The work on it may be done when nobody listens any more. */
  async #leaveUnanswered(
    request: ImmichRequest,
    { isAlive, doneAfterMs, signal }: { isAlive: () => boolean; doneAfterMs: number | undefined; signal: AbortSignal },
  ): Promise<never> {
    const chunks: Buffer[] = [];
    for await (const chunk of request.body?.chunks() ?? []) {
      if (!isAlive()) throw new Error('the sender crashed');
      this.protocol.hear(request, chunk, isAlive);
      chunks.push(Buffer.from(chunk));
    }
    request.onSent?.();
    const waitedMs = request.patienceMs ?? longestSilenceMs;
    if (doneAfterMs !== undefined) void this.#doLater({ ...request, ...(request.body && { body: taken(chunks) }) }, doneAfterMs);
    await this.#clock.sleep(waitedMs, signal);
    throw new TransportError('timed out', true, { waitedMs });
  }

  async #doLater(request: ImmichRequest, afterMs: number): Promise<void> {
    const immich = this.#immich;
    const { signal } = new AbortController();
    await this.#clock.sleep(afterMs, signal);
    // An Immich that was ended meanwhile forgot it.
    if (immich !== this.#immich) return;
    const answer = await this.#handle(request, { isAlive: () => true, cutAt: Number.POSITIVE_INFINITY, signal }).catch(() => undefined);
    if (answer) await collect(answer.body).catch(() => undefined);
  }

  async #handle(
    request: ImmichRequest,
    { isAlive, cutAt, signal }: { isAlive: () => boolean; cutAt: number; signal: AbortSignal },
  ): Promise<PracticeResponse> {
    // What throws in the body (a changed file, a crash) ends the connection: Immich sees a broken request.
    let thrown: { error: unknown } | undefined;
    const { protocol, onErase } = this;
    const isErasing = request.method === 'DELETE' && request.path === '/api/assets';
    const body = async function* (): AsyncGenerator<Uint8Array> {
      let sent = 0;
      try {
        for await (const chunk of request.body?.chunks() ?? []) {
          if (!isAlive()) throw new Error('the sender crashed');
          sent += chunk.length;
          if (sent > cutAt) throw new TransportError('lost', true);
          protocol.hear(request, chunk, isAlive);
          if (isErasing)
            for (const [id] of Buffer.from(chunk)
              .toString()
              .matchAll(/[0-9a-f]{8}(-[0-9a-f]{4,12}){4}/g))
              onErase(id);
          yield chunk;
        }
      } catch (error) {
        thrown = { error };
        throw error;
      }
    };
    const named = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name.toLowerCase(), value]));
    const headers = { ...named, ...(request.body && { 'content-length': String(request.body.sizeBytes) }) };
    const immich = this.#immich;
    try {
      const answer = await immich.handle({ method: request.method, target: request.path, headers, body: body() }, signal);
      if (thrown) throw thrown.error;
      if (immich !== this.#immich) throw new TransportError('lost', true);
      return answer;
    } catch (error) {
      if (immich !== this.#immich) throw new TransportError('lost', true);
      throw thrown ? thrown.error : error;
    }
  }

  #userOf(headers: ImmichRequest['headers']): string {
    return this.#immich.users.find(({ key }) => key === headers['x-api-key'])?.id ?? '';
  }

  #fateOf(request: ImmichRequest, random: Random): Fate {
    const whole = { kind: 'whole', cutAt: Number.POSITIVE_INFINITY } as const;
    for (const storm of this.storms) {
      if (storm.kind === 'away') return { kind: 'lost before', trouble: 'refused' };
      if (random.next() >= storm.share) continue;
      if (storm.kind === 'refusal') {
        if (isMeant(storm, request)) return { kind: 'refused', answer: answerOf(storm) };
      } else if (storm.kind === 'bad way') {
        const ends = random.next();
        if (ends < 0.25) return { kind: 'lost before', trouble: 'lost' };
        if (ends < 0.5) return { ...whole, cutAt: random.next() * (request.body?.sizeBytes ?? 0) };
        return ends < 0.8 ? { ...whole, kind: 'lost after' } : { ...whole, kind: 'cut' };
      } else if (storm.kind === 'unanswered') {
        const ends = random.next();
        const isUpload = request.method === 'POST' && request.path === '/api/assets';
        const doneAfterMs = ends < 0.4 ? undefined : ends < 0.7 || !isUpload ? 0 : random.next() * longestWorkMs;
        return { ...whole, kind: storm.kind, doneAfterMs };
      } else return { ...whole, kind: storm.kind };
    }
    return whole;
  }

  async *#give(answer: PracticeResponse, { path, headers }: ImmichRequest, fate: Fate['kind']): AsyncGenerator<Uint8Array> {
    const whole = Buffer.concat(await collect(answer.body));
    const isHalf = (fate === 'cut' || fate === 'half an answer') && whole.length > 1;
    if (isHalf) {
      yield whole.subarray(0, whole.length >> 1);
      if (fate === 'cut') throw new TransportError('lost', true);
      return;
    }
    const asset = /^\/api\/assets\/([0-9a-f-]+)\/original/.exec(path)?.[1];
    if (asset && answer.status === 200) {
      const sha1 = createHash('sha1').update(whole).digest('hex');
      this.servedWhole.add(`${asset} ${sha1}`);
      this.servedAtMs.set(`${this.#userOf(headers)} ${sha1}`, this.#clock.elapsed());
    }
    yield whole;
  }
}

/** What becomes of one request. */
type Fate =
  | { readonly kind: 'lost before'; readonly trouble: 'refused' | 'lost' }
  | { readonly kind: 'refused'; readonly answer: ImmichResponse }
  /** `doneAfterMs` undefined: never. */
  | { readonly kind: 'unanswered'; readonly doneAfterMs: number | undefined; readonly cutAt: number }
  | { readonly kind: 'whole' | 'lost after' | 'cut' | 'gateway times out' | 'half an answer'; readonly cutAt: number };

const longestSilenceMs = 900_000;
// Longer than the first silence that an upload is given, so that it is sent again while it is still worked on.
const longestWorkMs = 180_000;

const boundary = 'by-hand';

function part(disposition: string, content: Buffer): Buffer {
  return Buffer.concat([
    Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; ${disposition}\r\n\r\n`),
    content,
    Buffer.from('\r\n'),
  ]);
}

function answerOf(refusal: Parameters<typeof refusalAnswer>[0]): ImmichResponse {
  const { headers, text } = refusalAnswer(refusal);
  return { status: refusal.status, headers, body: once(Buffer.from(text)) };
}

async function collect(body: PracticeResponse['body']): Promise<Uint8Array[]> {
  if (body instanceof Uint8Array) return [body];
  const chunks: Uint8Array[] = [];
  for await (const chunk of body) chunks.push(Buffer.from(chunk));
  return chunks;
}

function taken(chunks: readonly Buffer[]): NonNullable<ImmichRequest['body']> {
  const whole = Buffer.concat(chunks);
  return { sizeBytes: whole.length, chunks: () => once(whole) };
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  if (bytes.length > 0) yield bytes;
}
