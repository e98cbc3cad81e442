/** Asks a receiver over HTTP, once: with an end to its patience, following no redirect, and reading only so much of the answer. */
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { type Clock, type CrashPoints, isAbort, noCrashPoints } from '../kernel/index.ts';

export interface HttpCall {
  readonly method: 'GET' | 'POST' | 'PUT';
  /** The whole address: it may hold a password, so it is never shown. */
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Buffer;
  /** How much of the answer is read. Left out: nothing. */
  readonly mostBytes?: number;
}

export type Answered =
  | { readonly kind: 'answer'; readonly status: number; readonly retryAfter: string | undefined; readonly text: string }
  /** `problem` is the end of a sentence that begins with the receiver's name. It may have got the message all the same. */
  | { readonly kind: 'none'; readonly problem: string };

/** Rejects only when aborted. */
export type Ask = (call: HttpCall, signal: AbortSignal) => Promise<Answered>;

export interface AskParts {
  readonly clock: Clock;
  readonly userAgent: string;
  readonly answerMs?: number;
  readonly crashPoints?: CrashPoints;
}

// Long enough for a receiver that wakes up first, short enough that the next news is not held up for a minute.
const patienceMs = 30_000;

export function httpAsk({ clock, userAgent, answerMs = patienceMs, crashPoints = noCrashPoints }: AskParts): Ask {
  return async (call, signal) => {
    const tooLong = new AbortController();
    const ended = new AbortController();
    clock.sleep(answerMs, ended.signal).then(
      () => tooLong.abort(),
      () => undefined,
    );
    try {
      crashPoints.reach('before a message is posted');
      const answer = await send(call, { userAgent, crashPoints }, AbortSignal.any([signal, tooLong.signal]));
      crashPoints.reach('after a message was answered');
      return answer;
    } catch (error) {
      signal.throwIfAborted();
      return { kind: 'none', problem: tooLong.signal.aborted ? 'does not answer' : unreachable(error) };
    } finally {
      ended.abort();
    }
  };
}

type Sending = Required<Pick<AskParts, 'userAgent' | 'crashPoints'>>;

function send(call: HttpCall, { userAgent, crashPoints }: Sending, signal: AbortSignal): Promise<Answered> {
  const { method, url, body, mostBytes = 0 } = call;
  return new Promise((resolve, reject) => {
    const address = new URL(url);
    const ask = address.protocol === 'https:' ? httpsRequest : httpRequest;
    const length = body === undefined ? {} : { 'Content-Length': String(body.length) };
    const headers = { ...call.headers, ...length, 'User-Agent': userAgent };
    let isAnswered = false;
    const request = ask(address, { method, headers, signal, agent: false }, (response) => {
      isAnswered = true;
      const { statusCode: status = 0 } = response;
      const retryAfter = response.headers['retry-after'];
      void beginningOf(response, mostBytes).then((text) => resolve({ kind: 'answer', status, retryAfter, text }));
    });
    // Also after the answer: what breaks or takes too long then is of no interest, but must not go unheard.
    request.on('error', (error) => {
      if (!isAnswered) reject(error);
    });
    request.end(body, () => crashPoints.reach('after a message was posted'));
  });
}

/** The status says what became of the message, so whatever cuts the rest short is no failure. It may never end. */
async function beginningOf(response: IncomingMessage, mostBytes: number): Promise<string> {
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  try {
    if (mostBytes === 0) return '';
    for await (const chunk of response as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      sizeBytes += chunk.length;
      if (sizeBytes >= mostBytes) break;
    }
  } catch {
    // What came of it is all there is.
  } finally {
    response.destroy();
  }
  return Buffer.concat(chunks).subarray(0, mostBytes).toString('utf8');
}

/** The system's words are left out: they may hold the address. */
function unreachable(error: unknown): string {
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  return isAbort(error) || code === undefined ? 'cannot be reached' : `cannot be reached (${code})`;
}
