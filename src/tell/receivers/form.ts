/** What a receiver that is spoken to over HTTP is made of: how it takes a message, and what its refusals mean. */
import type { ReceiverMessage } from '../../domain/index.ts';
import type { HttpCall } from '../http-ask.ts';

/** A small picture, as it is sent. */
export interface Picture {
  readonly type: 'image/jpeg' | 'image/png';
  readonly bytes: Buffer;
}

export interface Form {
  /** What may be shown of its address. */
  readonly host: string;
  /** Every text that must never be shown, should the receiver repeat it. */
  readonly secrets: readonly string[];
  /** @param picture not given to a receiver that takes none */
  call(message: ReceiverMessage, picture: Picture | undefined): HttpCall;
  /** Asks whether it is there, and sends nothing. `shows`: what is known then, as a sentence. */
  readonly probe: { readonly call: HttpCall; readonly shows: string };
  /** What the owner can do about a refusal with this status, as an order without a dot. */
  cure(status: number): string | undefined;
  /** Where a status means otherwise than with others: that it refuses, without the receiver's name before it. */
  refuses?(status: number): { readonly sentence: string; readonly cure: string } | undefined;
  /** The same: why the message is let go of. */
  letsGo?(status: number): string | undefined;
}

export function pictureName({ type }: Picture): string {
  return type === 'image/png' ? 'picture.png' : 'picture.jpg';
}

/** A question below an address, whatever slash that ends with. */
export function getBelow(address: string, path: string, query: Readonly<Record<string, string>> = {}): HttpCall {
  const url = new URL(address);
  url.pathname = `${url.pathname.replace(/\/$/, '')}/${path}`;
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  return { method: 'GET', url: url.href, headers: { Accept: 'application/json' } };
}

/** @param headers of what the receiver wants besides */
export function jsonCall(url: string, content: unknown, headers: Readonly<Record<string, string>> = {}): HttpCall {
  return {
    method: 'POST',
    url,
    headers: { 'Content-Type': 'application/json', Accept: 'application/json', ...headers },
    body: Buffer.from(JSON.stringify(content)),
  };
}
