/** Finds out why no connection came about: a WebSocket does not tell. Asked by plain HTTP, without the token. */
import { HomeAssistantError } from './home-assistant.ts';

// There with and without a login, and never counted as one that failed.
const probe = '/manifest.json';

/** @param url Home Assistant's address */
export async function whyAway(url: URL, signal: AbortSignal): Promise<HomeAssistantError> {
  const shown = addressOf(url);
  try {
    const answer = await fetch(`${shown}${probe}`, { signal, redirect: 'manual' });
    await answer.body?.cancel();
    return away(sayOfAnswer(shown, answer.status));
  } catch (error) {
    signal.throwIfAborted();
    return away(sayOfFailure(shown, codeOf(error)), error);
  }
}

/** Without a slash at its end, and without what is secret in it. */
export function addressOf(url: URL): string {
  return `${url.origin}${url.pathname}`.replace(/\/+$/, '');
}

function away(why: string, cause?: unknown): HomeAssistantError {
  return new HomeAssistantError('away', `Home Assistant is away (${why}).`, { cause });
}

function sayOfAnswer(url: string, status: number): string {
  if (status === 403) return `${url} refuses this computer: it may have banned it after wrong tokens, see its ip_bans.yaml`;
  if (status === 502 || status === 503 || status === 504) return `${url} says that it is not there now`;
  if (status >= 300 && status < 400) return `${url} leads elsewhere: write the address that the browser shows in the end`;
  return status < 300
    ? `${url} answers, and lets no WebSocket through: a proxy before it must pass them on`
    : `what answers at ${url} is not Home Assistant`;
}

function sayOfFailure(url: string, code: string): string {
  if (code === 'ECONNREFUSED') return `${url} refuses connections`;
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return `no computer is known by the name in ${url}`;
  if (code === 'EHOSTUNREACH' || code === 'ENETUNREACH') return `no way to ${url}`;
  if (/CERT|SELF_SIGNED|UNABLE_TO/.test(code))
    return `the certificate of ${url} cannot be trusted, ${code}: NODE_EXTRA_CA_CERTS can name a file with one that can`;
  return `${url} does not answer`;
}

/** `fetch` hides the reason behind one or two others. */
function codeOf(error: unknown): string {
  for (let inner: unknown = error; inner instanceof Error; inner = inner.cause) {
    if ('code' in inner && typeof inner.code === 'string') return inner.code;
  }
  return '';
}
