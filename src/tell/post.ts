/** Sends one piece of news to a webhook: an HTTP POST of JSON. */
import type { Secret } from '../kernel/index.ts';
import { type AskParts, httpAsk } from './http-ask.ts';

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

export function httpPost(parts: AskParts): Post {
  const ask = httpAsk(parts);
  return async ({ url, host }, news, signal) => {
    const body = Buffer.from(JSON.stringify(news));
    const answer = await ask({ method: 'POST', url: url.reveal(), headers: { 'Content-Type': 'application/json' }, body }, signal);
    if (answer.kind === 'none') return { kind: 'failed', isRefused: false, problem: `${host} ${answer.problem}` };
    return verdictOn(answer.status, host);
  };
}

function verdictOn(status: number, host: string): Posted {
  if (status >= 200 && status < 300) return { kind: 'taken' };
  if (hasMoved(status)) return { kind: 'failed', isRefused: true, problem: movedAway(status, host) };
  return { kind: 'failed', isRefused: !isPassing(status), problem: `${host} answers with status ${status}` };
}

export function hasMoved(status: number): boolean {
  return status >= 300 && status < 400;
}

export function movedAway(status: number, host: string): string {
  return `${host} has moved (status ${status}): put its new address into "tell"`;
}

/** It may be otherwise in a while, without anybody's help. */
export function isPassing(status: number): boolean {
  return status >= 500 || status === 408 || status === 429;
}
