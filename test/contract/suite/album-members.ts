/** What is in an album: put in, taken out, listed. Each asset gets an answer of its own. */
import { strict as assert } from 'node:assert';
import type { ContractCase } from './kit/contract-case.ts';
import { absent, answers, list, pick } from './kit/expect.ts';
import type { World } from './kit/world.ts';

const nobodys = '00000000-0000-4000-8000-000000000000';
const members = (album: string): string => `/api/albums/${album}/assets`;

/** Ids in an album, as a client lists them: page by page, with the visibility said. */
async function listed({ anna }: World, query: Readonly<Record<string, unknown>>): Promise<string[]> {
  const answer = await anna.post('/api/search/metadata', { visibility: 'timeline', ...query });
  answers(answer, 200);
  return list(pick(answer.json, 'assets/items')).map((asset) => String(pick(asset, 'id')));
}

export const cases: readonly ContractCase[] = [
  {
    name: 'says of each asset whether it was put in',
    source: 'facts/immich.md §5; openapi addAssetsToAlbum; transcript album-add-good, album-add-mixed',
    async run({ anna, ben, createAlbum, store, picture }) {
      const [first, second, bens] = [
        await store(picture('photo')),
        await store(picture('photo')),
        await store(picture('photo'), { as: ben }),
      ];
      const album = await createAlbum();
      answers(await anna.put(members(album), { ids: [first] }), 200, [{ id: first, success: true, error: absent }]);
      answers(await anna.put(members(album), { ids: [second, first, bens, nobodys] }), 200, [
        { id: second, success: true },
        { id: first, success: false, error: 'duplicate' },
        { id: bens, success: false, error: 'no_permission' },
        { id: nobodys, success: false, error: 'no_permission' },
      ]);
      answers(await anna.get(`/api/albums/${album}`), 200, { assetCount: 2 });
    },
  },
  {
    name: 'puts an asset in once, however often it is named',
    source: 'transcript album-add-twice, album-add-empty',
    async run({ anna, createAlbum, store, picture }) {
      const id = await store(picture('photo'));
      const album = await createAlbum();
      answers(await anna.put(members(album), { ids: [id, id] }), 200, [
        { id, success: true },
        { id, success: false, error: 'duplicate' },
      ]);
      answers(await anna.put(members(album), { ids: [] }), 200, []);
      answers(await anna.get(`/api/albums/${album}`), 200, { assetCount: 1 });
    },
  },
  {
    name: 'puts nothing in when one id is none',
    source: 'facts/immich.md §5, §7 (a bad id poisons the batch); transcript album-add-bad, album-remove-bad',
    async run({ anna, createAlbum, store, picture, refusesField }) {
      const album = await createAlbum();
      refusesField(await anna.put(members(album), { ids: [await store(picture('photo')), 'x'] }), 'ids');
      refusesField(await anna.remove(members(album), { ids: ['x'] }), 'ids');
      answers(await anna.get(`/api/albums/${album}`), 200, { assetCount: 0 });
    },
  },
  {
    name: 'puts nothing into an album that is foreign or gone',
    source: 'transcript album-add-foreign-album, album-add-unknown-album',
    async run({ anna, ben, createAlbum, store, picture, refuses }) {
      const album = await createAlbum();
      const bens = await store(picture('photo'), { as: ben });
      refuses(await ben.put(members(album), { ids: [bens] }), 400, 'Not found or no albumAsset.create access');
      refuses(await anna.put(members(nobodys), { ids: [await store(picture('photo'))] }), 400, 'Album not found');
    },
  },
  {
    name: 'says of each asset whether it was taken out',
    source: 'openapi removeAssetFromAlbum; transcript album-remove-mixed, album-remove-again',
    async run({ anna, ben, createAlbum, store, picture, assetIs }) {
      const [id, bens] = [await store(picture('photo')), await store(picture('photo'), { as: ben })];
      const album = await createAlbum({ assetIds: [id] });
      answers(await anna.remove(members(album), { ids: [id, bens, nobodys] }), 200, [
        { id, success: true },
        { id: bens, success: false, error: 'not_found' },
        { id: nobodys, success: false, error: 'not_found' },
      ]);
      answers(await anna.remove(members(album), { ids: [id] }), 200, [{ id, success: false, error: 'not_found' }]);
      await assetIs(id, { isTrashed: false });
    },
  },
  {
    name: 'lists the pictures of an album by search, newest first or oldest first',
    source: 'facts/immich.md §2, §8 (albums by search with explicit visibility); transcript album-search, album-search-asc',
    async run(world) {
      const dates = ['2001', '2002', '2003'].map((year) => `${year}-05-05T10:00:00.000Z`);
      const ids: string[] = [];
      for (const fileCreatedAt of dates) ids.push(await world.store(world.picture('photo'), { fields: { fileCreatedAt } }));
      const albumIds = [await world.createAlbum({ assetIds: ids })];
      assert.deepEqual(await listed(world, { albumIds, order: 'asc' }), ids);
      assert.deepEqual(await listed(world, { albumIds }), ids.toReversed());
    },
  },
  {
    name: 'lists them page by page, and names the next page as text until there is none',
    source: 'facts/immich.md §2 (paging); openapi searchAssets; transcript search-page1, search-page2',
    async run(world) {
      const ids: string[] = [];
      for (const year of [2001, 2002, 2003]) {
        ids.push(await world.store(world.picture('photo'), { fields: { fileCreatedAt: `${year}-05-05T10:00:00.000Z` } }));
      }
      const albumIds = [await world.createAlbum({ assetIds: ids })];
      const page = (number: number) => world.anna.post('/api/search/metadata', { albumIds, visibility: 'timeline', size: 2, page: number });
      const [first, second] = [await page(1), await page(2)];
      answers(first, 200, { assets: { count: 2, nextPage: '2' } });
      answers(second, 200, { assets: { count: 1, nextPage: null } });
      const seen = [first, second].flatMap(({ json }) => list(pick(json, 'assets/items')).map((asset) => pick(asset, 'id')));
      assert.deepEqual(seen.toSorted(), ids.toSorted());
    },
  },
  {
    name: 'lists archived members under their own visibility only',
    source: 'facts/immich.md §2; transcript search-timeline, search-archive',
    async run(world) {
      const shown = await world.store(world.picture('photo'));
      const archived = await world.store(world.picture('photo'), { fields: { visibility: 'archive' } });
      const albumIds = [await world.createAlbum({ assetIds: [shown, archived] })];
      assert.deepEqual(await listed(world, { albumIds, visibility: 'timeline' }), [shown]);
      assert.deepEqual(await listed(world, { albumIds, visibility: 'archive' }), [archived]);
    },
  },
  {
    name: 'finds only what is in all of several albums',
    source: 'transcript album-search-two',
    async run(world) {
      const [both, one] = [await world.store(world.picture('photo')), await world.store(world.picture('photo'))];
      const albumIds = [await world.createAlbum({ assetIds: [both, one] }), await world.createAlbum({ assetIds: [both] })];
      assert.deepEqual(await listed(world, { albumIds }), [both]);
    },
  },
  {
    name: 'shows nothing of a foreign or unknown album',
    source: 'transcript album-search-foreign, search-album-unknown',
    async run({ anna, ben, createAlbum, store, picture, dialect, refuses }) {
      const album = await createAlbum({ assetIds: [await store(picture('photo'))] });
      for (const answer of [
        await ben.post('/api/search/metadata', { albumIds: [album], visibility: 'timeline' }),
        await anna.post('/api/search/metadata', { albumIds: [nobodys], visibility: 'timeline' }),
      ]) {
        if (dialect === '2') answers(answer, 200, { assets: { items: [] } });
        else refuses(answer, 400, 'Not found or no album.read access');
      }
    },
  },
  {
    name: 'leaves out members in the trash until they come back',
    source: 'facts/immich.md §5; transcript album-trash-get, album-restored-get',
    needsTrash: true,
    async run(world) {
      const { anna } = world;
      const [kept, trashed] = [await world.store(world.picture('photo')), await world.store(world.picture('photo'))];
      const album = await world.createAlbum({ assetIds: [kept, trashed] });
      answers(await anna.remove('/api/assets', { ids: [trashed] }), 204);
      answers(await anna.get(`/api/albums/${album}`), 200, { assetCount: 1 });
      assert.deepEqual(await listed(world, { albumIds: [album] }), [kept]);
      answers(await anna.post('/api/trash/restore/assets', { ids: [trashed] }), 200);
      answers(await anna.get(`/api/albums/${album}`), 200, { assetCount: 2 });
    },
  },
  {
    name: 'puts in what lies in the trash, without a word',
    source: 'transcript album-add-trashed',
    needsTrash: true,
    async run({ anna, createAlbum, store, picture }) {
      const id = await store(picture('photo'));
      answers(await anna.remove('/api/assets', { ids: [id] }), 204);
      answers(await anna.put(members(await createAlbum()), { ids: [id] }), 200, [{ id, success: true }]);
    },
  },
];
