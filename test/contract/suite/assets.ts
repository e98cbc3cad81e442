/** One asset as its owner sees it, and the little that Homeroll changes about it. */
import type { ContractCase } from './kit/contract-case.ts';
import { absent, answers, before, date, flag, instant, matches, nothingOr, number, pick, text, uuid } from './kit/expect.ts';

const nobodys = '00000000-0000-4000-8000-000000000000';

export const cases: readonly ContractCase[] = [
  {
    name: 'shows an asset with all that a client reads of it',
    source: 'openapi AssetResponseDto; transcript upload-plain-get, job-provisional',
    async run({ store, picture, assetIs, perDialect }) {
      const photo = picture('photo');
      const id = await store(photo);
      await assetIs(id, {
        id,
        ownerId: uuid,
        libraryId: null,
        type: 'IMAGE',
        originalFileName: photo.name,
        originalMimeType: 'image/jpeg',
        originalPath: text,
        checksum: photo.sha1Base64,
        visibility: 'timeline',
        isTrashed: false,
        isFavorite: false,
        isArchived: false,
        isOffline: false,
        livePhotoVideoId: null,
        fileCreatedAt: date,
        fileModifiedAt: date,
        localDateTime: date,
        updatedAt: date,
        hasMetadata: flag,
        tags: [],
        deviceAssetId: perDialect({ 2: 'hr-contract', 3: absent }),
        deviceId: perDialect({ 2: 'hr-contract', 3: absent }),
        duration: perDialect({ 2: text, 3: nothingOr(number) }),
      });
    },
  },
  {
    name: 'says how long the original is',
    source: 'transcript upload-plain-get, job-provisional (exifInfo.fileSizeInByte)',
    async run({ anna, store, picture, eventually }) {
      const photo = picture('photo');
      const id = await store(photo);
      await eventually(async () => {
        const answer = await anna.get(`/api/assets/${id}`);
        matches(pick(answer.json, 'exifInfo/fileSizeInByte'), photo.bytes.length);
      });
    },
  },
  {
    name: 'draws a preview, once it is drawn, as a JPEG or a PNG',
    source: 'openapi viewAsset',
    async run({ anna, store, picture, eventually }) {
      const id = await store(picture('photo'));
      await eventually(async () => {
        const answer = await anna.get(`/api/assets/${id}/thumbnail?size=preview`);
        answers(answer, 200);
        matches(/^(ffd8ff|89504e47)/.test(answer.body.toString('hex', 0, 4)), true);
      });
    },
  },
  {
    name: 'keeps the instant of a date and loses its offset',
    source: 'facts/immich.md §4 (dates, #19408); transcript upload-noexif-get',
    async run({ store, picture, assetIs }) {
      const fields = { fileCreatedAt: '2015-06-07T08:09:10.123+02:00', fileModifiedAt: '2016-07-08T09:10:11.000Z' };
      const id = await store(picture('photo'), { fields });
      await assetIs(id, {
        fileCreatedAt: instant('2015-06-07T06:09:10.123Z'),
        localDateTime: instant('2015-06-07T06:09:10.123Z'),
        fileModifiedAt: instant('2016-07-08T09:10:11.000Z'),
      });
    },
  },
  {
    name: 'takes the earlier of both dates for a picture without a date of its own',
    source: 'facts/immich.md §4 (dates); transcript upload-noexif-mtime-get',
    async run({ store, picture, assetIs, eventually }) {
      const fields = { fileCreatedAt: '2016-06-07T08:09:10.000Z', fileModifiedAt: '2012-07-08T09:10:11.000Z' };
      const id = await store(picture('photo'), { fields });
      await eventually(() => assetIs(id, { fileCreatedAt: instant('2012-07-08T09:10:11.000Z') }));
    },
  },
  {
    name: 'shows no picture without a date of its own later than it was received',
    source: 'facts/immich.md §4 (dates: the birth of the server’s own file is the third)',
    async run({ store, picture, assetIs, eventually }) {
      const future = '2099-01-02T03:04:05.000Z';
      const id = await store(picture('photo'), { fields: { fileCreatedAt: future, fileModifiedAt: future } });
      await eventually(() => assetIs(id, { localDateTime: before(future) }));
    },
  },
  {
    name: 'takes the date that EXIF tells, sooner or later',
    source: 'facts/immich.md §4 (dates); transcript job-provisional, job-final',
    async run({ store, datedPhoto, assetIs, eventually }) {
      const id = await store(datedPhoto({ at: '2019:08:17 10:11:12', offset: '+02:00' }));
      await eventually(() =>
        assetIs(id, { fileCreatedAt: instant('2019-08-17T08:11:12.000Z'), localDateTime: instant('2019-08-17T10:11:12.000Z') }),
      );
    },
  },
  {
    name: 'hides an asset from other users as if it were not there',
    source: 'transcript asset-get-foreign, asset-get-unknown',
    async run({ anna, ben, store, picture, refuses }) {
      refuses(await ben.get(`/api/assets/${await store(picture('photo'))}`), 400, 'Not found or no asset.read access');
      refuses(await anna.get(`/api/assets/${nobodys}`), 400, 'Not found or no asset.read access');
    },
  },
  {
    name: 'wants a UUID of version 4, in either case',
    source: 'facts/immich.md §2; transcript asset-get-bad, error-uuid-v1, error-uuid-upper',
    async run({ anna, refuses, refusesField }) {
      refusesField(await anna.get('/api/assets/not-a-uuid'), 'id');
      refusesField(await anna.get('/api/assets/6ba7b810-9dad-11d1-80b4-00c04fd430c8'), 'id');
      refuses(await anna.get('/api/assets/ABCDEFAB-CDEF-4BCD-8BCD-ABCDEFABCDEF'), 400, 'Not found or no asset.read access');
    },
  },
  {
    name: 'changes visibility and favourite by PUT, and answers with the asset',
    source: 'facts/immich.md §2 (PUT is the verb of both); transcript asset-put-favorite, asset-put-archive',
    async run({ anna, store, picture, assetIs }) {
      const id = await store(picture('photo'));
      answers(await anna.put(`/api/assets/${id}`, { isFavorite: true }), 200, { id, isFavorite: true });
      answers(await anna.put(`/api/assets/${id}`, { visibility: 'archive' }), 200, { id, visibility: 'archive' });
      await assetIs(id, { isFavorite: true, visibility: 'archive', isArchived: true });
    },
  },
  {
    name: 'takes an empty change for none',
    source: 'transcript asset-put-empty',
    async run({ anna, store, picture }) {
      const id = await store(picture('photo'));
      answers(await anna.put(`/api/assets/${id}`, {}), 200, { id });
    },
  },
  {
    name: 'lets nobody change what is not theirs',
    source: 'transcript asset-put-foreign, asset-put-unknown-id',
    async run({ anna, ben, store, picture, assetIs, refuses }) {
      const id = await store(picture('photo'));
      refuses(await ben.put(`/api/assets/${id}`, { isFavorite: true }), 400, 'Not found or no asset.update access');
      refuses(await anna.put(`/api/assets/${nobodys}`, { isFavorite: true }), 400, 'Not found or no asset.update access');
      await assetIs(id, { isFavorite: false });
    },
  },
];
