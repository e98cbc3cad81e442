import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import type { RequestListener } from 'node:http';
import { describe, it } from 'node:test';
import { answerJson, bodyOf, type ScriptedServer, scriptedServer } from '../../test/scripted-server.ts';
import type { AlbumId, AssetId, Sha1 } from '../domain/index.ts';
import { OwnerError, seededIds, silentLog, systemClock, systemRandom } from '../kernel/index.ts';
import { connect } from './connect.ts';
import { type FailureKind, ImmichError } from './failures.ts';
import { httpTransport } from './http-transport.ts';
import type { Immich, Upload } from './immich.ts';

const never = new AbortController().signal;
const assetId = '11111111-1111-4111-8111-111111111111' as AssetId;
const key = 'a-very-secret-key';

interface Scripted extends AsyncDisposable {
  readonly immich: Immich;
  readonly server: ScriptedServer;
}

async function scripted(listener: RequestListener): Promise<Scripted> {
  const server = await scriptedServer(listener);
  const transport = httpTransport({ url: server.url, clock: systemClock });
  const ports = {
    clock: { ...systemClock, sleep: async () => undefined },
    random: systemRandom,
    ids: seededIds(systemRandom),
    log: silentLog,
  };
  const limits = { questions: 4, uploads: 2, proofs: 1 };
  const immich = connect({ url: server.url, key, transport, userAgent: 'homeroll/test', limits, ...ports });
  const close = async (): Promise<void> => {
    await transport.close();
    await server[Symbol.asyncDispose]();
  };
  return { immich, server, [Symbol.asyncDispose]: close };
}

const failsAs =
  (kind: FailureKind, says = /./) =>
  (error: unknown) =>
    error instanceof ImmichError && error.kind === kind && says.test(error.message);

function picture(change: Partial<Upload> = {}): Upload {
  return {
    sha1: 'b'.repeat(40) as Sha1,
    sizeBytes: 5,
    fileName: 'a.jpg',
    createdAtMs: 1e12,
    modifiedAtMs: 1e12,
    content: async function* () {
      yield Buffer.from('hello');
    },
    ...change,
  };
}

