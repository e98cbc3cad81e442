/** Sends one piece of news to a webhook: an HTTP POST of JSON, with an end to its patience, following no redirect. */
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { type Clock, type CrashPoints, isAbort, noCrashPoints, type Secret } from '../kernel/index.ts';

export interface Receiver {
  /** The whole address: it may be a password, so it is never shown. */
  readonly url: Secret;
  /** What may be shown of it. */
  readonly host: string;
}

export type Posted =
  | { readonly kind: 'taken' }
  /** `isRefused`: the receiver does not want it as it is, and asking again the same day hardly helps. */
  | { readonly kind: 'failed'; readonly problem: string; readonly isRefused: boolean };

/** Rejects only when aborted. */
export type Post = (receiver: Receiver, body: unknown, signal: AbortSignal) => Promise<Posted>;

// Long enough for a receiver that wakes up first, short enough that the next news is not held up for a minute.
const patienceMs = 30_000;

export interface PostParts {
  readonly clock: Clock;
  readonly userAgent: string;
  readonly answerMs?: number;
  readonly crashPoints?: CrashPoints;
}

export function httpPost({ clock, userAgent, answerMs = patienceMs, crashPoints = noCrashPoints }: PostParts): Post {
  return async (receiver, body, signal) => {
    const tooLong = new AbortController();
    const ended = new AbortController();
    clock.sleep(answerMs, ended.signal).then(
      () => tooLong.abort(),
      () => undefined,
    );
    try {
      const wish = { json: JSON.stringify(body), userAgent, crashPoints };
      crashPoints.reach('before a message is posted');
      const status = await send(receiver, wish, AbortSignal.any([signal, tooLong.signal]));
      crashPoints.reach('after a message was answered');
      return verdictOn(status, receiver.host);
    } catch (error) {
      signal.throwIfAborted();
      return {
        kind: 'failed',
        isRefused: false,
        problem: tooLong.signal.aborted ? `${receiver.host} does not answer` : unreachable(error, receiver.host),
      };
    } finally {
      ended.abort();
    }
  };
}

type Sending = Required<Pick<PostParts, 'userAgent' | 'crashPoints'>> & { readonly json: string };

function send({ url }: Receiver, { json, userAgent, crashPoints }: Sending, signal: AbortSignal): Promise<number> {
  return new Promise((resolve, reject) => {
    const address = new URL(url.reveal());
    const ask = address.protocol === 'https:' ? httpsRequest : httpRequest;
    const headers = { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(json), 'User-Agent': userAgent };
    const request = ask(address, { method: 'POST', headers, signal, agent: false }, (response) => {
      resolve(response.statusCode ?? 0);
      // Nothing in the answer is of use, and it may never end.
      response.destroy();
    });
    // Also after the answer: a connection that breaks then is of no interest, but must not go unheard.
    request.on('error', reject);
    request.end(json, () => crashPoints.reach('after a message was posted'));
  });
}

function verdictOn(status: number, host: string): Posted {
  if (status >= 200 && status < 300) return { kind: 'taken' };
  if (status >= 300 && status < 400) {
    return { kind: 'failed', isRefused: true, problem: `${host} has moved (status ${status}): put its new address into "tell"` };
  }
  const isPassing = status >= 500 || status === 408 || status === 429;
  return { kind: 'failed', isRefused: !isPassing, problem: `${host} answers with status ${status}` };
}

/** The system's words are left out: they may hold the address. */
function unreachable(error: unknown, host: string): string {
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  return isAbort(error) || code === undefined ? `${host} cannot be reached` : `${host} cannot be reached (${code})`;
}
