/** bulk-upload-check: which bytes the server has already. The whole of "never twice" rests on it. */
import { strict as assert } from 'node:assert';
import type { ContractCase } from './kit/contract-case.ts';
import { absent, answers, list, matches, pick } from './kit/expect.ts';

const path = '/api/assets/bulk-upload-check';
const unknown = 'b'.repeat(40);

export const cases: readonly ContractCase[] = [
  {
    name: 'accepts bytes it does not have',
    source: 'facts/immich.md §4; openapi checkBulkUpload; transcript check-hex',
    async run({ anna }) {
      const answer = await anna.post(path, { assets: [{ id: '4', checksum: unknown }] });
      answers(answer, 200, { results: [{ id: '4', action: 'accept', assetId: absent, reason: absent }] });
    },
  },
  {
    name: 'rejects bytes it has, with the asset they are',
    source: 'facts/immich.md §4; openapi checkBulkUpload; transcript check-hex',
    async run({ store, presenceOf, picture }) {
      const photo = picture('photo');
      const assetId = await store(photo);
      answers(await presenceOf(photo), 200, {
        results: [{ id: 'the picture', action: 'reject', reason: 'duplicate', assetId, isTrashed: false }],
      });
    },
  },
  {
    name: 'reads checksums in hex of either case and in base64',
    source: 'facts/immich.md §4; transcript check-hex',
    async run({ anna, store, picture }) {
      const photo = picture('photo');
      const assetId = await store(photo);
      const assets = [photo.sha1, photo.sha1.toUpperCase(), photo.sha1Base64].map((checksum, index) => ({ id: `${index}`, checksum }));
      const found = (id: string) => ({ id, action: 'reject', assetId });
      answers(await anna.post(path, { assets }), 200, { results: [found('0'), found('1'), found('2')] });
    },
  },
  {
    name: 'echoes any id, in the order asked, even twice',
    source: 'facts/immich.md §4; transcript check-hex, check-duplicates',
    async run({ anna, store, picture }) {
      const photo = picture('photo');
      await store(photo);
      const ids = ['/a/ä 😀', '7', 'x', 'x'];
      const answer = await anna.post(path, { assets: ids.map((id, index) => ({ id, checksum: index === 1 ? unknown : photo.sha1 })) });
      answers(answer, 200);
      const results = list(pick(answer.json, 'results'));
      assert.deepEqual(
        results.map((result) => pick(result, 'id')),
        ids,
      );
      assert.deepEqual(
        results.map((result) => pick(result, 'action')),
        ['reject', 'accept', 'reject', 'reject'],
      );
    },
  },
  {
    name: 'tells whether they lie in the trash',
    source: 'facts/immich.md §4, §7; transcript check-trashed',
    needsTrash: true,
    async run({ anna, store, presenceOf, picture }) {
      const photo = picture('photo');
      const assetId = await store(photo);
      answers(await anna.remove('/api/assets', { ids: [assetId] }), 204);
      answers(await presenceOf(photo), 200, { results: [{ action: 'reject', assetId, isTrashed: true }] });
      answers(await anna.post('/api/trash/restore/assets', { ids: [assetId] }), 200);
      answers(await presenceOf(photo), 200, { results: [{ action: 'reject', assetId, isTrashed: false }] });
    },
  },
  {
    name: 'finds archived and hidden pictures too',
    source: 'facts/immich.md §4; transcript check-archived',
    async run({ store, presenceOf, picture }) {
      for (const visibility of ['archive', 'hidden']) {
        const photo = picture('photo');
        const assetId = await store(photo, { fields: { visibility } });
        answers(await presenceOf(photo), 200, { results: [{ action: 'reject', assetId, isTrashed: false }] });
      }
    },
  },
  {
    name: 'knows nothing of what other users have',
    source: 'facts/immich.md §4 (owner); transcript check-foreign',
    async run({ ben, store, presenceOf, picture }) {
      const photo = picture('photo');
      await store(photo);
      answers(await presenceOf(photo, ben), 200, { results: [{ action: 'accept' }] });
    },
  },
  {
    name: 'accepts again what was deleted by force',
    source: 'facts/immich.md §4 (not yet swept still counts); transcript check-gone',
    async run({ anna, store, presenceOf, picture, eventually }) {
      const photo = picture('photo');
      answers(await anna.remove('/api/assets', { ids: [await store(photo)], force: true }), 204);
      await eventually(async () => answers(await presenceOf(photo), 200, { results: [{ action: 'accept' }] }));
    },
  },
  {
    name: 'takes 5,000 at once',
    source: 'facts/immich.md §4, §9',
    async run({ anna, store, picture }) {
      const photo = picture('photo');
      const assetId = await store(photo);
      const assets = Array.from({ length: 5000 }, (_, index) => ({ id: `${index}`, checksum: index.toString(16).padStart(40, 'f') }));
      const answer = await anna.post(path, { assets: [...assets.slice(1), { id: 'last', checksum: photo.sha1 }] });
      answers(answer, 200);
      const results = list(pick(answer.json, 'results'));
      assert.equal(results.length, 5000);
      matches(results.at(-1), { id: 'last', action: 'reject', assetId });
      assert.ok(results.slice(0, -1).every((result) => pick(result, 'action') === 'accept'));
    },
  },
  {
    name: 'answers 500 to an empty list',
    source: 'facts/immich.md §9; transcript check-empty',
    async run({ anna, refuses }) {
      refuses(await anna.post(path, { assets: [] }), 500, 'Failed to check bulk upload');
    },
  },
  {
    name: 'accepts checksums that are none',
    source: 'transcript check-garbage',
    async run({ anna }) {
      const assets = ['zz', 'a'.repeat(39), '='].map((checksum) => ({ id: checksum, checksum }));
      answers(await anna.post(path, { assets }), 200, { results: [{ action: 'accept' }, { action: 'accept' }, { action: 'accept' }] });
    },
  },
  {
    name: 'wants both id and checksum as texts, in a list',
    source: 'openapi AssetBulkUploadCheckItem; transcript check-no-checksum, check-no-id, check-number-id, check-no-list',
    async run({ anna, refusesField }) {
      refusesField(await anna.post(path, { assets: [{ id: 'a' }] }), 'checksum');
      refusesField(await anna.post(path, { assets: [{ checksum: unknown }] }), 'id');
      refusesField(await anna.post(path, { assets: [{ id: 7, checksum: unknown }] }), 'id');
      refusesField(await anna.post(path, {}), 'assets');
    },
  },
];