describe('asking Immich', () => {
  it('says who asks, with which key, and nowhere else the key', async () => {
    await using world = await scripted((request, response) => {
      const { 'x-api-key': said, 'user-agent': agent } = request.headers;
      answerJson(response, 401, { message: said === key && agent === 'homeroll/test' ? 'Invalid API key' : 'wrong head' });
    });
    await assert.rejects(world.immich.me(never), (error) => {
      assert.ok(failsAs('key refused', /Invalid API key/)(error));
      assert.ok(!JSON.stringify(error, Object.getOwnPropertyNames(error)).includes(key));
      return true;
    });
  });

  it('refuses a key that cannot be one, without showing it', () => {
    const wrong = { url: 'http://x', transport: httpTransport({ url: 'http://x', clock: systemClock }), userAgent: 'x' };
    const rest = {
      limits: { questions: 1, uploads: 1, proofs: 1 },
      clock: systemClock,
      random: systemRandom,
      ids: seededIds(systemRandom),
    };
    assert.throws(
      () => connect({ ...wrong, ...rest, key: 'two\nlines', log: silentLog }),
      (error) => error instanceof OwnerError && !error.message.includes('lines'),
    );
  });

  it('checks at most 5,000 at once, matches by the echoed id, and asks nothing for nothing', async () => {
    const sizes: number[] = [];
    await using world = await scripted(async (request, response) => {
      const { assets } = JSON.parse(await bodyOf(request)) as { assets: { id: string; checksum: string }[] };
      sizes.push(assets.length);
      const results = assets.map(({ id, checksum }) =>
        checksum.endsWith('7')
          ? { id, action: 'reject', reason: 'duplicate', assetId, isTrashed: true, more: 1 }
          : { id, action: 'accept' },
      );
      answerJson(response, 200, { results: results.reverse() });
    });
    const sha1s = Array.from({ length: 5_003 }, (_, n) => n.toString(10).padStart(40, '0') as Sha1);
    const presences = await world.immich.checkPresence(sha1s, never);
    assert.deepEqual(sizes, [5_000, 3]);
    assert.deepEqual(presences[17], { kind: 'present', assetId, isTrashed: true });
    assert.deepEqual([presences.length, presences[18], presences[5_002]], [5_003, { kind: 'absent' }, { kind: 'absent' }]);
    assert.deepEqual(await world.immich.checkPresence([], never), []);
    assert.equal(world.server.asked.length, 2);
  });

  it('does not take an answer that leaves a file out', async () => {
    await using world = await scripted((_request, response) => answerJson(response, 200, { results: [] }));
    await assert.rejects(world.immich.checkPresence(['c'.repeat(40) as Sha1], never), failsAs('garbage', /leaves out/));
  });

  it('knows a web page from an answer', async () => {
    await using world = await scripted((_request, response) => response.end('<html><title>Welcome to nginx!</title></html>'));
    await assert.rejects(world.immich.ping(never), failsAs('garbage', /not JSON/));
  });

  it('names what is wrong with an answer', async () => {
    await using world = await scripted((_request, response) => answerJson(response, 200, { major: 3, minor: 'x', patch: 0 }));
    await assert.rejects(world.immich.serverVersion(never), failsAs('garbage', /minor/));
  });

  it('follows no redirect, and names the new address', async () => {
    await using world = await scripted((_request, response) =>
      response.writeHead(301, { Location: 'https://new.example/api/server/ping' }).end(),
    );
    await assert.rejects(world.immich.ping(never), failsAs('moved', /https:\/\/new\.example\. /));
    assert.equal(world.server.asked.length, 1);
  });

  it('understands a server in maintenance, whatever else it leaves out', async () => {
    await using world = await scripted((_request, response) => answerJson(response, 200, { maintenanceMode: true }));
    assert.equal((await world.immich.serverConfig(never)).isInMaintenance, true);
  });

  it('asks once who it is, however many albums there are', async () => {
    const user = { id: assetId, name: 'Anna', isAdmin: false };
    const album = (n: number) => ({
      id: `00000000-0000-4000-8000-00000000000${n}`,
      albumName: 'a',
      albumUsers: [{ role: 'owner', user }],
      shared: false,
      assetCount: 0,
      createdAt: '2020-01-01T00:00:00.000Z',
    });
    await using world = await scripted((request, response) => {
      const answers: Record<string, unknown> = { '/api/albums': [album(1), album(2), album(3)], '/api/users/me': user };
      answerJson(response, 200, answers[request.url ?? ''] ?? { major: 3, minor: 1, patch: 0 });
    });
    assert.equal((await world.immich.listAlbums(never)).length, 3);
    assert.equal(world.server.asked.filter((asked) => asked.endsWith('/users/me')).length, 1);
  });

  it('never takes an unknown route for an asset that is gone', async () => {
    await using world = await scripted((request, response) => answerJson(response, 404, { message: `Cannot GET ${request.url}` }));
    await assert.rejects(world.immich.fetchAsset(assetId, never), failsAs('away', /maintenance/));
  });

  it('asks version 2 to leave the pictures out of an album, and version 3 not', async () => {
    for (const [major, path] of [
      [2, `GET /api/albums/${assetId}?withoutAssets=true`],
      [3, `GET /api/albums/${assetId}`],
    ] as const) {
      await using world = await scripted((request, response) => {
        if (request.url === '/api/server/version') return answerJson(response, 200, { major, minor: 0, patch: 0 });
        answerJson(response, 400, { message: 'Not found or no album.read access' });
      });
      assert.equal(await world.immich.fetchAlbum(assetId as string as AlbumId, never), 'absent');
      assert.equal(world.server.asked[1], path);
    }
  });
});

describe('asking by name', () => {
  it('finds own assets of exactly that name: where each lies and how big it is', async () => {
    const [me, partner] = ['22222222-2222-4222-8222-222222222222', '33333333-3333-4333-8333-333333333333'];
    const found = { id: assetId, ownerId: me, originalFileName: 'a.jpg', libraryId: null, exifInfo: { fileSizeInByte: 5 } };
    await using world = await scripted(async (request, response) => {
      if (request.url === '/api/users/me') return answerJson(response, 200, { id: me, name: 'Anna', isAdmin: false });
      assert.deepEqual(JSON.parse(await bodyOf(request)), { originalFileName: 'a.jpg', visibility: 'timeline', withExif: true, size: 100 });
      const items = [
        found,
        { ...found, libraryId: partner },
        { ...found, libraryId: undefined, exifInfo: { fileSizeInByte: null } },
        { ...found, exifInfo: undefined },
        { ...found, ownerId: partner },
        { ...found, originalFileName: 'A.JPG' },
        { ...found, originalFileName: 'aa.jpg' },
      ];
      answerJson(response, 200, { assets: { items, nextPage: null } });
    });
    assert.deepEqual(await world.immich.findByName('a.jpg', never), [
      { assetId, sizeBytes: 5, isExternal: false },
      { assetId, sizeBytes: 5, isExternal: true },
      { assetId, sizeBytes: undefined, isExternal: false },
      { assetId, sizeBytes: undefined, isExternal: false },
    ]);
  });
});

