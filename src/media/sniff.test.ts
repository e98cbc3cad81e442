import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { bytesInMemory } from './bytes.ts';
import { movie, pictures } from './fixtures.test.ts';
import { extensionOf } from './kinds.ts';
import { sniff } from './sniff.ts';

const remark = (extension: string, content: Uint8Array | undefined): Promise<string | undefined> =>
  sniff(bytesInMemory(content ?? Buffer.of()), extension);

describe('a look inside', () => {
  for (const [name, content] of Object.entries(pictures)) {
    it(`agrees with ${name}`, async () => assert.equal(await remark(extensionOf(Buffer.from(name)), content), undefined));
  }

  it('agrees with movies under each of their names', async () => {
    for (const extension of ['mov', 'mp4', 'm4v', '3gp']) assert.equal(await remark(extension, movie()), undefined);
  });

  it('agrees with what is named differently but written alike', async () => {
    assert.equal(await remark('jpeg', pictures['x.jpg']), undefined);
    assert.equal(await remark('heif', pictures['x.heic']), undefined);
    assert.equal(await remark('tif', pictures['x.nef']), undefined);
  });

  for (const { name, extension, content, says } of [
    { name: 'a PNG named .jpg', extension: 'jpg', content: pictures['x.png'], says: 'named .jpg, but holds a PNG picture' },
    { name: 'a JPEG named .heic', extension: 'heic', content: pictures['x.jpg'], says: 'named .heic, but holds a JPEG picture' },
    {
      name: 'a movie named .jpg',
      extension: 'jpg',
      content: movie({ brand: 'mp42' }),
      says: 'named .jpg, but holds an MP4 or QuickTime movie',
    },
    {
      name: 'an archive named .jpg',
      extension: 'jpg',
      content: Buffer.from('504b0304140000000000', 'hex'),
      says: 'named .jpg, but holds a file of the kind .zip',
    },
    { name: 'text named .jpg', extension: 'jpg', content: Buffer.from('<html>\nnot found'), says: 'named .jpg, but holds text' },
    { name: 'an empty file', extension: 'jpg', content: Buffer.of(), says: 'named .jpg, but holds nothing at all' },
    { name: 'what nobody can tell', extension: 'jpg', content: Buffer.from('0102030405', 'hex'), says: undefined },
    { name: 'text where text belongs', extension: 'xmp', content: Buffer.from('<x:xmpmeta/>'), says: undefined },
  ]) {
    it(`has ${says ? 'something' : 'nothing'} to say of ${name}`, async () => assert.equal(await remark(extension, content), says));
  }
});
