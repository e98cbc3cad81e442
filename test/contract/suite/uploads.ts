/** The upload that goes well: what is stored, and in which forms it may be sent. */
import { strict as assert } from 'node:assert';
import type { ContractCase } from './kit/contract-case.ts';
import { answers, pick, uuid } from './kit/expect.ts';
import { filePart, textParts, uploadForm } from './kit/form.ts';
import { pictureOf } from './kit/pictures.ts';

const path = '/api/assets';

export const cases: readonly ContractCase[] = [
  {
    name: 'stores a new picture and answers 201 with its id',
    source: 'facts/immich.md §4; openapi uploadAsset; transcript upload-plain',
    async run({ upload, picture }) {
      answers(await upload(picture('photo')), 201, { id: uuid, status: 'created' });
    },
  },
  {
    name: 'answers the same bytes again with 200, duplicate and the same id',
    source: 'facts/immich.md §4; transcript upload-again',
    async run({ store, upload, picture }) {
      const photo = picture('photo');
      const id = await store(photo);
      answers(await upload(photo), 200, { id, status: 'duplicate' });
    },
  },
  {
    name: 'keeps name, dates, favourite and visibility of the first upload',
    source: 'facts/immich.md §4; transcript upload-again-other, upload-again-get',
    async run({ store, upload, picture, assetIs }) {
      const photo = picture('photo');
      const id = await store(photo);
      const fields = {
        filename: 'hr-contract-other.jpg',
        isFavorite: 'true',
        visibility: 'archive',
        fileCreatedAt: '2001-01-01T00:00:00.000Z',
      };
      answers(await upload(photo, { fields }), 200, { id, status: 'duplicate' });
      await assetIs(id, {
        originalFileName: photo.name,
        isFavorite: false,
        visibility: 'timeline',
        fileCreatedAt: '2020-02-03T04:05:06.000Z',
      });
    },
  },
  {
    name: 'keeps the same bytes of another user apart',
    source: 'facts/immich.md §4 (unique by owner and checksum); transcript upload-by-b',
    async run({ store, picture, ben }) {
      const photo = picture('photo');
      assert.notEqual(await store(photo), await store(photo, { as: ben }));
    },
  },
  {
    name: 'records the SHA-1 of what it received, in base64',
    source: 'facts/immich.md §4; transcript upload-plain-get',
    async run({ store, picture, assetIs }) {
      const photo = picture('photo');
      await assetIs(await store(photo), { checksum: photo.sha1Base64 });
    },
  },
  {
    name: 'tells photos from videos by the extension',
    source: 'facts/immich.md §4; transcript upload-png-get, upload-mp4-get, live-video-get',
    async run({ store, picture, assetIs }) {
      await assetIs(await store(picture('drawing')), { type: 'IMAGE', originalMimeType: 'image/png' });
      await assetIs(await store(picture('clip')), { type: 'VIDEO', originalMimeType: 'video/mp4' });
      await assetIs(await store(picture('motion')), { type: 'VIDEO', originalMimeType: 'video/quicktime' });
    },
  },
  {
    name: 'stores bytes that belie their extension',
    source: 'facts/immich.md §4; transcript upload-png-inside, upload-text-inside',
    async run({ store, picture, assetIs }) {
      const drawing = picture('drawing');
      const disguised = pictureOf(drawing.name.replace('.png', '.jpg'), 'image/jpeg', drawing.bytes);
      await assetIs(await store(disguised), { type: 'IMAGE', originalMimeType: 'image/jpeg', checksum: drawing.sha1Base64 });
    },
  },
  {
    name: 'puts a picture on the timeline unless told otherwise',
    source: 'facts/immich.md §4; transcript upload-visibility-archive-get, upload-visibility-hidden-get',
    async run({ store, picture, assetIs }) {
      await assetIs(await store(picture('photo')), { visibility: 'timeline', isArchived: false });
      await assetIs(await store(picture('photo'), { fields: { visibility: 'archive' } }), { visibility: 'archive', isArchived: true });
      await assetIs(await store(picture('photo'), { fields: { visibility: 'hidden' } }), { visibility: 'hidden', isArchived: false });
    },
  },
  {
    name: 'marks a favourite when told true',
    source: 'facts/immich.md §4; transcript upload-favorite-get',
    async run({ store, picture, assetIs }) {
      await assetIs(await store(picture('photo'), { fields: { isFavorite: 'true' } }), { isFavorite: true });
      await assetIs(await store(picture('photo'), { fields: { isFavorite: 'false' } }), { isFavorite: false });
    },
  },
  {
    name: 'reads fields that come after the file',
    source: 'facts/immich.md §4 (order); transcript upload-order-first, upload-order-mixed',
    async run({ anna, picture, assetIs }) {
      const [first, middle] = [picture('photo'), picture('photo')];
      const late = await anna.send({ method: 'POST', path, parts: [filePart(first), ...textParts({ isFavorite: 'true' })] });
      answers(late, 201, { status: 'created' });
      await assetIs(String(pick(late.json, 'id')), { isFavorite: true, checksum: first.sha1Base64 });
      const [head, ...tail] = textParts();
      assert.ok(head);
      answers(await anna.send({ method: 'POST', path, parts: [head, filePart(middle), ...tail] }), 201, { status: 'created' });
    },
  },
  {
    name: 'takes a body without Content-Length',
    source: 'transcript upload-chunked',
    async run({ anna, picture, assetIs }) {
      const photo = picture('photo');
      const answer = await anna.send({ method: 'POST', path, parts: uploadForm(photo), chunked: true });
      answers(answer, 201, { status: 'created' });
      await assetIs(String(pick(answer.json, 'id')), { checksum: photo.sha1Base64 });
    },
  },
  {
    name: 'takes a file part without a content type',
    source: 'transcript upload-no-part-type',
    async run({ anna, picture }) {
      const { bytes, name } = picture('photo');
      const parts = [...textParts(), { name: 'assetData', bytes, filename: name }];
      answers(await anna.send({ method: 'POST', path, parts }), 201, { status: 'created' });
    },
  },
  {
    name: 'passes over fields it does not know',
    source: 'facts/immich.md §2; transcript upload-bad-unknown-field',
    async run({ store, picture }) {
      await store(picture('photo'), { fields: { colour: 'blue' } });
    },
  },
  {
    name: 'stores 5 MB and gives them back unchanged',
    source: 'facts/immich.md §4 (no size limit), §5 (download check)',
    async run({ original, store, largePhoto }) {
      const photo = largePhoto(5 * 1024 * 1024);
      const answer = await original(await store(photo));
      answers(answer, 200);
      assert.equal(answer.body.length, photo.bytes.length);
      assert.equal(answer.sha1, photo.sha1);
    },
  },
];
