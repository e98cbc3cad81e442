import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { AssetId, Sha1 } from '../domain/index.ts';
import { OwnerError } from '../kernel/index.ts';
import type { Upload } from './immich.ts';
import type { RequestBody } from './transport.ts';
import { sendableName, uploadDates, uploadForm } from './upload-form.ts';

const sha1 = 'a'.repeat(40) as Sha1;
const noon = Date.parse('2024-07-14T12:00:00.000Z');

function picture(bytes: Uint8Array | string, change: Partial<Upload> = {}): Upload {
  const content = Buffer.from(bytes);
  return {
    sha1,
    sizeBytes: content.length,
    fileName: 'a.jpg',
    createdAtMs: noon,
    modifiedAtMs: noon,
    content: async function* () {
      yield content;
    },
    ...change,
  };
}

async function bytesOf(body: RequestBody): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of body.chunks()) chunks.push(chunk);
  return Buffer.concat(chunks);
}

const textOf = async (upload: Upload): Promise<string> => (await bytesOf(uploadForm(upload).body)).toString();
const partsOf = async (upload: Upload): Promise<string[]> =>
  [...(await textOf(upload)).matchAll(/ name="(\w+)"/g)].map(([, name]) => name ?? '');

describe('the form of an upload', () => {
  it('is, byte for byte, what both versions read rightly', async () => {
    const { contentType } = uploadForm(picture('JPEG'));
    assert.equal(contentType, `multipart/form-data; boundary=homeroll-${sha1}`);
    const field = (name: string, value: string) => [`--homeroll-${sha1}`, `Content-Disposition: form-data; name="${name}"`, '', value];
    assert.equal(
      await textOf(picture('JPEG', { fileName: 'Grüße "Anna" \\ 日本 😀.jpg' })),
      [
        ...field('deviceAssetId', sha1),
        ...field('deviceId', 'homeroll'),
        ...field('fileCreatedAt', '2024-07-14T12:00:00.000Z'),
        ...field('fileModifiedAt', '2024-07-14T12:00:00.000Z'),
        ...field('filename', 'Grüße "Anna" \\ 日本 😀.jpg'),
        `--homeroll-${sha1}`,
        'Content-Disposition: form-data; name="assetData"; filename="Grüße \\"Anna\\" _ 日本 😀.jpg"',
        'Content-Type: application/octet-stream',
        '',
        'JPEG',
        `--homeroll-${sha1}--`,
        '',
      ].join('\r\n'),
    );
  });

  it('puts the text before the file, and leaves out what is not set', async () => {
    assert.deepEqual(await partsOf(picture('x', { isHidden: true, isFavorite: true, livePhotoVideoId: 'v' as AssetId })), [
      ...['deviceAssetId', 'deviceId', 'fileCreatedAt', 'fileModifiedAt', 'isFavorite', 'visibility', 'livePhotoVideoId', 'filename'],
      'assetData',
    ]);
    assert.doesNotMatch(await textOf(picture('x', { isHidden: false, isFavorite: false })), /isFavorite|visibility|livePhoto|duration/);
  });

  it('puts the name last when a sidecar goes along, and gives the sidecar its extension', async () => {
    const upload = picture('x', { sidecar: { fileName: 'a.jpg', bytes: Buffer.from('<xmp/>') } });
    assert.deepEqual((await partsOf(upload)).slice(4), ['assetData', 'sidecarData', 'filename']);
    assert.match(await textOf(upload), /name="sidecarData"; filename="a\.jpg\.xmp"\r\n.*\r\n\r\n<xmp\/>\r\n/);
    assert.match(await textOf({ ...upload, sidecar: { fileName: 'A.XMP', bytes: Buffer.of() } }), /filename="A\.XMP"/);
  });

  it('is as long as it says, whatever the names, sizes and chunks', () =>
    fc.assert(
      fc.asyncProperty(
        fc.string({ unit: 'binary' }),
        fc.array(fc.uint8Array({ maxLength: 50 }), { maxLength: 5 }),
        fc.option(fc.record({ fileName: fc.string(), bytes: fc.uint8Array() }), { nil: undefined }),
        fc.integer(),
        async (fileName, chunks, sidecar, createdAtMs) => {
          const content = async function* (): AsyncGenerator<Uint8Array> {
            yield* chunks;
          };
          const sizeBytes = chunks.reduce((sum, chunk) => sum + chunk.length, 0);
          const upload = picture('', { fileName, sizeBytes, content, createdAtMs, ...(sidecar ? { sidecar } : {}) });
          const { body } = uploadForm(upload);
          const sent = await bytesOf(body);
          assert.equal(sent.length, body.sizeBytes);
          assert.ok(sent.includes(Buffer.concat(chunks)));
          const heads = sent.toString('latin1').match(/Content-Disposition: form-data; name="assetData"[^\r\n]*\r\nContent-Type/g);
          assert.equal(heads?.length, 1, 'no name breaks out of its header');
        },
      ),
    ));

  for (const [name, sizeBytes] of [
    ['shorter', 9],
    ['longer', 3],
  ] as const) {
    it(`is never finished when the content is not as long as said: ${name}`, async () => {
      const sent: Uint8Array[] = [];
      await assert.rejects(
        async () => {
          for await (const chunk of uploadForm(picture('12345', { sizeBytes })).body.chunks()) sent.push(chunk);
        },
        (error) => error instanceof OwnerError && error.code === 'changed while sending',
      );
      assert.ok(!Buffer.concat(sent).includes(`--homeroll-${sha1}--`));
    });
  }

  it('asks for the last chunk before it closes, and throws what the content throws', async () => {
    const changed = new Error('the file changed');
    const content = async function* (): AsyncGenerator<Uint8Array> {
      yield Buffer.from('1234');
      throw changed;
    };
    await assert.rejects(bytesOf(uploadForm(picture('12345', { content })).body), (error) => error === changed);
  });
});

