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
        await untilAborted(signal);
        throw new ConnectionLost();
      case 'status':
        return { request, uploadFault, instead: refusal(fault) };
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
        break;
    }
  }
  return { request: body === request.body ? request : { ...request, body }, uploadFault, instead: undefined };
}

/** What becomes of the answer on its way back. */
export function spoil(response: PracticeResponse, faults: readonly Fault[]): PracticeResponse {
  for (const fault of faults) {
    if (fault.kind === 'answer-lost') throw new ConnectionLost();
    if (fault.kind === 'reset' && fault.of === 'response') {
      const whole = response.body instanceof Uint8Array ? once(response.body) : response.body;
      return { ...response, body: cutAfter(whole, fault.afterBytes) };
    }
  }
  return response;
}

function refusal({ status, body, retryAfterS }: Extract<Fault, { kind: 'status' }>): PracticeResponse {
  const said =
    body === 'html'
      ? text(status, 'text/html', `<html><head><title>${status} ${nameOf(status)}</title></head></html>`)
      : body === 'empty'
        ? { status, headers: { 'content-length': '0' }, body: noBytes }
        : json(status, { message: nameOf(status), statusCode: status });
  return retryAfterS === undefined ? said : { ...said, headers: { ...said.headers, 'retry-after': String(retryAfterS) } };
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

function untilAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
