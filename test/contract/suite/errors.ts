/** How each version words what went wrong: a client must read both. */
import { strict as assert } from 'node:assert';
import type { ContractCase } from './kit/contract-case.ts';
import { absent, answers, list, pick, text } from './kit/expect.ts';

const nobodys = '00000000-0000-4000-8000-000000000000';

export const cases: readonly ContractCase[] = [
  {
    name: 'repeats the status in its errors in version 2, and says only the message since',
    source: 'facts/immich.md §2; transcript asset-get-unknown',
    async run({ anna, perDialect }) {
      const message = 'Not found or no asset.read access';
      const shape = perDialect({
        2: { message, error: 'Bad Request', statusCode: 400, correlationId: text },
        3: { message, error: absent, statusCode: absent, errors: absent },
      });
      answers(await anna.get(`/api/assets/${nobodys}`), 400, shape);
    },
  },
  {
    name: 'lists what is wrong with a question: as texts in version 2, as issues with a path since',
    source: 'facts/immich.md §2; transcript error-json-types, album-create-noname',
    async run({ anna, dialect }) {
      const answer = await anna.post('/api/albums', { albumName: 5, assetIds: 'x' });
      answers(answer, 400);
      if (dialect === '2') {
        assert.ok(list(pick(answer.json, 'message')).length >= 2, 'a list of texts was due');
        return;
      }
      answers(answer, 400, { message: 'Validation failed' });
      const paths = list(pick(answer.json, 'errors')).map((issue) => pick(issue, 'path'));
      assert.deepEqual(paths, [['albumName'], ['assetIds']]);
    },
  },
  {
    name: 'names the place within a list since version 3',
    source: 'transcript delete-bad-id, album-add-bad',
    async run({ anna, dialect }) {
      const answer = await anna.remove('/api/assets', { ids: [nobodys, 'x'] });
      if (dialect === '2') answers(answer, 400, { message: ['each value in ids must be a UUID'] });
      else answers(answer, 400, { message: 'Validation failed', errors: [{ path: ['ids', 1], message: text }] });
    },
  },
  {
    name: 'knows no such route, and says which',
    source: 'transcript error-route, error-route-none, error-verb',
    async run({ anna, stranger, refuses }) {
      refuses(await anna.get('/api/no-such-route'), 404, 'Cannot GET /api/no-such-route');
      refuses(await stranger.get('/api/no-such-route'), 404, 'Cannot GET /api/no-such-route');
      refuses(await anna.remove('/api/users/me'), 404, 'Cannot DELETE /api/users/me');
    },
  },
  {
    name: 'refuses JSON that is cut off, even before it looks at the key',
    source: 'transcript error-json, error-json-none',
    async run({ anna, stranger }) {
      const question = {
        method: 'POST',
        path: '/api/albums',
        raw: Buffer.from('{"albumName": "hr'),
        headers: { 'content-type': 'application/json' },
      };
      for (const client of [anna, stranger]) answers(await client.send(question), 400, { message: text });
    },
  },
  {
    name: 'speaks JSON in its errors, whatever was asked for',
    source: 'transcript download-unknown, error-route (content-type application/json)',
    async run({ anna }) {
      const answer = await anna.send({ method: 'GET', path: `/api/assets/${nobodys}/original`, headers: { accept: 'image/*' } });
      assert.match(answer.headers['content-type'] ?? '', /^application\/json/);
      assert.ok(text(pick(answer.json, 'message')));
    },
  },
];
