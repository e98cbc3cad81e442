/** The upload that is refused: which fields must be there, how they must look, and that nothing is kept of it. */
import type { ContractCase } from './kit/contract-case.ts';
import { answers, pick } from './kit/expect.ts';
import { type Fields, filePart, textParts } from './kit/form.ts';
import { pictureOf } from './kit/pictures.ts';

const path = '/api/assets';

/** Dates, and the versions that take them. */
const dates: readonly { readonly written: string; readonly takenBy: '23' | '2' | '' }[] = [
  { written: '2020-02-03T04:05:06.000Z', takenBy: '23' },
  { written: '2020-02-03T04:05:06.123456+05:45', takenBy: '23' },
  { written: '2020-02-03T04:05Z', takenBy: '23' },
  { written: '1955-02-03T04:05:06.000Z', takenBy: '23' },
  { written: '2020-02-03', takenBy: '2' },
  { written: '2020-02-03T04:05:06', takenBy: '2' },
  { written: '2020-02-03T04:05:06+0200', takenBy: '2' },
  { written: '2020-02-03 04:05:06Z', takenBy: '2' },
  { written: '2020-02-30T04:05:06.000Z', takenBy: '2' },
  { written: '1580702706000', takenBy: '' },
  { written: '+012020-02-03T04:05:06.000Z', takenBy: '' },
  { written: 'yesterday', takenBy: '' },
  { written: '', takenBy: '' },
];

/** Fields that both versions refuse, and the field they name. */
const badFields: readonly { readonly fields: Fields; readonly named: string }[] = [
  { fields: { fileCreatedAt: undefined }, named: 'fileCreatedAt' },
  { fields: { fileModifiedAt: undefined }, named: 'fileModifiedAt' },
  { fields: { fileModifiedAt: 'never' }, named: 'fileModifiedAt' },
  { fields: { isFavorite: 'True' }, named: 'isFavorite' },
  { fields: { isFavorite: '1' }, named: 'isFavorite' },
  { fields: { isFavorite: '' }, named: 'isFavorite' },
  { fields: { visibility: 'public' }, named: 'visibility' },
  { fields: { visibility: '' }, named: 'visibility' },
  { fields: { livePhotoVideoId: 'x' }, named: 'livePhotoVideoId' },
  { fields: { livePhotoVideoId: '' }, named: 'livePhotoVideoId' },
  { fields: { livePhotoVideoId: '018f2f3e-7b7a-7cc0-8c3a-1a2b3c4d5e6f' }, named: 'livePhotoVideoId' },
];

