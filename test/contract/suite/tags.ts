/** Tags: paths that are made once, and put on assets that are told by count only. */
import { strict as assert } from 'node:assert';
import type { ContractCase } from './kit/contract-case.ts';
import { absent, answers, list, matches, pick, pickText, uuid } from './kit/expect.ts';
import type { World } from './kit/world.ts';

const path = '/api/tags';
const nobodys = '00000000-0000-4000-8000-000000000000';

/** Makes one tag. @returns its id */
async function upsert({ anna }: World, value: string): Promise<string> {
  const answer = await anna.put(path, { tags: [value] });
  answers(answer, 200, [{ id: uuid, value }]);
  return pickText(answer.json, '0/id');
}

export const cases: readonly ContractCase[] = [
  {
    name: 'makes a whole path of tags and answers with its leaf',
    source: 'facts/immich.md §5; openapi upsertTags; transcript tag-upsert',
    async run({ anna, stem }) {
      const value = `${stem}/from/Anna's phone ü`;
      const answer = await anna.put(path, { tags: [value] });
      answers(answer, 200, [{ id: uuid, parentId: uuid, name: "Anna's phone ü", value }]);
      const parent = await anna.get(`${path}/${pickText(answer.json, '0/parentId')}`);
      answers(parent, 200, { name: 'from', value: `${stem}/from`, parentId: uuid });
    },
  },
  {
    name: 'makes the same tag once',
    source: 'facts/immich.md §5; transcript tag-upsert-again',
    async run(world) {
      const value = `${world.stem}/once`;
      assert.equal(await upsert(world, value), await upsert(world, value));
      const all = list((await world.anna.get(path)).json).filter((tag) => String(pick(tag, 'value')).startsWith(world.stem));
      assert.deepEqual(all.map((tag) => pick(tag, 'value')).toSorted(), [world.stem, value]);
    },
  },
  {
    name: 'answers in the order of the question, without repeats and needless slashes',
    source: 'facts/immich.md §5; transcript tag-upsert-many',
    async run({ anna, stem }) {
      const tags = [`${stem}/b`, `${stem}/a`, `${stem}/b`, `/${stem}//c/`, `${stem}/ d `];
      const values = ['b', 'a', 'c', ' d '].map((leaf) => ({ name: leaf, value: `${stem}/${leaf}` }));
      answers(await anna.put(path, { tags }), 200, values);
    },
  },
  {
    name: 'tells capitals apart',
    source: 'transcript tag-upsert-case',
    async run(world) {
      assert.notEqual(await upsert(world, `${world.stem}/eins`), await upsert(world, `${world.stem}/EINS`));
    },
  },
  {
    name: 'makes no tag of nothing',
    source: 'transcript tag-upsert-none, tag-upsert-empty, tag-upsert-bad',
    async run({ anna, dialect, refusesField }) {
      answers(await anna.put(path, { tags: [] }), 200, []);
      const empty = await anna.put(path, { tags: ['', '/'] });
      if (dialect === '2') refusesField(empty, 'tags');
      else answers(empty, 200, []);
      refusesField(await anna.put(path, { tags: [1] }), 'tags');
    },
  },
  {
    name: 'counts only what was newly tagged',
    source: 'facts/immich.md §5; openapi bulkTagAssets; transcript tag-bulk, tag-bulk-again',
    async run(world) {
      const tagIds = [await upsert(world, `${world.stem}/one`), await upsert(world, `${world.stem}/two`)];
      const assetIds = [await world.store(world.picture('photo')), await world.store(world.picture('photo'))];
      answers(await world.anna.put(`${path}/assets`, { tagIds, assetIds }), 200, { count: 4 });
      // Immich may be reading the new file still, and sets its tags by what it finds in there.
      await world.eventually(async () => answers(await world.anna.put(`${path}/assets`, { tagIds, assetIds }), 200, { count: 0 }));
    },
  },
  {
    name: 'passes over assets and tags it may not touch',
    source: 'facts/immich.md §5; transcript tag-bulk-foreign, tag-bulk-unknown-tag, tag-bulk-bad',
    async run(world) {
      const { anna, ben, store, picture, refusesField } = world;
      const [mine, bens] = [await store(picture('photo')), await store(picture('photo'), { as: ben })];
      const tagIds = [await upsert(world, `${world.stem}/leaf`)];
      answers(await anna.put(`${path}/assets`, { tagIds, assetIds: [mine, bens, nobodys] }), 200, { count: 1 });
      answers(await anna.put(`${path}/assets`, { tagIds: [nobodys], assetIds: [mine] }), 200, { count: 0 });
      refusesField(await anna.put(`${path}/assets`, { tagIds, assetIds: ['x'] }), 'assetIds');
    },
  },
  {
    name: 'shows the tags of an asset',
    source: 'openapi AssetResponseDto; transcript tag-asset-get',
    async run(world) {
      const value = `${world.stem}/seen`;
      const id = await upsert(world, value);
      const asset = await world.store(world.picture('photo'));
      answers(await world.anna.put(`${path}/assets`, { tagIds: [id], assetIds: [asset] }), 200);
      await world.eventually(() => world.assetIs(asset, { tags: [{ id, value }] }));
    },
  },
  {
    name: 'takes a tag off again, and says of each asset whether it did',
    source: 'openapi untagAssets; transcript tag-untag, tag-untag-again',
    async run(world) {
      const tag = await upsert(world, `${world.stem}/off`);
      const id = await world.store(world.picture('photo'));
      answers(await world.anna.put(`${path}/assets`, { tagIds: [tag], assetIds: [id] }), 200, { count: 1 });
      const untag = () => world.anna.remove(`${path}/${tag}/assets`, { ids: [id] });
      answers(await untag(), 200, [{ id, success: true, error: absent }]);
      // A job that read the file before may put the tag back once.
      await world.eventually(async () => answers(await untag(), 200, [{ id, success: false, error: 'not_found' }]));
    },
  },
  {
    name: 'finds tagged pictures by the tag and by its parent',
    source: 'transcript tag-search, tag-search-parent',
    async run(world) {
      const [leaf, parent] = [await upsert(world, `${world.stem}/branch/leaf`), await upsert(world, `${world.stem}/branch`)];
      const id = await world.store(world.picture('photo'));
      answers(await world.anna.put(`${path}/assets`, { tagIds: [leaf], assetIds: [id] }), 200);
      for (const tagIds of [[leaf], [parent]]) {
        await world.eventually(async () => {
          const answer = await world.anna.post('/api/search/metadata', { tagIds, visibility: 'timeline' });
          answers(answer, 200, { assets: { items: [{ id }] } });
        });
      }
    },
  },
  {
    name: 'forgets a deleted tag with its children, and hides it from others',
    source: 'openapi deleteTag; transcript tag-delete, tag-delete-leaf, tag-get-foreign',
    async run(world) {
      const { anna, ben, stem, refuses } = world;
      const [leaf, parent] = [await upsert(world, `${stem}/branch/leaf`), await upsert(world, `${stem}/branch`)];
      refuses(await ben.get(`${path}/${leaf}`), 400, 'Not found or no tag.read access');
      answers(await anna.remove(`${path}/${parent}`), 204);
      for (const id of [parent, leaf]) refuses(await anna.get(`${path}/${id}`), 400, 'Not found or no tag.read access');
      matches(
        list((await anna.get(path)).json).filter((tag) => pick(tag, 'id') === leaf),
        [],
      );
    },
  },
];