describe('uploading', () => {
  it('sends the checksum ahead and knows a duplicate', async () => {
    await using world = await scripted(async (request, response) => {
      assert.equal(request.headers['x-immich-checksum'], 'b'.repeat(40));
      const body = await bodyOf(request);
      assert.equal(body.length, Number(request.headers['content-length']));
      answerJson(response, 200, { id: assetId, status: 'duplicate' });
    });
    assert.partialDeepStrictEqual(await world.immich.upload(picture(), never), { assetId, isDuplicate: true });
  });

  for (const { name, answer, kind, mayBeStored } of [
    { name: '413 of a proxy', answer: (r) => r.writeHead(413, { Server: 'nginx' }).end('<html>'), kind: 'too large', mayBeStored: false },
    { name: '500', answer: (r) => answerJson(r, 500, { message: 'Internal server error' }), kind: 'busy', mayBeStored: true },
    { name: '504 page', answer: (r) => r.writeHead(504).end('<html>'), kind: 'away', mayBeStored: true },
    { name: 'page instead of an answer', answer: (r) => r.writeHead(200).end('<html>'), kind: 'garbage', mayBeStored: true },
    { name: 'lost connection', answer: (r) => r.socket?.resetAndDestroy(), kind: 'unclear', mayBeStored: true },
    {
      name: 'full quota',
      answer: (r) => answerJson(r, 400, { message: 'Quota has been exceeded!' }),
      kind: 'quota full',
      mayBeStored: false,
    },
  ] as const satisfies readonly {
    name: string;
    answer: (response: Parameters<RequestListener>[1]) => unknown;
    kind: FailureKind;
    mayBeStored: boolean;
  }[]) {
    it(`is tried once: ${name}`, async () => {
      await using world = await scripted((request, response) => request.resume().on('end', () => answer(response)));
      await assert.rejects(
        world.immich.upload(picture(), never),
        (error) => failsAs(kind)(error) && (error as ImmichError).mayBeStored === mayBeStored,
      );
      assert.equal(world.server.asked.length, 1);
    });
  }

  it('passes on what the content throws', async () => {
    await using world = await scripted((request) => request.resume());
    const changed = new Error('the file changed');
    const content = async function* (): AsyncGenerator<Uint8Array> {
      yield Buffer.from('hell');
      throw changed;
    };
    await assert.rejects(world.immich.upload(picture({ content }), never), (error) => error === changed);
  });
});

describe('reading back', () => {
  const original = Buffer.alloc(300_000, 'photo');
  const sha1 = createHash('sha1').update(original).digest('hex');

  it('hashes what arrives, past every cache', async () => {
    await using world = await scripted((request, response) => {
      assert.deepEqual([request.headers['cache-control'], request.headers['accept-encoding']], ['no-cache', 'identity']);
      response.writeHead(200, { 'Content-Length': original.length }).end(original);
    });
    assert.deepEqual(await world.immich.readBack(assetId, never), { sha1, sizeBytes: original.length });
    assert.deepEqual(world.server.asked, [`GET /api/assets/${assetId}/original`]);
  });

  it('takes half a picture for no proof', async () => {
    await using world = await scripted((_request, response) => {
      response.writeHead(200, { 'Content-Length': original.length });
      response.write(original.subarray(0, 1000), () => response.socket?.destroy());
    });
    await assert.rejects(world.immich.readBack(assetId, never), failsAs('unclear'));
  });

  it('takes no compressed picture for a proof', async () => {
    await using world = await scripted((_request, response) => response.writeHead(200, { 'Content-Encoding': 'gzip' }).end(original));
    await assert.rejects(world.immich.readBack(assetId, never), failsAs('garbage', /gzip/));
  });

  it('takes neither a web page nor a part for other bytes: nobody is alarmed over a login page', async () => {
    for (const [status, type, says] of [
      [200, 'text/html; charset=utf-8', /text\/html/],
      [206, 'image/jpeg', /206/],
    ] as const) {
      await using world = await scripted((_request, response) =>
        response.writeHead(status, { 'Content-Type': type }).end('<title>Sign in'),
      );
      await assert.rejects(world.immich.readBack(assetId, never), failsAs('garbage', says));
    }
  });

  for (const [status, message] of [
    [400, 'Not found or no asset.download access'],
    [404, 'Not Found'],
  ] as const) {
    it(`says not found for ${status} ${message}`, async () => {
      await using world = await scripted((_request, response) => answerJson(response, status, { message }));
      await assert.rejects(world.immich.readBack(assetId, never), failsAs('not found'));
    });
  }
});
