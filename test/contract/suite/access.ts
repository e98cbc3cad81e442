/** Who may do what: keys, permissions, and what a key can learn about itself. */
import { strict as assert } from 'node:assert';
import type { ContractCase } from './kit/contract-case.ts';
import { answers, flag, matches, nothingOr, number, pick, pickText, text, uuid } from './kit/expect.ts';
import { uploadForm } from './kit/form.ts';

const anyChecksum = 'a'.repeat(40);
const anyId = '00000000-0000-4000-8000-000000000000';

/** Calls that Homeroll makes, each with the one permission it needs (the endpoint tables of both versions). */
const needs = [
  { permission: 'user.read', method: 'GET', path: '/api/users/me' },
  {
    permission: 'asset.upload',
    method: 'POST',
    path: '/api/assets/bulk-upload-check',
    json: { assets: [{ id: 'x', checksum: anyChecksum }] },
  },
  { permission: 'asset.read', method: 'GET', path: `/api/assets/${anyId}` },
  { permission: 'asset.read', method: 'POST', path: '/api/search/metadata', json: {} },
  { permission: 'asset.download', method: 'GET', path: `/api/assets/${anyId}/original` },
  { permission: 'asset.view', method: 'GET', path: `/api/assets/${anyId}/thumbnail?size=preview` },
  { permission: 'asset.update', method: 'PUT', path: `/api/assets/${anyId}`, json: { isFavorite: true } },
  { permission: 'asset.delete', method: 'DELETE', path: '/api/assets', json: { ids: [anyId] } },
  { permission: 'asset.delete', method: 'POST', path: '/api/trash/restore/assets', json: { ids: [anyId] } },
  { permission: 'album.create', method: 'POST', path: '/api/albums', json: { albumName: 'hr-contract-refused' } },
  { permission: 'album.read', method: 'GET', path: '/api/albums' },
  { permission: 'album.update', method: 'PATCH', path: `/api/albums/${anyId}`, json: { albumName: 'hr-contract-refused' } },
  { permission: 'album.delete', method: 'DELETE', path: `/api/albums/${anyId}` },
  { permission: 'albumAsset.create', method: 'PUT', path: `/api/albums/${anyId}/assets`, json: { ids: [anyId] } },
  { permission: 'tag.create', method: 'PUT', path: '/api/tags', json: { tags: ['hr-contract-refused'] } },
  { permission: 'tag.asset', method: 'PUT', path: '/api/tags/assets', json: { tagIds: [anyId], assetIds: [anyId] } },
];