describe('a name that can be sent', () => {
  for (const [given, sent] of [
    ['IMG_1.JPG', 'IMG_1.JPG'],
    ['a\nb\0c\x7f.jpg', 'a_b_c_.jpg'],
    ['half \ud83d.jpg', 'half \ufffd.jpg'],
    ['Gru\u0308ße.jpg', 'Gru\u0308ße.jpg'],
  ] as const) {
    it(`${JSON.stringify(given)} is sent as ${JSON.stringify(sent)}`, () => assert.equal(sendableName(given), sent));
  }
});

describe('the dates of an upload', () => {
  const at = (iso: string): number => Date.parse(iso);
  for (const { name, created, modified, sent } of [
    { name: 'go as they are', created: noon, modified: noon + 1, sent: ['2024-07-14T12:00:00.000Z', '2024-07-14T12:00:00.001Z'] },
    {
      name: 'may be old',
      created: at('1931-02-03T00:00:00Z'),
      modified: noon,
      sent: ['1931-02-03T00:00:00.000Z', '2024-07-14T12:00:00.000Z'],
    },
    {
      name: 'not unix zero, if better is known',
      created: noon,
      modified: 0,
      sent: ['2024-07-14T12:00:00.000Z', '2024-07-14T12:00:00.000Z'],
    },
    {
      name: 'not the first day of FAT in any zone',
      created: noon,
      modified: at('1979-12-31T17:00:00Z'),
      sent: ['2024-07-14T12:00:00.000Z', '2024-07-14T12:00:00.000Z'],
    },
    {
      name: 'may be the first day of FAT as the created one: a scan may tell so',
      created: at('1980-01-01T12:00:00Z'),
      modified: noon,
      sent: ['1980-01-01T12:00:00.000Z', '2024-07-14T12:00:00.000Z'],
    },
    {
      name: 'not a created one that no calendar knows',
      created: Number.NaN,
      modified: noon,
      sent: ['2024-07-14T12:00:00.000Z', '2024-07-14T12:00:00.000Z'],
    },
    {
      name: 'keep what is known when nothing better is',
      created: 0,
      modified: 0,
      sent: ['1970-01-01T00:00:00.000Z', '1970-01-01T00:00:00.000Z'],
    },
    {
      name: 'stay within the years Immich takes',
      created: at('+012345-01-01T00:00:00Z'),
      modified: -1e15,
      sent: ['9999-12-31T23:59:59.999Z', '0001-01-01T00:00:00.000Z'],
    },
    {
      name: 'are never nonsense',
      created: Number.NaN,
      modified: Number.NaN,
      sent: ['1970-01-01T00:00:00.000Z', '1970-01-01T00:00:00.000Z'],
    },
  ]) {
    it(name, () => {
      const { createdAt, modifiedAt } = uploadDates(created, modified);
      assert.deepEqual([createdAt, modifiedAt], sent);
    });
  }
});
