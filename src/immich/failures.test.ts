import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { answerFailure } from './answer-failures.ts';
import { connectionFailure } from './connection-failures.ts';
import { dialectOf } from './dialect.ts';
import type { FailureKind, Retry } from './failures.ts';
import { TransportError, type TransportTrouble } from './transport.ts';

const url = 'http://immich.local:2283';

const said = (message: unknown): string => JSON.stringify({ message, error: 'Bad Request', statusCode: 400 });
const page = (title: string): string => `<!doctype html><html><head><title>${title}</title></head></html>`;

interface Case {
  readonly status: number;
  readonly text: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly kind: FailureKind;
  readonly retry: Retry;
  readonly says: RegExp;
}

const cases: readonly Case[] = [
  { status: 401, text: said('Invalid API key'), kind: 'key refused', retry: 'never', says: /does not accept the key/ },
  { status: 401, text: page('Sign in'), kind: 'garbage', retry: 'later', says: /not Immich.*401, "Sign in".*login page/ },
  {
    status: 403,
    text: said('Missing required permission: asset.upload'),
    kind: 'permission missing',
    retry: 'never',
    says: /"asset\.upload"/,
  },
  { status: 403, text: said('Forbidden'), kind: 'refused', retry: 'never', says: /refuses: Forbidden/ },
  { status: 400, text: said('Quota has been exceeded!'), kind: 'quota full', retry: 'never', says: /quota/ },
  { status: 400, text: said('Unsupported file type a.txt'), kind: 'refused', retry: 'never', says: /Unsupported file type a\.txt/ },
  {
    status: 400,
    text: said(['ids must be a UUID', 'x must be y']),
    kind: 'refused',
    retry: 'never',
    says: /ids must be a UUID; x must be y/,
  },
  {
    status: 400,
    text: JSON.stringify({ message: 'Validation failed', errors: [{ path: ['ids', 0], message: 'Invalid UUID' }] }),
    kind: 'refused',
    retry: 'never',
    says: /ids\.0: Invalid UUID/,
  },
  { status: 400, text: said('Not found or no asset.read access'), kind: 'not found', retry: 'never', says: /no such thing/ },
  { status: 400, text: said('Album not found'), kind: 'not found', retry: 'never', says: /Album not found/ },
  { status: 400, text: said('Live photo video not found'), kind: 'refused', retry: 'never', says: /Live photo video not found/ },
  { status: 404, text: said('Not Found'), kind: 'not found', retry: 'never', says: /no such thing/ },
  { status: 404, text: said('Cannot GET /api/assets/x'), kind: 'away', retry: 'later', says: /maintenance/ },
  { status: 404, text: '404 page not found', kind: 'garbage', retry: 'later', says: /not Immich/ },
  { status: 408, text: '', kind: 'busy', retry: 'soon', says: /busy/ },
  { status: 429, text: said('Too many'), headers: { 'retry-after': '7' }, kind: 'busy', retry: 'soon', says: /busy/ },
  { status: 500, text: said('Internal server error'), kind: 'busy', retry: 'soon', says: /answers 500/ },
  {
    status: 502,
    text: page('502 Bad Gateway'),
    kind: 'away',
    retry: 'later',
    says: /Immich is away \(http:\/\/immich\.local:2283 answers 502\)/,
  },
  { status: 503, text: '', kind: 'away', retry: 'later', says: /away/ },
  { status: 522, text: page('Connection timed out'), kind: 'away', retry: 'later', says: /away/ },
  {
    status: 413,
    text: page('413'),
    headers: { server: 'nginx/1.27' },
    kind: 'too large',
    retry: 'never',
    says: /nginx\/1\.27.*raise its limit/,
  },
  { status: 413, text: '', headers: { 'cf-ray': '1' }, kind: 'too large', retry: 'never', says: /Cloudflare.*100 MB/ },
  {
    status: 301,
    text: '',
    headers: { location: 'https://immich.local/api/server/ping?x=1' },
    kind: 'moved',
    retry: 'never',
    says: /sends us to https:\/\/immich\.local\. Write/,
  },
  {
    status: 308,
    text: '',
    headers: { location: '/photos/api/assets' },
    kind: 'moved',
    retry: 'never',
    says: /to http:\/\/immich\.local:2283\/photos\./,
  },
  { status: 302, text: '', kind: 'moved', retry: 'never', says: /another address/ },
  {
    status: 302,
    text: '',
    headers: { location: 'https://auth.example/login?rd=https%3A%2F%2Fimmich.local%2Fapi%2Fusers%2Fme' },
    kind: 'moved',
    retry: 'never',
    says: /sends us to https:\/\/auth\.example\/login\. If that is a login page, let \/api pass without it/,
  },
];

