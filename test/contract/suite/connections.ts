/** The wire itself: connections that are kept, cut, or shared, and bodies that do not arrive whole. */
import { strict as assert } from 'node:assert';
import type { ContractCase } from './kit/contract-case.ts';
import { answers, list, pick } from './kit/expect.ts';
import { encodeForm, uploadForm } from './kit/form.ts';
import { type Picture, pictureOf } from './kit/pictures.ts';
import type { World } from './kit/world.ts';

const path = '/api/assets';

/** Stores the picture for good and holds the server to having nothing else of this name: no half, no second. */
async function onlyTheWholeIsKept(world: World, photo: Picture): Promise<void> {
  const id = await world.store(photo);
  for (const [visibility, items] of [
    ['timeline', [{ id, checksum: photo.sha1Base64 }]],
    ['hidden', []],
  ] as const) {
    const answer = await world.anna.post('/api/search/metadata', { originalFileName: world.stem, visibility, withDeleted: true });
    answers(answer, 200, { assets: { items } });
  }
}

export const cases: readonly ContractCase[] = [
  {
    name: 'answers several questions over one connection',
    source: 'facts/immich.md §9 (keep-alive)',
    async run({ anna, original, store, picture }) {
      const id = await store(picture('photo'));
      const answers200 = [await anna.get(`/api/assets/${id}`), await original(id), await anna.get('/api/users/me')];
      for (const answer of answers200) answers(answer, 200);
      assert.ok(
        answers200.some(({ reusedConnection }) => reusedConnection),
        'every answer needed a connection of its own',
      );
    },
  },
  {
    name: 'takes several uploads over one connection',
    source: 'facts/immich.md §9 (keep-alive); issue "Shown by" (bench with kept-alive connections)',
    async run({ upload, picture }) {
      const all = [await upload(picture('photo')), await upload(picture('photo')), await upload(picture('photo'))];
      for (const answer of all) answers(answer, 201);
      assert.ok(
        all.slice(1).every(({ reusedConnection }) => reusedConnection),
        'the connection was not kept after an upload',
      );
    },
  },
  {
    name: 'keeps nothing of an upload that was cut off',
    source: 'facts/immich.md §7 (truncated uploads)',
    async run(world) {
      const photo = world.largePhoto(3_000_000);
      const question = { method: 'POST', path, parts: uploadForm(photo) };
      await world.anna.hangUp(question, 1_000_000);
      await onlyTheWholeIsKept(world, photo);
    },
  },
  {
    name: 'keeps nothing of a form that ends before its time',
    source: 'transcript upload-truncated',
    async run(world) {
      const photo = world.picture('photo');
      const { boundary, chunks } = encodeForm(uploadForm(photo));
      const whole = Buffer.concat(chunks);
      const headers = { 'content-type': `multipart/form-data; boundary=${boundary}` };
      const raw = whole.subarray(0, whole.length - boundary.length - 40);
      const answer = await world.anna.send({ method: 'POST', path, raw, headers, ownConnection: true });
      world.refuses(answer, 400, 'Multipart: Unexpected end of form');
      await onlyTheWholeIsKept(world, photo);
    },
  },
  {
    name: 'keeps nothing when Content-Length claims less than is sent',
    source: 'transcript upload-truncated; RFC 9112 §6.3',
    async run(world) {
      const photo = world.picture('photo');
      const parts = uploadForm(photo);
      const claimBytes = Buffer.concat(encodeForm(parts).chunks).length - 100;
      // The bytes beyond the claim are no request: Node may hang up over them before the form is judged.
      const answer = await world.anna.send({ method: 'POST', path, parts, claimBytes, ownConnection: true }).catch(() => undefined);
      if (answer) answers(answer, 400);
      await onlyTheWholeIsKept(world, photo);
    },
  },
  {
    name: 'keeps nothing when Content-Length claims more than ever comes',
    source: 'facts/immich.md §7 (truncated uploads); RFC 9112 §8',
    async run(world) {
      const photo = world.largePhoto(500_000);
      const parts = uploadForm(photo);
      const sentBytes = Buffer.concat(encodeForm(parts).chunks).length - 60_000;
      await world.anna.hangUp({ method: 'POST', path, parts, claimBytes: sentBytes + 5_000_000 }, sentBytes);
      await onlyTheWholeIsKept(world, photo);
    },
  },
  {
    name: 'makes one asset of the same bytes sent twice at once',
    source: 'facts/immich.md §7 (#15051, #30352; unique owner and checksum)',
    async run(world) {
      const photo = world.largePhoto(300_000);
      const both = await Promise.all([world.upload(photo), world.upload(photo)]);
      assert.deepEqual(both.map(({ json }) => String(pick(json, 'status'))).toSorted(), ['created', 'duplicate']);
      assert.equal(new Set(both.map(({ json }) => pick(json, 'id'))).size, 1, 'the two answers name different assets');
      const answer = await world.anna.post('/api/search/metadata', { originalFileName: world.stem, visibility: 'timeline' });
      assert.equal(list(pick(answer.json, 'assets/items')).length, 1);
    },
  },
  {
    name: 'keeps different uploads apart that come at once',
    source: 'facts/immich.md §7 (concurrency 1 to 4)',
    async run(world) {
      const photos = Array.from({ length: 4 }, () => world.picture('photo'));
      const ids = await Promise.all(photos.map((photo) => world.store(photo)));
      for (const [index, photo] of photos.entries())
        await world.assetIs(ids[index] ?? '', { checksum: photo.sha1Base64, originalFileName: photo.name });
    },
  },
  {
    name: 'is of use again after a refused upload',
    source: 'facts/immich.md §9; transcript upload-bad-favorite-case',
    async run({ upload, store, picture, refusesField }) {
      const photo = picture('photo');
      refusesField(await upload(photo, { fields: { isFavorite: 'True' } }), 'isFavorite');
      await store(photo);
    },
  },
  {
    name: 'takes bytes of every value, in any place of the form',
    source: 'RFC 7578 §4.1 (a boundary ends a part, nothing else does)',
    async run({ original, store, picture }) {
      const { name, mimeType, bytes } = picture('photo');
      const every = Buffer.from(Array.from({ length: 512 }, (_, index) => index & 0xff));
      const tricky = Buffer.concat([bytes, every, Buffer.from('\r\n--hr-contract-boundary\r\n\r\n--\r\n')]);
      const photo = pictureOf(name, mimeType, tricky);
      const answer = await original(await store(photo));
      assert.equal(answer.sha1, photo.sha1);
    },
  },
];
