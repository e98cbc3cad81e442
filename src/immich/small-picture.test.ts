import assert from 'node:assert/strict';
import type { RequestListener } from 'node:http';
import { describe, it } from 'node:test';
import { answerJson, type ScriptedServer, scriptedServer } from '../../test/scripted-server.ts';
import type { AssetId } from '../domain/index.ts';
import { systemClock } from '../kernel/index.ts';
import { ImmichError } from './failures.ts';
import { httpTransport } from './http-transport.ts';
import type { SmallPicture } from './immich.ts';
import { smallPicture } from './small-picture.ts';

const never = new AbortController().signal;
const assetId = '11111111-1111-4111-8111-111111111111' as AssetId;

interface Scripted extends AsyncDisposable {
  readonly server: ScriptedServer;
  picture(): Promise<SmallPicture | 'none'>;
}

async function scripted(listener: RequestListener): Promise<Scripted> {
  const server = await scriptedServer(listener);
  const transport = httpTransport({ url: server.url, clock: systemClock });
  const caller = { transport, url: server.url, key: 'key', userAgent: 'homeroll/test' };
  return {
    server,
    picture: () => smallPicture(caller, { assetId, mostBytes: 64 }, never),
    async [Symbol.asyncDispose]() {
      await transport.close();
      await server[Symbol.asyncDispose]();
    },
  };
}

describe('a small picture', () => {
  const jpeg = Buffer.from('ffd8ffe000104a46', 'hex');
  const png = Buffer.from('89504e470d0a1a0a00', 'hex');
  const webp = Buffer.from('RIFF0000WEBP');
  const none = { status: 404, bytes: Buffer.from('{"message":"Asset media not found"}') };
  for (const { what, preview, thumbnail, is, asks } of [
    { what: 'is the preview', preview: jpeg, thumbnail: webp, is: 'image/jpeg', asks: 1 },
    { what: 'may be a PNG', preview: png, thumbnail: webp, is: 'image/png', asks: 1 },
    {
      what: 'is the thumbnail where the preview is too large',
      preview: Buffer.concat([jpeg, Buffer.alloc(100)]),
      thumbnail: jpeg,
      is: 'image/jpeg',
      asks: 2,
    },
    { what: 'is the thumbnail where there is no preview', preview: none, thumbnail: png, is: 'image/png', asks: 2 },
    { what: 'is none where nothing is drawn yet', preview: none, thumbnail: none, is: 'none', asks: 2 },
    { what: 'is none where all is WebP', preview: webp, thumbnail: webp, is: 'none', asks: 2 },
    { what: "is no proxy's page", preview: Buffer.from('<html>Welcome</html>'), thumbnail: Buffer.alloc(0), is: 'none', asks: 2 },
  ]) {
    it(what, async () => {
      await using world = await scripted((request, response) => {
        const said = request.url?.endsWith('size=preview') ? preview : thumbnail;
        if (Buffer.isBuffer(said)) response.writeHead(200, { 'Content-Type': 'image/jpeg' }).end(said);
        else response.writeHead(said.status, { 'Content-Type': 'application/json' }).end(said.bytes);
      });
      const picture = await world.picture();
      assert.equal(picture === 'none' ? 'none' : picture.type, is);
      assert.equal(world.server.asked.length, asks);
    });
  }

  it('that the key may not see is refused, with the permission', async () => {
    await using world = await scripted((_request, response) =>
      answerJson(response, 403, { message: 'Missing required permission: asset.view' }),
    );
    await assert.rejects(
      world.picture(),
      (error) => error instanceof ImmichError && error.kind === 'permission missing' && error.permission === 'asset.view',
    );
  });
});