export const cases: readonly ContractCase[] = [
  ...badFields.map(({ fields, named }): ContractCase => {
    const [value] = Object.values(fields);
    return {
      name: `refuses ${named} ${value === undefined ? 'left out' : JSON.stringify(value)}, names it and keeps nothing`,
      source: 'facts/immich.md §2, §4; transcript upload-missing-*, upload-bad-favorite-*, upload-bad-visibility-*, upload-bad-live-*',
      async run({ upload, picture, presenceOf, refusesField }) {
        const photo = picture('photo');
        refusesField(await upload(photo, { fields }), named);
        answers(await presenceOf(photo), 200, { results: [{ action: 'accept' }] });
      },
    };
  }),
  ...dates.map(
    ({ written, takenBy }): ContractCase => ({
      name: `${takenBy === '' ? 'refuses' : takenBy === '2' ? 'since version 3 refuses' : 'takes'} the date ${JSON.stringify(written)}`,
      source: 'facts/immich.md §2; transcript upload-bad-created-*',
      async run({ dialect, upload, picture, refusesField }) {
        const answer = await upload(picture('photo'), { fields: { fileCreatedAt: written } });
        if (takenBy.includes(dialect)) answers(answer, 201, { status: 'created' });
        else refusesField(answer, 'fileCreatedAt');
      },
    }),
  ),
  ...(['deviceAssetId', 'deviceId'] as const).map(
    (field): ContractCase => ({
      name: `wants ${field} in version 2, and not since`,
      source: 'facts/immich.md §2, §4; transcript upload-missing-device*, upload-empty-device',
      async run({ dialect, upload, picture, refusesField }) {
        for (const value of [undefined, '']) {
          const answer = await upload(picture('photo'), { fields: { [field]: value } });
          if (dialect === '3') answers(answer, 201, { status: 'created' });
          else refusesField(answer, field);
        }
      },
    }),
  ),
  {
    name: 'takes a duration as text in version 2 and refuses it since',
    source: 'facts/immich.md §2; transcript upload-bad-duration-text',
    async run({ dialect, upload, picture, refusesField }) {
      const answer = await upload(picture('clip'), { fields: { duration: '0:00:05.000000' } });
      if (dialect === '2') answers(answer, 201, { status: 'created' });
      else refusesField(answer, 'duration');
    },
  },
  {
    name: 'refuses a form without a file',
    source: 'openapi uploadAsset; transcript upload-missing-file, upload-no-filename, upload-empty-filename',
    async run({ anna, picture, refuses }) {
      const send = (parts: Parameters<typeof anna.send>[0]['parts'] = []) =>
        anna.send({ method: 'POST', path, parts, ownConnection: true });
      refuses(await send(textParts()), 400, 'File is required');
      const photo = picture('photo');
      refuses(await send([...textParts(), { name: 'assetData', bytes: photo.bytes }]), 400, 'File is required');
      refuses(await send([...textParts(), filePart(photo, '')]), 400, 'File is required');
    },
  },
  {
    name: 'refuses a file under another field name, and a second file',
    source: 'transcript upload-wrong-part, upload-two-files',
    async run({ anna, picture, refuses }) {
      const [photo, second] = [picture('photo'), picture('photo')];
      const send = (...files: ReturnType<typeof filePart>[]) =>
        anna.send({ method: 'POST', path, parts: [...textParts(), ...files], ownConnection: true });
      refuses(await send({ ...filePart(photo), name: 'file' }), 400, 'Unexpected field - file');
      refuses(await send(filePart(photo), filePart(second)), 400, 'Unexpected field - assetData');
    },
  },
  {
    name: 'refuses a form that does not name its boundary',
    source: 'transcript upload-no-boundary',
    async run({ anna, refuses }) {
      const headers = { 'content-type': 'multipart/form-data' };
      refuses(
        await anna.send({ method: 'POST', path, raw: Buffer.from('x'), headers, ownConnection: true }),
        400,
        'Multipart: Boundary not found',
      );
    },
  },
  {
    name: 'stores an empty file in version 2 and refuses it since',
    source: 'facts/immich.md §2; transcript upload-empty',
    async run({ dialect, upload, stem, refuses }) {
      const answer = await upload(pictureOf(`${stem}.jpg`, 'image/jpeg', Buffer.alloc(0)));
      if (dialect === '3') return refuses(answer, 400, 'File is empty');
      // The owner may have an empty file already; then it is a duplicate, and stays the owner's.
      const duplicate = answer.status === 200;
      answers(answer, duplicate ? 200 : 201, { status: duplicate ? 'duplicate' : 'created' });
    },
  },
  ...['notes.txt', 'document.pdf', 'sidecar.xmp', 'without-extension', 'space.jpg '].map(
    (ending): ContractCase => ({
      name: `refuses the file name ${JSON.stringify(ending)} as a type it does not support`,
      source: 'facts/immich.md §4; transcript upload-ext-txt, upload-ext-pdf, upload-ext-xmp, upload-name-noext, upload-name-space-end',
      async run({ anna, picture, presenceOf, refuses }) {
        const photo = picture('photo');
        const filename = `hr-contract-${ending}`;
        const answer = await anna.send({ method: 'POST', path, parts: [...textParts(), filePart(photo, filename)], ownConnection: true });
        refuses(answer, 400, `Unsupported file type ${filename}`);
        answers(await presenceOf(photo), 200, { results: [{ action: 'accept' }] });
      },
    }),
  ),
  {
    name: 'stores what an answer of 500 seems to deny',
    source: 'transcript upload-bad-metadata-twice, upload-bad-metadata-twice-check (an error does not mean that nothing was stored)',
    async run({ upload, picture, presenceOf, anna }) {
      const photo = picture('photo');
      const metadata = JSON.stringify([1, 2].map((n) => ({ key: 'hr-contract', value: { n } })));
      answers(await upload(photo, { fields: { metadata } }), 500);
      const answer = await presenceOf(photo);
      answers(answer, 200, { results: [{ action: 'reject', reason: 'duplicate' }] });
      answers(await anna.get(`/api/assets/${String(pick(answer.json, 'results/0/assetId'))}`), 200, { checksum: photo.sha1Base64 });
    },
  },
];