describe('an answer that is none', () => {
  for (const { status, text, headers = {}, kind, retry, says } of cases) {
    it(`${status} ${text.slice(0, 60)} is ${kind}, again ${retry}`, () => {
      const failure = answerFailure({ status, headers, text }, url);
      assert.deepEqual([failure.kind, failure.retry, failure.status], [kind, retry, status]);
      assert.match(failure.message, says);
      // Whoever does not speak as Immich does may stand before one that stored it.
      assert.equal(failure.mayBeStored, status >= 500 || kind === 'garbage');
    });
  }

  it('names the missing permission, and the time to wait', () => {
    assert.equal(
      answerFailure({ status: 403, headers: {}, text: said('Missing required permission: tag.asset') }, url).permission,
      'tag.asset',
    );
    const wait = (headers: Record<string, string>) => answerFailure({ status: 429, headers, text: '' }, url).retryAfterMs;
    assert.equal(wait({ 'retry-after': '7' }), 7_000);
    assert.equal(wait({ 'retry-after': 'Sun, 22 Nov 2026 14:00:30 GMT', date: 'Sun, 22 Nov 2026 14:00:00 GMT' }), 30_000);
    assert.equal(wait({ 'retry-after': 'soon' }), undefined);
    assert.equal(wait({}), undefined);
  });

  it('keeps control characters of others off the owner’s screen', () => {
    const { message } = answerFailure({ status: 400, headers: {}, text: said('Unsupported file type \u001b[31mred\n.txt') }, url);
    assert.doesNotMatch(message, /\p{Cc}/u);
  });
});

describe('no answer', () => {
  for (const [trouble, kind, retry, says] of [
    ['refused', 'away', 'later', /Immich is away \(http:\/\/immich\.local:2283 refuses connections\)\./],
    ['unknown host', 'away', 'later', /no computer is known by the name/],
    ['unreachable', 'away', 'later', /no way to/],
    ['timed out', 'silent', 'later', /did not answer for 60 s/],
    ['lost', 'unclear', 'soon', /ended before/],
    ['certificate', 'certificate', 'never', /CERT_HAS_EXPIRED.*"ca_file"/],
    ['not http', 'garbage', 'later', /https instead of http/],
  ] as const satisfies readonly (readonly [TransportTrouble, FailureKind, Retry, RegExp])[]) {
    it(`${trouble} is ${kind}, again ${retry}`, () => {
      const cause = Object.assign(new Error('expired'), { code: 'CERT_HAS_EXPIRED' });
      const failure = connectionFailure(new TransportError(trouble, true, { cause, waitedMs: 60_000 }), url);
      assert.deepEqual([failure.kind, failure.retry, failure.mayBeStored], [kind, retry, true]);
      assert.match(failure.message, says);
    });
  }

  it('of a server that nobody got through to is one that is away', () => {
    const failure = connectionFailure(new TransportError('timed out', false, { waitedMs: 60_000 }), url);
    assert.deepEqual([failure.kind, failure.mayBeStored], ['away', false]);
    assert.match(failure.message, /Immich is away.*does not answer/);
  });

  it('of a server without HTTPS at an https address names the other way round', () => {
    const failure = connectionFailure(new TransportError('not http', false), 'https://immich.local:2283');
    assert.match(failure.message, /does not speak HTTPS. Is it http instead of https/);
  });

  it('because of a certificate for another name does not ask for an authority', () => {
    const cause = Object.assign(new Error('altnames'), { code: 'ERR_TLS_CERT_ALTNAME_INVALID' });
    assert.match(connectionFailure(new TransportError('certificate', false, { cause }), url).message, /made for another name/);
  });
});

describe('the dialect', () => {
  for (const [version, dialect, isKnown] of [
    [[2, 7, 5], '2', true],
    [[3, 0, 0], '3', true],
    [[3, 2, 2], '3', true],
    [[3, 9, 0], '3', false],
    [[4, 0, 0], '3', false],
    [[1, 144, 1], '2', false],
    [[2, 4, 0], '2', false],
  ] as const) {
    it(`of ${version.join('.')} is ${dialect}, ${isKnown ? 'known' : 'a guess'}`, () => {
      const [major, minor, patch] = version;
      assert.deepEqual(dialectOf(major, minor, patch), { version: version.join('.'), dialect, isKnown });
    });
  }
});