export const cases: readonly ContractCase[] = [
  {
    name: 'asks for a key when there is none, and says so',
    source: 'facts/immich.md §5; transcript auth-none',
    async run({ stranger, refuses }) {
      refuses(await stranger.get('/api/users/me'), 401, 'Authentication required');
      refuses(await stranger.get('/api/api-keys/me'), 401, 'Authentication required');
    },
  },
  {
    name: 'takes an empty key for none',
    source: 'transcript auth-empty',
    async run({ withKey, refuses }) {
      refuses(await withKey('').get('/api/users/me'), 401, 'Authentication required');
    },
  },
  {
    name: 'refuses a key it does not know, with another sentence',
    source: 'facts/immich.md §5; transcript auth-bad, auth-me-bad',
    async run({ withKey, refuses }) {
      refuses(await withKey('nonsense').get('/api/users/me'), 401, 'Invalid API key');
      refuses(await withKey('nonsense').get('/api/api-keys/me'), 401, 'Invalid API key');
    },
  },
  {
    name: 'looks at the key before it looks at the question',
    source: 'transcript auth-none-and-bad-body, auth-missing-and-bad-body',
    async run({ stranger, limitedTo, refuses }) {
      refuses(await stranger.post('/api/assets/bulk-upload-check', { nonsense: 1 }), 401, 'Authentication required');
      const reader = await limitedTo('asset.read');
      refuses(await reader.post('/api/assets/bulk-upload-check', { nonsense: 1 }), 403, 'Missing required permission: asset.upload');
    },
  },
  {
    name: 'takes no picture from a stranger or a wrong key',
    source: 'transcript upload-none, upload-bad-key',
    async run({ stranger, withKey, picture, presenceOf, refuses }) {
      const photo = picture('photo');
      const upload = { method: 'POST', path: '/api/assets', parts: uploadForm(photo), ownConnection: true };
      refuses(await stranger.send(upload), 401, 'Authentication required');
      refuses(await withKey('nonsense').send(upload), 401, 'Invalid API key');
      answers(await presenceOf(photo), 200, { results: [{ action: 'accept' }] });
    },
  },
  {
    name: 'names the permission that a key lacks, for every call that Homeroll makes',
    source: 'facts/immich.md §5; transcript auth-missing-permission, download-missing, trash-restore-missing, tag-bulk-missing',
    async run({ limitedTo, refuses }) {
      const narrow = await limitedTo('memory.read');
      for (const { permission, method, path, json } of needs) {
        refuses(await narrow.send({ method, path, ...(json ? { json } : {}) }), 403, `Missing required permission: ${permission}`);
      }
    },
  },
  {
    name: 'refuses an upload with a key that may not upload',
    source: 'transcript upload-limited-missing',
    async run({ limitedTo, upload, picture, refuses }) {
      const reader = await limitedTo('asset.read');
      refuses(await upload(picture('photo'), { as: reader }), 403, 'Missing required permission: asset.upload');
    },
  },
  {
    name: 'needs no more than asset.upload for an upload and its check',
    source: 'openapi uploadAsset, checkBulkUpload; transcript upload-limited',
    async run({ limitedTo, store, presenceOf, picture }) {
      const uploader = await limitedTo('asset.upload');
      const photo = picture('photo');
      const id = await store(photo, { as: uploader });
      answers(await presenceOf(photo, uploader), 200, { results: [{ action: 'reject', assetId: id }] });
    },
  },
  {
    name: 'needs no more than asset.download for reading back',
    source: 'facts/immich.md §5; transcript download-limited',
    async run({ limitedTo, original, store, picture }) {
      const photo = picture('photo');
      const id = await store(photo);
      const answer = await original(id, { as: await limitedTo('asset.download') });
      answers(answer, 200);
      assert.equal(answer.sha1, photo.sha1);
    },
  },
  {
    name: 'tells any key what it may do',
    source: 'facts/immich.md §5, §9; openapi getMyApiKey; transcript auth-me-full, auth-me-limited',
    async run({ anna, limitedTo, stem }) {
      answers(await anna.get('/api/api-keys/me'), 200, { id: uuid, name: text, permissions: ['all'] });
      const limited = await limitedTo('asset.upload', 'asset.read');
      answers(await limited.get('/api/api-keys/me'), 200, { name: stem, permissions: ['asset.upload', 'asset.read'] });
    },
  },
  {
    name: 'forgets a key at once when it is deleted',
    source: 'openapi createApiKey, deleteApiKey; transcript auth-create, auth-delete, auth-use-deleted',
    async run({ anna, withKey, stem, refuses }) {
      const made = await anna.post('/api/api-keys', { name: stem, permissions: ['asset.read'] });
      answers(made, 201, { secret: text, apiKey: { id: uuid, name: stem, permissions: ['asset.read'] } });
      const client = withKey(pickText(made.json, 'secret'));
      answers(await client.get('/api/api-keys/me'), 200);
      answers(await anna.remove(`/api/api-keys/${pickText(made.json, 'apiKey/id')}`), 204);
      refuses(await client.get('/api/api-keys/me'), 401, 'Invalid API key');
    },
  },
  {
    name: 'tells whose key it is, and the quota',
    source: 'facts/immich.md §4; openapi getMyUser; transcript users-me-a',
    async run({ anna }) {
      answers(await anna.get('/api/users/me'), 200, {
        id: uuid,
        name: text,
        email: text,
        isAdmin: flag,
        status: 'active',
        quotaSizeInBytes: nothingOr(number),
        quotaUsageInBytes: nothingOr(number),
      });
    },
  },
  {
    name: 'writes the same user id into what the user owns',
    source: 'openapi getMyUser, getAssetInfo; transcript upload-plain-get',
    async run({ anna, ben, store, picture, assetIs }) {
      const [me, other] = [await anna.get('/api/users/me'), await ben.get('/api/users/me')];
      await assetIs(await store(picture('photo')), { ownerId: pickText(me.json, 'id') });
      matches(pick(other.json, 'id'), uuid);
      assert.notEqual(pick(me.json, 'id'), pick(other.json, 'id'));
    },
  },
];
