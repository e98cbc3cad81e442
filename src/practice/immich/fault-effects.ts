/** What the faults of a plan do to a call: before it, to its bytes, and after it. */
import type { Clock } from '../../kernel/index.ts';
import { nameOf } from './errors.ts';
import { ConnectionLost, json, noBytes, type PracticeRequest, type PracticeResponse, text } from './exchange.ts';
import type { Fault, UploadFault } from './faults.ts';

const page = '<!doctype html><html><head><title>Sign in</title></head><body><h1>Welcome to the network</h1></body></html>';

export interface Afflicted {
  readonly request: PracticeRequest;
  readonly uploadFault: UploadFault | undefined;
  /** Given instead of an answer of the server. */
  readonly instead: PracticeResponse | undefined;
}

/** Everything that happens before the server looks at the call. A hang lasts until `signal` is aborted. */
export async function afflict(
  request: PracticeRequest,
  faults: readonly Fault[],
  { clock, signal }: { clock: Clock; signal: AbortSignal },
): Promise<Afflicted> {
  let body = request.body;
  let uploadFault: UploadFault | undefined;
  for (const fault of faults) {
    switch (fault.kind) {
      case 'delay':
        await clock.sleep(fault.delayMs, signal);
        break;
      case 'hang':
        if (fault.isDone) break;
        await takeAll(request.body);
        await untilAborted(signal);
        throw new ConnectionLost();
      case 'status':
        return { request, uploadFault, instead: refusal(fault) };
      case 'maintenance': {
        const instead = inMaintenance(request);
        if (!instead) break;
        return { request, uploadFault, instead };
      }
      case 'disk-full':
        for await (const _ of request.body);
        return { request, uploadFault, instead: json(fault.status, { message: 'Internal server error', statusCode: fault.status }) };
      case 'html':
        return { request, uploadFault, instead: text(fault.status, 'text/html', page) };
      case 'reset':
        if (fault.of === 'request') body = cutAfter(body, fault.afterBytes);
        break;
      case 'store-truncated':
      case 'store-flipped':
      case 'wrong-checksum':
        uploadFault = fault;
        break;
      case 'answer-lost':
      case 'trickle':
      case 'stall':
      case 'cut-short':
        break;
    }
  }
  return { request: body === request.body ? request : { ...request, body }, uploadFault, instead: undefined };
}

/** What becomes of the answer on its way back. */
export async function spoil(
  response: PracticeResponse,
  faults: readonly Fault[],
  way: { clock: Clock; signal: AbortSignal },
): Promise<PracticeResponse> {
  for (const fault of faults) {
    const whole = response.body instanceof Uint8Array ? once(response.body) : response.body;
    switch (fault.kind) {
      case 'answer-lost':
        throw new ConnectionLost();
      case 'hang':
        await untilAborted(way.signal);
        throw new ConnectionLost();
      case 'reset':
        if (fault.of === 'response') return { ...response, body: cutAfter(whole, fault.afterBytes) };
        break;
      case 'trickle':
        return { ...response, body: inPieces(whole, fault, way) };
      case 'stall':
        return { ...response, body: stallAfter(whole, fault.afterBytes, way.signal) };
      case 'cut-short':
        if (response.body instanceof Uint8Array) return cutShort(response, response.body.subarray(0, fault.toBytes));
    }
  }
  return response;
}

function cutShort(response: PracticeResponse, body: Uint8Array): PracticeResponse {
  return { ...response, headers: { ...response.headers, 'content-length': String(body.length) }, body };
}

function refusal({ status, body, retryAfterS, message, server }: Extract<Fault, { kind: 'status' }>): PracticeResponse {
  const said =
    body === 'html'
      ? text(status, 'text/html', `<html><head><title>${status} ${nameOf(status)}</title></head></html>`)
      : body === 'empty'
        ? { status, headers: { 'content-length': '0' }, body: noBytes }
        : json(status, { message: message ?? nameOf(status), statusCode: status });
  const more = { ...(retryAfterS !== undefined && { 'retry-after': String(retryAfterS) }), ...(server !== undefined && { server }) };
  return { ...said, headers: { ...said.headers, ...more } };
}

const answeredInMaintenance = /^\/api\/server\/(ping|version)(\?|$)/;

function inMaintenance({ method, target }: PracticeRequest): PracticeResponse | undefined {
  if (method === 'GET' && answeredInMaintenance.test(target)) return undefined;
  if (method === 'GET' && target === '/api/server/config') return json(200, { maintenanceMode: true });
  return json(404, { message: `Cannot ${method} ${target}`, error: 'Not Found', statusCode: 404 });
}

async function* inPieces(
  stream: AsyncIterable<Uint8Array>,
  { bytes, pauseMs }: { bytes: number; pauseMs: number },
  { clock, signal }: { clock: Clock; signal: AbortSignal },
): AsyncIterable<Uint8Array> {
  for await (const chunk of stream) {
    for (let at = 0; at < chunk.length; at += bytes) {
      await clock.sleep(pauseMs, signal);
      yield chunk.subarray(at, at + bytes);
    }
  }
}

async function* stallAfter(stream: AsyncIterable<Uint8Array>, afterBytes: number, signal: AbortSignal): AsyncIterable<Uint8Array> {
  let leftBytes = afterBytes;
  for await (const chunk of stream) {
    yield chunk.subarray(0, leftBytes);
    leftBytes -= Math.min(leftBytes, chunk.length);
    if (leftBytes === 0) break;
  }
  await untilAborted(signal);
  throw new ConnectionLost();
}

async function* once(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  yield bytes;
}

/** The first bytes, then the connection is gone. A shorter stream goes through unharmed. */
async function* cutAfter(stream: AsyncIterable<Uint8Array>, afterBytes: number): AsyncIterable<Uint8Array> {
  let leftBytes = afterBytes;
  for await (const chunk of stream) {
    if (chunk.length >= leftBytes) {
      if (leftBytes > 0) yield chunk.subarray(0, leftBytes);
      throw new ConnectionLost();
    }
    leftBytes -= chunk.length;
    yield chunk;
  }
}

/** Whatever becomes of it. */
async function takeAll(body: AsyncIterable<Uint8Array>): Promise<void> {
  try {
    for await (const _ of body);
  } catch {
    // Nobody is there to be told.
  }
}

function untilAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
