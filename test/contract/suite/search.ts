/** Search by metadata: how a client finds its pictures again, and how far a listing may be trusted. */
import { strict as assert } from 'node:assert';
import type { ContractCase } from './kit/contract-case.ts';
import { absent, answers, list, number, pick, uuid } from './kit/expect.ts';
import type { World } from './kit/world.ts';

type Query = Readonly<Record<string, unknown>>;
const path = '/api/search/metadata';

async function found({ anna }: World, query: Query): Promise<string[]> {
  const answer = await anna.post(path, query);
  answers(answer, 200);
  return list(pick(answer.json, 'assets/items')).map((asset) => String(pick(asset, 'id')));
}

/** Uploads one photo for each year and gives back their ids, oldest first. */
async function storeYears(world: World, years: readonly number[]): Promise<string[]> {
  const ids: string[] = [];
  for (const year of years)
    ids.push(await world.store(world.picture('photo'), { fields: { fileCreatedAt: `${year}-05-05T10:00:00.000Z` } }));
  return ids;
}

export const cases: readonly ContractCase[] = [
  {
    name: 'answers with assets, a count of this page and the next page',
    source: 'facts/immich.md §2; openapi SearchResponseDto; transcript search-timeline',
    async run({ anna, store, picture, stem, perDialect }) {
      const photo = picture('photo');
      const id = await store(photo);
      const deviceId = perDialect({ 2: 'hr-contract', 3: absent });
      const asset = { id, ownerId: uuid, checksum: photo.sha1Base64, originalFileName: photo.name, isTrashed: false, deviceId };
      answers(await anna.post(path, { originalFileName: stem, visibility: 'timeline' }), 200, {
        albums: { total: number, items: [] },
        assets: { total: 1, count: 1, items: [asset], nextPage: null },
      });
    },
  },
  {
    name: 'finds a picture by its checksum in hex or base64',
    source: 'facts/immich.md §2; transcript search-checksum-hex, search-checksum-base64, search-checksum-garbage',
    async run(world) {
      const photo = world.picture('photo');
      const id = await world.store(photo);
      for (const checksum of [photo.sha1, photo.sha1Base64])
        assert.deepEqual(await found(world, { checksum, visibility: 'timeline' }), [id]);
      assert.deepEqual(await found(world, { checksum: 'zzz', visibility: 'timeline' }), []);
    },
  },
  {
    name: 'finds any part of a name, in either case',
    source: 'facts/immich.md §2; transcript search-name-case, search-name-middle',
    async run(world) {
      const id = await world.store(world.picture('photo'));
      assert.deepEqual(await found(world, { originalFileName: world.stem.slice(3).toUpperCase(), visibility: 'timeline' }), [id]);
    },
  },
  {
    name: 'tells size and library of what it finds, when asked for exif',
    source: 'openapi AssetResponseDto, ExifResponseDto; transcript search-exif',
    async run({ anna, store, picture, stem, eventually }) {
      const photo = picture('photo');
      const id = await store(photo);
      await eventually(async () =>
        answers(await anna.post(path, { originalFileName: stem, visibility: 'timeline', withExif: true, size: 1 }), 200, {
          assets: { items: [{ id, libraryId: null, exifInfo: { fileSizeInByte: photo.bytes.length } }] },
        }),
      );
    },
  },
  {
    name: 'finds under each visibility what has it',
    source: 'facts/immich.md §2; transcript search-timeline, search-archive, search-hidden',
    async run(world) {
      for (const visibility of ['timeline', 'archive', 'hidden']) {
        const id = await world.store(world.picture('photo'), { fields: { visibility } });
        assert.deepEqual(await found(world, { originalFileName: world.stem, visibility }), [id]);
      }
    },
  },
  {
    name: 'means the timeline when no visibility is said in version 2, and nearly all since',
    source: 'facts/immich.md §2 (#29385); transcript search-default, search-checksum-archived',
    async run(world) {
      const [shown, archived, hidden] = [
        await world.store(world.picture('photo')),
        await world.store(world.picture('photo'), { fields: { visibility: 'archive' } }),
        await world.store(world.picture('motion'), { fields: { visibility: 'hidden' } }),
      ];
      const due = world.perDialect({ 2: [shown], 3: [shown, archived, hidden] });
      assert.deepEqual((await found(world, { originalFileName: world.stem })).toSorted(), due.toSorted());
    },
  },
  {
    name: 'shows the trash only when asked',
    source: 'facts/immich.md §2; transcript search-deleted, search-checksum-trashed, search-trashed-after',
    needsTrash: true,
    async run(world) {
      const photo = world.picture('photo');
      const id = await world.store(photo);
      answers(await world.anna.remove('/api/assets', { ids: [id] }), 204);
      const query = { checksum: photo.sha1, visibility: 'timeline' };
      assert.deepEqual(await found(world, query), []);
      assert.deepEqual(await found(world, { ...query, withDeleted: true }), [id]);
      assert.deepEqual(await found(world, { ...query, trashedAfter: '2020-01-01T00:00:00.000Z' }), [id]);
    },
  },
  {
    name: 'orders by date, newest first unless told otherwise',
    source: 'transcript search-asc, search-timeline',
    async run(world) {
      const ids = await storeYears(world, [2011, 2012, 2013]);
      const query = { originalFileName: world.stem, visibility: 'timeline' };
      assert.deepEqual(await found(world, query), ids.toReversed());
      assert.deepEqual(await found(world, { ...query, order: 'asc' }), ids);
    },
  },
  {
    name: 'gives pages of the size asked for, and an empty one beyond the end',
    source: 'facts/immich.md §2; transcript search-page1, search-page2, search-page3',
    async run(world) {
      const [oldest, middle, newest] = await storeYears(world, [2011, 2012, 2013]);
      const page = (number: number) =>
        world.anna.post(path, { originalFileName: world.stem, visibility: 'timeline', size: 2, page: number });
      // `total` counts the page, not all that was found.
      answers(await page(1), 200, { assets: { total: 2, count: 2, items: [{ id: newest ?? '' }, { id: middle ?? '' }], nextPage: '2' } });
      answers(await page(2), 200, { assets: { total: 1, count: 1, items: [{ id: oldest ?? '' }], nextPage: null } });
      answers(await page(3), 200, { assets: { total: 0, count: 0, items: [], nextPage: null } });
    },
  },
  {
    name: 'takes 1 to 1,000 for a size and 1 or more for a page',
    source: 'facts/immich.md §2; openapi MetadataSearchDto; transcript search-size0, search-size1001, search-page0',
    async run({ anna, stem, refusesField }) {
      const query = { originalFileName: stem, visibility: 'timeline' };
      answers(await anna.post(path, { ...query, size: 1000 }), 200);
      refusesField(await anna.post(path, { ...query, size: 0 }), 'size');
      refusesField(await anna.post(path, { ...query, size: 1001 }), 'size');
      refusesField(await anna.post(path, { ...query, page: 0 }), 'page');
    },
  },
  {
    name: 'refuses a visibility it does not know, and the locked folder without its code',
    source: 'transcript search-visibility-bad, search-locked',
    async run({ anna, refuses, refusesField }) {
      refusesField(await anna.post(path, { visibility: 'x' }), 'visibility');
      refuses(await anna.post(path, { visibility: 'locked' }), 401, 'Elevated permission is required');
    },
  },
  {
    name: 'passes over fields it does not know',
    source: 'transcript search-unknown',
    async run(world) {
      const id = await world.store(world.picture('photo'));
      assert.deepEqual(await found(world, { originalFileName: world.stem, colour: 'blue', visibility: 'timeline' }), [id]);
    },
  },
  {
    name: 'finds by id, and nothing of other users',
    source: 'transcript search-id, search-id-foreign, search-id-bad, search-b',
    async run(world) {
      const photo = world.picture('photo');
      const id = await world.store(photo);
      assert.deepEqual(await found(world, { id, visibility: 'timeline' }), [id]);
      for (const query of [{ id }, { checksum: photo.sha1 }, { originalFileName: world.stem }]) {
        answers(await world.ben.post(path, { ...query, visibility: 'timeline' }), 200, { assets: { items: [] } });
      }
      world.refusesField(await world.anna.post(path, { id: 'x' }), 'id');
    },
  },
];
