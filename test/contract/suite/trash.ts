/** The trash: what the owner throws away, takes back, or erases. */
import { strict as assert } from 'node:assert';
import type { ContractCase } from './kit/contract-case.ts';
import { answers, pick } from './kit/expect.ts';

const nobodys = '00000000-0000-4000-8000-000000000000';
const restore = '/api/trash/restore/assets';

export const cases: readonly ContractCase[] = [
  {
    name: 'keeps a deleted picture in the trash, where it can still be seen',
    source: 'facts/immich.md §5; openapi deleteAssets; transcript delete-trash, delete-trash-get, delete-trash-again',
    needsTrash: true,
    async run({ anna, store, picture, assetIs }) {
      const id = await store(picture('photo'));
      answers(await anna.remove('/api/assets', { ids: [id] }), 204);
      await assetIs(id, { isTrashed: true, visibility: 'timeline' });
      answers(await anna.remove('/api/assets', { ids: [id] }), 204);
      await assetIs(id, { isTrashed: true });
    },
  },
  {
    name: 'gives it back, under the same id',
    source: 'facts/immich.md §4, §5; openapi restoreAssets; transcript trash-restore-good, trash-restore-get',
    needsTrash: true,
    async run({ anna, store, picture, assetIs }) {
      const id = await store(picture('photo'));
      answers(await anna.remove('/api/assets', { ids: [id] }), 204);
      answers(await anna.post(restore, { ids: [id] }), 200, { count: 1 });
      await assetIs(id, { isTrashed: false });
    },
  },
  {
    name: 'counts a picture as restored that was never in the trash',
    source: 'facts/immich.md §9; transcript trash-restore-again, trash-restore-empty',
    async run({ anna, store, picture }) {
      answers(await anna.post(restore, { ids: [await store(picture('photo'))] }), 200, { count: 1 });
      answers(await anna.post(restore, { ids: [] }), 200, { count: 0 });
    },
  },
  {
    name: 'restores nothing that is foreign, unknown or no id',
    source: 'transcript trash-restore-foreign, trash-restore-unknown, trash-restore-bad',
    needsTrash: true,
    async run({ anna, ben, store, picture, assetIs, refuses, refusesField }) {
      const id = await store(picture('photo'));
      answers(await anna.remove('/api/assets', { ids: [id] }), 204);
      refuses(await ben.post(restore, { ids: [id] }), 400, 'Not found or no asset.delete access');
      refuses(await anna.post(restore, { ids: [nobodys] }), 400, 'Not found or no asset.delete access');
      refusesField(await anna.post(restore, { ids: ['x'] }), 'ids');
      await assetIs(id, { isTrashed: true });
    },
  },
  {
    name: 'deletes nothing of a list that holds one wrong id',
    source: 'facts/immich.md §5; transcript delete-bad-id, delete-unknown-id, delete-foreign-id, delete-unchanged',
    async run({ anna, ben, store, picture, assetIs, refuses, refusesField }) {
      const [mine, bens] = [await store(picture('photo')), await store(picture('photo'), { as: ben })];
      refusesField(await anna.remove('/api/assets', { ids: [mine, 'x'] }), 'ids');
      refuses(await anna.remove('/api/assets', { ids: [mine, nobodys] }), 400, 'Not found or no asset.delete access');
      refuses(await anna.remove('/api/assets', { ids: [mine, bens] }), 400, 'Not found or no asset.delete access');
      await assetIs(mine, { isTrashed: false });
    },
  },
  {
    name: 'has nothing against deleting nothing',
    source: 'transcript delete-empty',
    async run({ anna }) {
      answers(await anna.remove('/api/assets', { ids: [] }), 204);
    },
  },
  {
    name: 'forgets a picture deleted by force, and stores it anew under another id',
    source: 'facts/immich.md §4, §7; transcript delete-force, delete-force-again, delete-force-get, delete-force-upload',
    async run({ anna, store, upload, presenceOf, picture, eventually, refuses }) {
      const photo = picture('photo');
      const id = await store(photo);
      answers(await anna.remove('/api/assets', { ids: [id], force: true }), 204);
      await eventually(async () => answers(await presenceOf(photo), 200, { results: [{ action: 'accept' }] }));
      refuses(await anna.get(`/api/assets/${id}`), 400, 'Not found or no asset.read access');
      refuses(await anna.remove('/api/assets', { ids: [id], force: true }), 400, 'Not found or no asset.delete access');
      refuses(await anna.post(restore, { ids: [id] }), 400, 'Not found or no asset.delete access');
      const again = await upload(photo);
      answers(again, 201, { status: 'created' });
      assert.notEqual(pick(again.json, 'id'), id);
    },
  },
  {
    name: 'erases by force what lies in the trash',
    source: 'transcript delete-force-trashed',
    needsTrash: true,
    async run({ anna, store, picture, eventually, refuses }) {
      const id = await store(picture('photo'));
      answers(await anna.remove('/api/assets', { ids: [id] }), 204);
      answers(await anna.remove('/api/assets', { ids: [id], force: true }), 204);
      await eventually(async () => refuses(await anna.get(`/api/assets/${id}`), 400, 'Not found or no asset.read access'));
    },
  },
];
