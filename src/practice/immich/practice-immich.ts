/** The practice Immich itself: one call in, one answer out, with no socket of its own. */
import { createHash } from 'node:crypto';
import type { Clock, Ids, Log } from '../../kernel/index.ts';
import { sentenceOf, silentLog } from '../../kernel/index.ts';
import { admit } from './auth.ts';
import { asRecord, readBody } from './bodies.ts';
import { RecordDatabase } from './database.ts';
import { dialectOf, refuse, type Version } from './dialect.ts';
import { brokenDown, Refusal } from './errors.ts';
import { ConnectionLost, json, noBytes, type PracticeRequest, type PracticeResponse, text } from './exchange.ts';
import { afflict, spoil } from './fault-effects.ts';
import { type FaultPlan, type Faults, faultsOf, noFaults, type UploadFault } from './faults.ts';
import { read, uuid } from './fields.ts';
import type { Call, Parts, Route } from './parts.ts';
import { apiPath } from './paths.ts';
import { findRoute, routesOf } from './routes.ts';
import type { Store } from './store.ts';
import { type PracticeUser, settleUsers } from './users.ts';

export interface PracticeImmichOptions {
  readonly version: Version;
  /** Where originals lie. */
  readonly store: Store;
  /** The file of the records, or `:memory:`. What it holds from an earlier life is served again. */
  readonly databaseFile: string;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly faults?: FaultPlan | undefined;
  readonly log?: Log | undefined;
}

const startPage = '<!doctype html><html><head><title>Practice Immich</title></head><body>A stand-in for practice.</body></html>';

export class PracticeImmich implements Disposable {
  /** The accounts with their keys: an admin and an ordinary user, the same again after a restart. */
  readonly users: readonly PracticeUser[];
  readonly version: Version;
  readonly #parts: Parts;
  readonly #routes: readonly Route[];
  readonly #faults: Faults;
  readonly #log: Log;

  constructor({ version, store, databaseFile, clock, ids, faults, log = silentLog }: PracticeImmichOptions) {
    this.version = version;
    this.#faults = faults ? faultsOf(faults) : noFaults;
    this.#log = log;
    this.#parts = {
      dialect: dialectOf(version),
      database: new RecordDatabase(databaseFile),
      store,
      clock: offBy(clock, faults?.clockOffsetS ?? 0),
      ids,
    };
    this.#routes = routesOf(version);
    this.users = settleUsers(this.#parts);
  }

  /**
   * Answers one call. The body may be left unread: an early answer, as the real server gives for known checksums.
   * @param signal aborted when nobody waits for the answer any more
   * @throws ConnectionLost when the connection is to end without an answer
   */
  async handle(request: PracticeRequest, signal: AbortSignal): Promise<PracticeResponse> {
    const response = await this.#handle(request, signal);
    return { ...response, headers: { ...response.headers, date: new Date(this.#parts.clock.now()).toUTCString() } };
  }

  async #handle(request: PracticeRequest, signal: AbortSignal): Promise<PracticeResponse> {
    const path = apiPath(request.target);
    const faults = path === undefined ? [] : this.#faults.strike(request.method, path);
    if (faults.length === 0) return this.#answer(request, path, undefined);
    const way = { clock: this.#parts.clock, signal };
    const afflicted = await afflict(request, faults, way);
    return afflicted.instead ?? spoil(await this.#answer(afflicted.request, path, afflicted.uploadFault), faults, way);
  }

  [Symbol.dispose](): void {
    this.#parts.database[Symbol.dispose]();
  }

  async #answer(request: PracticeRequest, path: string | undefined, uploadFault: UploadFault | undefined): Promise<PracticeResponse> {
    try {
      const response = path === undefined ? offApi(request) : await this.#route(request, path, uploadFault);
      return finished(request, response);
    } catch (error) {
      if (error instanceof ConnectionLost) throw error;
      const { body, correlationId } = refuse(this.#parts.dialect, this.#asRefusal(error, request), this.#parts.ids);
      const refusal = error instanceof Refusal ? error : brokenDown();
      const response = json(refusal.status, body);
      const headers = { ...response.headers, 'x-correlation-id': correlationId, ...refusal.detail.headers };
      return { ...response, headers };
    }
  }

  async #route(request: PracticeRequest, path: string, uploadFault: UploadFault | undefined): Promise<PracticeResponse> {
    const found = findRoute(this.#routes, request.method, path);
    if (!found) throw new Refusal(404, `Cannot ${request.method} ${request.target}`);
    const { route, params } = found;
    const body = await readBody(request);
    const caller = admit(this.#parts.database, request, route);
    const query = asRecord(new URLSearchParams(request.target.split('?')[1]));
    const call: Call = { caller, params: this.#checked(params), query, body, request, uploadFault };
    return route.answer(this.#parts, call);
  }

  #checked(params: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
    const names = Object.keys(params).filter((name) => /id$/i.test(name) && params[name] !== 'me');
    if (names.length === 0) return params;
    const shape = Object.fromEntries(names.map((name) => [name, uuid()]));
    return { ...params, ...read(this.#parts.dialect, shape, params) };
  }

  #asRefusal(error: unknown, { method, target }: PracticeRequest): Refusal {
    if (error instanceof Refusal) return error;
    this.#log.error('the practice Immich broke down', { method, target, because: sentenceOf(error) });
    return brokenDown();
  }
}

/** Only what it says of the time is wrong: it still waits as long as it should. */
function offBy(clock: Clock, offsetS: number): Clock {
  if (offsetS === 0) return clock;
  return {
    now: () => clock.now() + offsetS * 1000,
    elapsed: () => clock.elapsed(),
    sleep: (delayMs, signal) => clock.sleep(delayMs, signal),
  };
}

function offApi({ method, target }: PracticeRequest): PracticeResponse {
  if (target === '/.well-known/immich') return json(200, { api: { endpoint: '/api' } });
  if (method === 'GET') return text(200, 'text/html', startPage, { 'cache-control': 'no-store', etag: 'W/"start"' });
  throw new Refusal(404, `Cannot ${method} ${target}`);
}

/** HEAD has the headers of GET and no body; what is read gets an ETag. */
function finished({ method }: PracticeRequest, response: PracticeResponse): PracticeResponse {
  const isRead = method === 'GET' || method === 'HEAD';
  if (!isRead) return response;
  const { body } = response;
  const needsTag = !response.headers.etag && response.status === 200 && body instanceof Uint8Array;
  const headers = needsTag ? { ...response.headers, etag: tagOf(body) } : response.headers;
  return { ...response, headers, body: method === 'HEAD' ? noBytes : body };
}

function tagOf(body: Uint8Array): string {
  return `W/"${body.length.toString(16)}-${createHash('sha1').update(body).digest('base64url').slice(0, 27)}"`;
}
