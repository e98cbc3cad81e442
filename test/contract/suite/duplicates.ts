/** The header x-immich-checksum: a duplicate told before its bytes are sent, and nothing more than that. */
import type { ContractCase } from './kit/contract-case.ts';
import { answers, pick } from './kit/expect.ts';
import { uploadForm } from './kit/form.ts';

const header = 'x-immich-checksum';

export const cases: readonly ContractCase[] = [
  ...[
    { written: 'hex', of: (sha1: string) => sha1 },
    { written: 'upper-case hex', of: (sha1: string) => sha1.toUpperCase() },
    { written: 'base64', of: (sha1: string) => Buffer.from(sha1, 'hex').toString('base64') },
  ].map(
    ({ written, of }): ContractCase => ({
      name: `knows a duplicate by its checksum in ${written}`,
      source:
        'facts/immich.md §4; openapi uploadAsset; transcript upload-checksum-hex-hit, upload-checksum-upper-hit, upload-checksum-base64-hit',
      async run({ store, upload, picture }) {
        const photo = picture('photo');
        const id = await store(photo);
        answers(await upload(photo, { headers: { [header]: of(photo.sha1) } }), 200, { id, status: 'duplicate' });
      },
    }),
  ),
  {
    name: 'answers a known checksum before the body has come',
    source: 'facts/immich.md §4 (looked up before the body is read)',
    async run({ anna, store, picture, largePhoto }) {
      const photo = picture('photo');
      const id = await store(photo);
      const answer = await anna.send({
        method: 'POST',
        path: '/api/assets',
        parts: uploadForm(largePhoto(2_000_000)),
        headers: { [header]: photo.sha1 },
        holdBackAfterBytes: 100_000,
      });
      answers(answer, 200, { id, status: 'duplicate' });
    },
  },
  {
    name: 'looks at neither fields nor bytes once the checksum is known',
    source: 'transcript upload-checksum-hit-other-body, upload-checksum-hit-bad-fields',
    async run({ store, upload, picture, presenceOf }) {
      const [photo, other] = [picture('photo'), picture('photo')];
      const id = await store(photo);
      const headers = { [header]: photo.sha1 };
      answers(await upload(other, { headers }), 200, { id, status: 'duplicate' });
      answers(await upload(photo, { headers, fields: { fileCreatedAt: 'x' } }), 200, { id, status: 'duplicate' });
      answers(await presenceOf(other), 200, { results: [{ action: 'accept' }] });
    },
  },
  ...['a'.repeat(40), 'garbage', ''].map(
    (wrong): ContractCase => ({
      name: `does not compare the bytes with the checksum ${JSON.stringify(wrong)}`,
      source: 'facts/immich.md §4 (never compared), §7; transcript upload-checksum-miss, upload-checksum-garbage, upload-checksum-empty',
      async run({ upload, picture, assetIs }) {
        const photo = picture('photo');
        const answer = await upload(photo, { headers: { [header]: wrong } });
        answers(answer, 201, { status: 'created' });
        await assetIs(String(pick(answer.json, 'id')), { checksum: photo.sha1Base64 });
      },
    }),
  ),
  {
    name: 'stores a picture whose checksum only another user has',
    source: 'transcript upload-checksum-hit-foreign',
    async run({ ben, store, upload, picture }) {
      const photo = picture('photo');
      await store(photo, { as: ben });
      answers(await upload(photo, { headers: { [header]: photo.sha1 } }), 201, { status: 'created' });
    },
  },
  {
    name: 'calls a picture in the trash a duplicate, and leaves it there',
    source: 'facts/immich.md §4, §7; transcript delete-trash-upload, delete-trash-upload-checksum',
    needsTrash: true,
    async run({ anna, store, upload, picture, assetIs }) {
      const photo = picture('photo');
      const id = await store(photo);
      answers(await anna.remove('/api/assets', { ids: [id] }), 204);
      answers(await upload(photo), 200, { id, status: 'duplicate' });
      answers(await upload(photo, { headers: { [header]: photo.sha1 } }), 200, { id, status: 'duplicate' });
      await assetIs(id, { isTrashed: true });
    },
  },
];
