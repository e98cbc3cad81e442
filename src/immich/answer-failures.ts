/** What it means that the answer was not the one asked for: refusals by Immich, and by whatever stands before it. */
import { refusal } from './answers.ts';
import { type FailureFacts, ImmichError } from './failures.ts';

export interface Refusal {
  readonly status: number;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  /** The start of the body. */
  readonly text: string;
}

/** @param url Immich's address, without credentials */
export function answerFailure({ status, headers, text }: Refusal, url: string): ImmichError {
  const retryAfterMs = retryAfter(headers);
  const facts: FailureFacts = {
    status,
    mayBeStored: status >= 500,
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  };

  if (isRedirect(status)) return moved(headers.location, url, facts);
  // These mean the same whoever says them, and it is mostly a proxy that does.
  if (status === 413) return tooLarge(headers, url, facts);
  if (isAway(status)) return new ImmichError('away', `Immich is away (${url} answers ${status}).`, facts);
  if (isBusy(status)) return new ImmichError('busy', `Immich is busy (${url} answers ${status}).`, facts);

  const said = messageOf(text);
  // Or the answer was cut off on its way: what Immich did is not known then.
  if (said === undefined) return garbage(`${status}${titleOf(text)}`, url, { ...facts, mayBeStored: true });
  return refused(said, url, facts);
}

/** Something answered, and it was not what Immich answers to this question. */
export function garbage(what: string, url: string, facts: FailureFacts = {}): ImmichError {
  const sentence = `What answers at ${url} is not Immich as Homeroll knows it (${what}). Is the address right, and is no proxy or login page in between?`;
  return new ImmichError('garbage', sentence, facts);
}

function refused(said: string, url: string, facts: FailureFacts): ImmichError {
  const { status } = facts;
  const permission = /^Missing required permission: (\S+)/.exec(said)?.[1];
  if (status === 401) {
    return new ImmichError(
      'key refused',
      `Immich (${url}) does not accept the key (${said}). Make a new one in Immich's account settings.`,
      facts,
    );
  }
  if (permission !== undefined) {
    const sentence = `The key may not do this: give it the permission "${permission}" in Immich's account settings.`;
    return new ImmichError('permission missing', sentence, { ...facts, permission });
  }
  if (said === 'Quota has been exceeded!') {
    return new ImmichError('quota full', `The account's quota in Immich is used up. An admin of ${url} can raise it.`, facts);
  }
  // An unknown route is not an unknown asset: so speak a server in maintenance, one too old, and a wrong address.
  if (status === 404 && said.startsWith('Cannot ')) {
    return new ImmichError('away', `Immich at ${url} does not know this question (${said}). Is it in maintenance, or too old?`, facts);
  }
  if (status === 404 || /^(Not found or no |Album not found)/.test(said)) {
    return new ImmichError('not found', `Immich has no such thing, or not for this account (${said}).`, facts);
  }
  return new ImmichError('refused', `Immich refuses: ${said}`, facts);
}

function isRedirect(status: number): boolean {
  return [301, 302, 303, 307, 308].includes(status);
}

/** 520 to 530: Cloudflare's words for a server behind it that does not answer. */
function isAway(status: number): boolean {
  return [502, 503, 504].includes(status) || (status >= 520 && status <= 530);
}

function isBusy(status: number): boolean {
  return [408, 425, 429].includes(status) || status >= 500;
}

function moved(location: string | undefined, url: string, facts: FailureFacts): ImmichError {
  const target = location === undefined || !URL.canParse(location, url) ? undefined : new URL(location, url);
  const to = target ? newAddress(target) : 'another address';
  // Who only moved is asked the same there. Elsewhere it is mostly a login page, and no place for the owner's key.
  const isSameQuestion = target === undefined || /\/api(\/|$)/.test(target.pathname);
  const cure = isSameQuestion
    ? 'Write that address into the configuration.'
    : 'If that is a login page, let /api pass without it; if Immich is there now, write that address into the configuration.';
  return new ImmichError('moved', `Immich is no longer at ${url}: it sends us to ${to}. ${cure}`, facts);
}

function newAddress(target: URL): string {
  return target.origin + target.pathname.replace(/\/api(\/.*)?$/, '').replace(/\/$/, '');
}

function tooLarge(headers: Readonly<Record<string, string>>, url: string, facts: FailureFacts): ImmichError {
  const isCloudflare = headers['cf-ray'] !== undefined || /cloudflare/i.test(headers.server ?? '');
  const who = isCloudflare ? 'Cloudflare (its limit is 100 MB)' : `the proxy${headers.server ? ` (${printable(headers.server)})` : ''}`;
  const cure = isCloudflare ? '' : 'raise its limit for request bodies, or ';
  const sentence = `The file is too large for ${who} before Immich at ${url}: ${cure}give Immich's own address in your network.`;
  return new ImmichError('too large', sentence, facts);
}

function messageOf(text: string): string | undefined {
  try {
    const parsed = refusal.safeParse(JSON.parse(text));
    return parsed.success ? printable(parsed.data) : undefined;
  } catch {
    return undefined;
  }
}

/** The title of a page, because it tells the owner who spoke: "502 Bad Gateway", "Sign in". */
function titleOf(text: string): string {
  const title = /<title[^>]*>([^<]{1,80})/i.exec(text)?.[1];
  return title === undefined ? '' : `, "${printable(title).trim()}"`;
}

function printable(text: string): string {
  return text.replace(/\p{Cc}+/gu, ' ').slice(0, 300);
}

/** Seconds, or a date told by the server's own clock (RFC 9110, 10.2.3). */
function retryAfter(headers: Readonly<Record<string, string>>): number | undefined {
  const said = headers['retry-after'];
  if (said === undefined) return undefined;
  if (/^\d{1,6}$/.test(said)) return Number(said) * 1000;
  const waitMs = Date.parse(said) - Date.parse(headers.date ?? '');
  return Number.isNaN(waitMs) ? undefined : Math.max(0, waitMs);
}
