/** What the server says of itself to anybody, before any key is used. */
import { strict as assert } from 'node:assert';
import type { ContractCase } from './kit/contract-case.ts';
import { absent, answers, extensions, flag, holding, holdingNot, matches, nothingOr, number, pick, text } from './kit/expect.ts';

export const cases: readonly ContractCase[] = [
  {
    name: 'answers a ping with pong, without a key',
    source: 'facts/immich.md §5; transcript server-ping',
    async run({ stranger }) {
      answers(await stranger.get('/api/server/ping'), 200, { res: 'pong' });
    },
  },
  {
    name: 'answers HEAD as it answers GET, without the body',
    source: 'transcript server-ping-head',
    async run({ stranger }) {
      const answer = await stranger.send({ method: 'HEAD', path: '/api/server/ping' });
      answers(answer, 200);
      assert.equal(answer.headers['content-length'], '14');
      assert.equal(answer.body.length, 0);
    },
  },
  {
    name: 'tells its version as three numbers, without a key',
    source: 'facts/immich.md §2, §8; openapi getServerVersion; transcript server-version',
    async run({ stranger, perDialect }) {
      const prerelease = perDialect({ 2: absent, 3: nothingOr(number) });
      answers(await stranger.get('/api/server/version'), 200, { major: number, minor: number, patch: number, prerelease });
    },
  },
  {
    name: 'tells how long the trash keeps and whether it is in maintenance',
    source: 'facts/immich.md §5; openapi getServerConfig; transcript server-config',
    async run({ stranger }) {
      const answer = await stranger.get('/api/server/config');
      answers(answer, 200, { trashDays: number, maintenanceMode: false, isInitialized: true, externalDomain: text });
    },
  },
  {
    name: 'tells which features are on',
    source: 'facts/immich.md §5; openapi getServerFeatures; transcript server-features',
    async run({ stranger }) {
      answers(await stranger.get('/api/server/features'), 200, { trash: flag, sidecar: flag, search: flag });
    },
  },
  {
    name: 'lists the extensions it takes, in lower case and with their dot',
    source: 'facts/immich.md §4; openapi getSupportedMediaTypes; transcript server-media-types',
    async run({ stranger }) {
      const answer = await stranger.get('/api/server/media-types');
      answers(answer, 200, { image: extensions, video: extensions, sidecar: ['.xmp'] });
      matches(pick(answer.json, 'image'), holding('.jpg', '.jpeg', '.png', '.heic', '.dng', '.webp', '.tiff'));
      matches(pick(answer.json, 'video'), holding('.mp4', '.mov', '.m4v', '.mts'));
    },
  },
  {
    name: 'takes .mpo since version 3 only',
    source: 'facts/immich.md §2; transcript server-media-types',
    async run({ stranger, perDialect }) {
      const answer = await stranger.get('/api/server/media-types');
      matches(pick(answer.json, 'image'), perDialect({ 2: holdingNot('.mpo'), 3: holding('.mpo') }));
    },
  },
  {
    name: 'tells at /.well-known/immich where its API is',
    source: 'facts/immich.md §5; transcript server-well-known',
    async run({ stranger }) {
      answers(await stranger.get('/.well-known/immich'), 200, { api: { endpoint: '/api' } });
    },
  },
  {
    name: 'dates its answers, so that a wrong clock can be told',
    source: 'issue §2 (doctor: clock skew); RFC 9110 §6.6.1',
    async run({ stranger }) {
      const answer = await stranger.get('/api/server/ping');
      assert.ok(!Number.isNaN(Date.parse(answer.headers.date ?? '')), `a Date header was due, ${answer.headers.date} came`);
    },
  },
];
