/** Sidecars: an XMP file sent in one form with its picture. There is no later. */
import { strict as assert } from 'node:assert';
import { dateSidecar } from '../../../src/media/index.ts';
import type { ContractCase } from './kit/contract-case.ts';
import { answers, instant, pick } from './kit/expect.ts';
import { type FilePart, filePart, type Part, textParts } from './kit/form.ts';
import type { Answer } from './kit/wire.ts';
import type { World } from './kit/world.ts';

const xmp = `<?xpacket begin="\uFEFF" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmp:Rating="4"/>
</rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>`;

function sidecar(filename: string, content = xmp): FilePart {
  return { name: 'sidecarData', bytes: Buffer.from(content), filename, contentType: 'application/xml' };
}

async function send({ anna }: World, parts: readonly Part[]): Promise<Answer> {
  return await anna.send({ method: 'POST', path: '/api/assets', parts, ownConnection: true });
}

export const cases: readonly ContractCase[] = [
  {
    name: 'takes a sidecar with its picture and leaves the original as it is',
    source: 'facts/immich.md §4; openapi uploadAsset; transcript upload-sidecar',
    async run(world) {
      const photo = world.picture('photo');
      const answer = await send(world, [...textParts(), filePart(photo), sidecar('hr-contract.xmp')]);
      answers(answer, 201, { status: 'created' });
      const id = String(pick(answer.json, 'id'));
      await world.assetIs(id, { originalFileName: photo.name, checksum: photo.sha1Base64 });
      assert.equal((await world.original(id)).sha1, photo.sha1);
    },
  },
  {
    name: 'takes a sidecar before its picture, in capitals, and without sense',
    source: 'transcript upload-sidecar-first, upload-sidecar-upper, upload-sidecar-garbage',
    async run(world) {
      const forms = [
        [...textParts(), sidecar('hr-contract.xmp'), filePart(world.picture('photo'))],
        [...textParts(), filePart(world.picture('photo')), sidecar('hr-contract.XMP')],
        [...textParts(), filePart(world.picture('photo')), sidecar('hr-contract.xmp', 'this is no XMP')],
      ];
      for (const parts of forms) answers(await send(world, parts), 201, { status: 'created' });
    },
  },
  {
    name: 'shows the date of a sidecar that tells nothing else',
    source: 'facts/immich.md §4 (dates)',
    async run(world) {
      const written = Buffer.from(dateSidecar('2020-03-01T00:30:00.000+01:00')).toString();
      const answer = await send(world, [...textParts(), filePart(world.picture('photo')), sidecar('hr-contract.xmp', written)]);
      answers(answer, 201);
      const shown = { localDateTime: instant('2020-03-01T00:30:00.000Z'), fileCreatedAt: instant('2020-02-29T23:30:00.000Z') };
      await world.eventually(() => world.assetIs(String(pick(answer.json, 'id')), shown));
    },
  },
  {
    name: 'refuses a sidecar of another extension',
    source: 'facts/immich.md §4; transcript upload-sidecar-xml',
    async run(world) {
      const photo = world.picture('photo');
      const answer = await send(world, [...textParts(), filePart(photo), sidecar('hr-contract.xml')]);
      world.refuses(answer, 400, 'Unsupported file type hr-contract.xml');
      answers(await world.presenceOf(photo), 200, { results: [{ action: 'accept' }] });
    },
  },
  {
    name: 'mistakes a field filename that comes first for the name of the sidecar',
    source: 'facts/immich.md §9; transcript upload-sidecar-filename, upload-sidecar-filename-late',
    async run(world) {
      const field = { name: 'filename', value: 'hr-contract-field.jpg' };
      const early = await send(world, [...textParts(), field, filePart(world.picture('photo')), sidecar('hr-contract.xmp')]);
      world.refuses(early, 400, 'Unsupported file type hr-contract-field.jpg');
      const late = await send(world, [...textParts(), filePart(world.picture('photo')), sidecar('hr-contract.xmp'), field]);
      answers(late, 201, { status: 'created' });
      await world.assetIs(String(pick(late.json, 'id')), { originalFileName: 'hr-contract-field.jpg' });
    },
  },
  {
    name: 'refuses a sidecar alone, and two of them',
    source: 'transcript upload-sidecar-only, upload-sidecar-two',
    async run(world) {
      const one = sidecar('hr-contract.xmp');
      world.refuses(await send(world, [...textParts(), one]), 400, 'Field(s) assetData should not be empty');
      const two = await send(world, [...textParts(), filePart(world.picture('photo')), one, one]);
      world.refuses(two, 400, 'Unexpected field - sidecarData');
    },
  },
  {
    name: 'drops the sidecar of a picture that it has already',
    source: 'facts/immich.md §4; transcript upload-sidecar-duplicate',
    async run(world) {
      const photo = world.picture('photo');
      const id = await world.store(photo);
      const answer = await send(world, [...textParts(), filePart(photo), sidecar('hr-contract.xmp')]);
      answers(answer, 200, { id, status: 'duplicate' });
    },
  },
];
