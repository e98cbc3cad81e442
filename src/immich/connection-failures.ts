/** What it means that no answer came. */
import { type FailureKind, ImmichError } from './failures.ts';
import type { TransportError, TransportTrouble } from './transport.ts';

const meanings: Readonly<Record<TransportTrouble, readonly [FailureKind, (url: string, why: string) => string]>> = {
  refused: ['away', (url) => `Immich is away (${url} refuses connections).`],
  'unknown host': ['away', (url) => `Immich is away (no computer is known by the name in ${url}).`],
  unreachable: ['away', (url) => `Immich is away (no way to ${url}).`],
  'timed out': ['away', (url) => `Immich is away (${url} does not answer).`],
  lost: ['unclear', (url) => `The connection to Immich (${url}) ended before it had answered.`],
  certificate: [
    'certificate',
    (url, why) =>
      why === 'ERR_TLS_CERT_ALTNAME_INVALID'
        ? `The certificate at ${url} is made for another name. Write that name into "url", or get a certificate for this one.`
        : `The certificate of ${url} cannot be trusted (${why}). Give its authority as "ca_file", or renew the certificate.`,
  ],
  'not http': [
    'garbage',
    (url) =>
      url.startsWith('https:')
        ? `What answers at ${url} does not speak HTTPS. Is it http instead of https, or another port?`
        : `What answers at ${url} does not speak HTTP. Is it https instead of http, or another port?`,
  ],
};

/** @param url Immich's address, without credentials */
export function connectionFailure(error: TransportError, url: string): ImmichError {
  // Who took the request is there. Whether Immich answers anybody else is found out by those who ask.
  if (error.trouble === 'timed out' && error.wasSent) return silence(error, url);
  const [kind, sentence] = meanings[error.trouble];
  const code = error.cause instanceof Error && 'code' in error.cause ? String(error.cause.code) : error.trouble;
  return new ImmichError(kind, sentence(url, code), { cause: error, mayBeStored: error.wasSent });
}

function silence(error: TransportError, url: string): ImmichError {
  const forSo = error.waitedMs === undefined ? '' : ` for ${Math.round(error.waitedMs / 1_000)} s`;
  return new ImmichError('silent', `Immich (${url}) did not answer${forSo}.`, { cause: error, mayBeStored: true });
}
