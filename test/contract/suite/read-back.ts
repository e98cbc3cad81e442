/** The original given back: on this every "safe" of Homeroll rests. */
import { strict as assert } from 'node:assert';
import type { ContractCase } from './kit/contract-case.ts';
import { answers } from './kit/expect.ts';
import type { Picture } from './kit/pictures.ts';
import type { Answer } from './kit/wire.ts';

const nobodys = '00000000-0000-4000-8000-000000000000';
const originalOf = (id: string): string => `/api/assets/${id}/original`;

function isWhole(answer: Answer, picture: Picture): void {
  answers(answer, 200);
  assert.equal(answer.sha1, picture.sha1, 'other bytes came back than were sent');
  assert.equal(answer.headers['content-length'], `${picture.bytes.length}`);
}

export const cases: readonly ContractCase[] = [
  {
    name: 'gives back the very bytes, with their length and type',
    source: 'facts/immich.md §5; openapi downloadAsset; transcript download-original, download-video',
    async run({ original, store, picture }) {
      for (const [kind, type] of [
        ['photo', 'image/jpeg'],
        ['drawing', 'image/png'],
        ['clip', 'video/mp4'],
      ] as const) {
        const sent = picture(kind);
        const answer = await original(await store(sent));
        isWhole(answer, sent);
        assert.equal(answer.headers['content-type']?.split(';')[0], type);
        assert.equal(answer.headers['accept-ranges'], 'bytes');
      }
    },
  },
  {
    name: 'gives back originals that are hidden, archived or in the trash',
    source: 'transcript delete-trash-download; facts/immich.md §4',
    needsTrash: true,
    async run({ anna, original, store, picture }) {
      for (const visibility of ['hidden', 'archive']) {
        const photo = picture('photo');
        isWhole(await original(await store(photo, { fields: { visibility } })), photo);
      }
      const photo = picture('photo');
      const id = await store(photo);
      answers(await anna.remove('/api/assets', { ids: [id] }), 204);
      isWhole(await original(id), photo);
    },
  },
  {
    name: 'gives back the whole when asked not to answer from a cache',
    source: 'issue §4 prove (Cache-Control: no-cache); facts/immich.md §5; RFC 9111 §5.2.1.4',
    async run({ original, store, picture }) {
      const photo = picture('photo');
      const id = await store(photo);
      const first = await original(id);
      const headers = { 'cache-control': 'no-cache' };
      isWhole(await original(id, { headers }), photo);
      isWhole(await original(id, { headers: { ...headers, 'if-none-match': first.headers.etag ?? '' } }), photo);
    },
  },
  {
    name: 'answers 304 to whoever has it already',
    source: 'facts/immich.md §5 (express sendFile: If-None-Match 304)',
    async run({ original, store, picture }) {
      const id = await store(picture('photo'));
      const { etag } = (await original(id)).headers;
      assert.ok(etag, 'an ETag was due');
      const answer = await original(id, { headers: { 'if-none-match': etag } });
      answers(answer, 304);
      assert.equal(answer.body.length, 0);
    },
  },
  {
    name: 'answers HEAD with the length and no body',
    source: 'facts/immich.md §5; transcript download-head',
    async run({ original, store, picture }) {
      const photo = picture('photo');
      const answer = await original(await store(photo), { method: 'HEAD' });
      answers(answer, 200);
      assert.equal(answer.headers['content-length'], `${photo.bytes.length}`);
      assert.equal(answer.body.length, 0);
    },
  },
  ...[
    { range: 'bytes=0-9', from: 0, to: 10 },
    { range: 'bytes=100-', from: 100, to: undefined },
    { range: 'bytes=-5', from: -5, to: undefined },
  ].map(
    ({ range, from, to }): ContractCase => ({
      name: `gives back the part ${range}`,
      source: 'facts/immich.md §5; transcript download-range, download-range-open, download-range-suffix',
      async run({ original, store, picture }) {
        const { bytes, ...photo } = picture('photo');
        const id = await store({ ...photo, bytes });
        const part = bytes.subarray(from, to);
        const first = from < 0 ? bytes.length + from : from;
        const answer = await original(id, { headers: { range } });
        answers(answer, 206);
        assert.deepEqual(answer.body, part);
        assert.equal(answer.headers['content-range'], `bytes ${first}-${first + part.length - 1}/${bytes.length}`);
        assert.equal(answer.headers['content-length'], `${part.length}`);
      },
    }),
  ),
  {
    name: 'gives back the whole for several ranges or an unknown unit',
    source: 'facts/immich.md §5; transcript download-range-multi, download-range-garbage',
    async run({ original, store, picture }) {
      const photo = picture('photo');
      const id = await store(photo);
      for (const range of ['bytes=0-1,4-5', 'lines=1-2']) isWhole(await original(id, { headers: { range } }), photo);
    },
  },
  {
    name: 'fails on a part beyond the end, in its own way',
    source: 'transcript download-range-beyond (neither answers 416)',
    async run({ anna, store, picture, perDialect }) {
      const photo = picture('photo');
      const path = originalOf(await store(photo));
      const answer = await anna.send({ method: 'GET', path, headers: { range: 'bytes=999999-' } });
      answers(answer, perDialect({ 2: 500, 3: 404 }));
      assert.equal(answer.headers['content-range'], `bytes */${photo.bytes.length}`);
    },
  },
  {
    name: 'names the file in UTF-8',
    source: 'transcript download-original (content-disposition)',
    async run({ original, store, picture }) {
      const photo = { ...picture('photo'), name: 'hr-contract-Grüße.jpg' };
      const answer = await original(await store(photo));
      assert.match(answer.headers['content-disposition'] ?? '', /filename\*=UTF-8''hr-contract-Gr%C3%BC%C3%9Fe\.jpg/);
    },
  },
  {
    name: 'keeps originals from other users and from strangers',
    source: 'transcript download-foreign, download-unknown, download-bad, download-none',
    async run({ anna, ben, stranger, store, picture, refuses, refusesField, perDialect }) {
      const id = await store(picture('photo'));
      const { status, message } = perDialect({
        2: { status: 400, message: 'Not found or no asset.download access' },
        3: { status: 404, message: 'Not Found' },
      });
      refuses(await ben.get(originalOf(id)), status, message);
      refuses(await anna.get(originalOf(nobodys)), status, message);
      refusesField(await anna.get(originalOf('x')), 'id');
      refuses(await stranger.get(originalOf(id)), 401, 'Authentication required');
    },
  },
  {
    name: 'has no original any more after a deletion by force',
    source: 'facts/immich.md §7 (#19582); transcript delete-force-get, download-unknown',
    async run({ anna, store, picture, eventually, perDialect }) {
      const id = await store(picture('photo'));
      answers(await anna.remove('/api/assets', { ids: [id], force: true }), 204);
      await eventually(async () => answers(await anna.get(originalOf(id)), perDialect({ 2: 400, 3: 404 })));
    },
  },
  {
    name: 'shows a small picture of a photo, or says that there is none yet',
    source: 'openapi viewAsset; transcript download-thumbnail-default, job-provisional-thumbnail, download-thumbnail-foreign',
    async run({ anna, ben, store, picture, refuses }) {
      const path = `/api/assets/${await store(picture('photo'))}/thumbnail`;
      const answer = await anna.get(path);
      // Homeroll waits for no thumbnail, and a busy server is an hour behind with them.
      if (answer.status === 404) refuses(answer, 404, 'Asset media not found');
      else {
        answers(answer, 200);
        assert.match(answer.headers['content-type'] ?? '', /^image\//);
      }
      refuses(await ben.get(path), 400, 'Not found or no asset.view access');
    },
  },
];
