/** Albums as things with an id: the name is no key, and somebody else's album is not there. */
import { strict as assert } from 'node:assert';
import type { ContractCase } from './kit/contract-case.ts';
import { absent, answers, date, flag, list, number, pick, uuid } from './kit/expect.ts';

const path = '/api/albums';
const nobodys = '00000000-0000-4000-8000-000000000000';
const description = 'Über den See — "mit" Boot\nKept by Homeroll · 7f3k';

export const cases: readonly ContractCase[] = [
  {
    name: 'makes an album and answers 201 with it',
    source: 'openapi createAlbum; transcript album-create',
    async run({ anna, stem, perDialect }) {
      answers(await anna.post(path, { albumName: stem }), 201, {
        id: uuid,
        albumName: stem,
        description: '',
        assetCount: 0,
        shared: false,
        createdAt: date,
        albumThumbnailAssetId: null,
        ownerId: perDialect({ 2: uuid, 3: absent }),
        albumUsers: perDialect({ 2: [], 3: [{ role: 'owner', user: { id: uuid } }] }),
      });
    },
  },
  {
    name: 'keeps a description of several lines, whole',
    source: 'openapi createAlbum; transcript album-create-assets, album-get',
    async run({ anna, createAlbum, stem }) {
      const id = await createAlbum({ description });
      answers(await anna.get(`${path}/${id}`), 200, { id, albumName: stem, description });
    },
  },
  {
    name: 'makes two albums of one name',
    source: 'facts/immich.md §5 (albumName not unique); transcript album-create-same',
    async run({ createAlbum }) {
      assert.notEqual(await createAlbum(), await createAlbum());
    },
  },
  {
    name: 'fills a new album, passing over what it may not touch',
    source: 'facts/immich.md §5; transcript album-create-assets, album-create-foreign, album-create-unknown',
    async run({ anna, ben, createAlbum, store, picture }) {
      const [mine, bens] = [await store(picture('photo')), await store(picture('photo'), { as: ben })];
      const id = await createAlbum({ assetIds: [mine, bens, nobodys] });
      answers(await anna.get(`${path}/${id}`), 200, { assetCount: 1, albumThumbnailAssetId: mine });
    },
  },
  {
    name: 'makes no album without a name, or of ids that are none',
    source: 'transcript album-create-noname, album-create-bad, album-create-null-description',
    async run({ anna, stem, refusesField }) {
      refusesField(await anna.post(path, {}), 'albumName');
      refusesField(await anna.post(path, { albumName: stem, assetIds: ['x'] }), 'assetIds');
      refusesField(await anna.post(path, { albumName: stem, description: null }), 'description');
    },
  },
  {
    name: 'lists the albums of a user',
    source: 'openapi getAllAlbums; transcript album-list',
    async run({ anna, createAlbum }) {
      const id = await createAlbum({ description });
      const answer = await anna.get(path);
      answers(answer, 200);
      const found = list(answer.json).find((album) => pick(album, 'id') === id);
      assert.equal(pick(found, 'description'), description, 'the album is not in the list as it was made');
      assert.ok(number(pick(found, 'assetCount')) && flag(pick(found, 'shared')));
    },
  },
  {
    name: 'lists the albums that hold an asset',
    source: 'openapi getAllAlbums (assetId); transcript album-list-asset',
    async run({ anna, createAlbum, store, picture }) {
      const assetId = await store(picture('photo'));
      const holding = await createAlbum({ assetIds: [assetId] });
      await createAlbum();
      answers(await anna.get(path, { assetId }), 200, [{ id: holding }]);
    },
  },
  {
    name: 'hides an album from other users as if it were not there',
    source: 'transcript album-get-foreign, album-get-unknown, album-get-bad',
    async run({ anna, ben, createAlbum, refuses, refusesField }) {
      const id = await createAlbum();
      refuses(await ben.get(`${path}/${id}`), 400, 'Not found or no album.read access');
      refuses(await anna.get(`${path}/${nobodys}`), 400, 'Not found or no album.read access');
      refusesField(await anna.get(`${path}/x`), 'id');
      const bens = await ben.get(path);
      assert.ok(!list(bens.json).some((album) => pick(album, 'id') === id), 'the album stands in the list of another user');
    },
  },
  {
    name: 'renames an album by PATCH and keeps its id, description and pictures',
    source: 'openapi updateAlbumInfo; transcript album-update, album-update-empty',
    async run({ anna, createAlbum, store, picture, stem }) {
      const id = await createAlbum({ description, assetIds: [await store(picture('photo'))] });
      const albumName = `${stem}-renamed`;
      answers(await anna.patch(`${path}/${id}`, { albumName }), 200, { id, albumName, description });
      answers(await anna.patch(`${path}/${id}`, {}), 200, { id, albumName });
      answers(await anna.get(`${path}/${id}`), 200, { id, albumName, description, assetCount: 1 });
    },
  },
  {
    name: 'changes a description by PATCH and keeps the name',
    source: 'openapi updateAlbumInfo; transcript album-update, album-update-null',
    async run({ anna, createAlbum, stem, refusesField }) {
      const id = await createAlbum();
      answers(await anna.patch(`${path}/${id}`, { description }), 200, { id, albumName: stem, description });
      refusesField(await anna.patch(`${path}/${id}`, { description: null }), 'description');
    },
  },
  {
    name: 'knows no PUT for an album, and lets nobody rename what is not theirs',
    source: 'transcript album-update-put, album-update-foreign',
    async run({ anna, ben, createAlbum, stem, refuses }) {
      const id = await createAlbum();
      refuses(await anna.put(`${path}/${id}`, { albumName: stem }), 404, `Cannot PUT ${path}/${id}`);
      refuses(await ben.patch(`${path}/${id}`, { albumName: 'hr-contract-stolen' }), 400, 'Not found or no album.update access');
      answers(await anna.get(`${path}/${id}`), 200, { albumName: stem });
    },
  },
  {
    name: 'forgets a deleted album and keeps its pictures',
    source: 'openapi deleteAlbum; transcript album-delete, album-delete-again, album-delete-assets',
    async run({ anna, createAlbum, store, picture, assetIs, refuses }) {
      const assetId = await store(picture('photo'));
      const id = await createAlbum({ assetIds: [assetId] });
      answers(await anna.remove(`${path}/${id}`), 204);
      refuses(await anna.get(`${path}/${id}`), 400, 'Not found or no album.read access');
      refuses(await anna.remove(`${path}/${id}`), 400, 'Not found or no album.delete access');
      await assetIs(assetId, { isTrashed: false });
    },
  },
  {
    name: 'lets nobody delete an album that is not theirs',
    source: 'transcript album-delete-foreign',
    async run({ anna, ben, createAlbum, refuses }) {
      const id = await createAlbum();
      refuses(await ben.remove(`${path}/${id}`), 400, 'Not found or no album.delete access');
      answers(await anna.get(`${path}/${id}`), 200, { id });
    },
  },
];
