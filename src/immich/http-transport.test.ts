import assert from 'node:assert/strict';
import { type AddressInfo, createServer as createTcpServer } from 'node:net';
import { describe, it } from 'node:test';
import { answerJson, bodyOf, scriptedServer } from '../../test/scripted-server.ts';
import { systemClock as clock } from '../kernel/index.ts';
import { httpTransport, serverAddress } from './http-transport.ts';
import { type ImmichRequest, type ImmichResponse, type RequestBody, TransportError } from './transport.ts';

const never = new AbortController().signal;
const get: ImmichRequest = { method: 'GET', path: '/api/x', headers: {} };

async function textOf(response: ImmichResponse): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of response.body) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

function bodyFrom(sizeBytes: number, chunks: () => AsyncIterable<Uint8Array>): RequestBody {
  return { sizeBytes, chunks };
}

function post(body: RequestBody): ImmichRequest {
  return { method: 'POST', path: '/api/assets', headers: {}, body };
}

const trouble = (named: TransportError['trouble'], wasSent?: boolean) => (error: unknown) =>
  error instanceof TransportError && error.trouble === named && (wasSent === undefined || error.wasSent === wasSent);

describe('the address', () => {
  for (const [written, read] of [
    ['http://immich.local:2283', 'http://immich.local:2283/'],
    ['http://immich.local:2283/api/', 'http://immich.local:2283/'],
    ['https://home.example/photos/', 'https://home.example/photos'],
    ['https://me:secret@home.example', 'https://home.example/'],
  ] as const) {
    it(`is read from ${written}`, () => assert.equal(serverAddress(written).href, read));
  }
});

describe('the transport over HTTP', () => {
  it('sends method, path, headers and a body of exact length, and hands back the answer', async () => {
    await using server = await scriptedServer(async (request, response) => {
      const { 'content-length': length, 'x-api-key': key, 'transfer-encoding': encoding } = request.headers;
      answerJson(response, 201, { length, key, encoding, body: await bodyOf(request) }, { 'X-Said': 'yes' });
    });
    const transport = httpTransport({ url: `${server.url}/photos/api`, clock });
    const body = bodyFrom(5, async function* () {
      yield Buffer.from('he');
      yield Buffer.from('llo');
    });
    const answer = await transport.send({ ...post(body), headers: { 'x-api-key': 'k' } }, never);
    assert.equal(answer.status, 201);
    assert.equal(answer.headers['x-said'], 'yes');
    assert.deepEqual(JSON.parse(await textOf(answer)), { length: '5', key: 'k', body: 'hello' });
    assert.deepEqual(server.asked, ['POST /photos/api/assets']);
    await transport.close();
  });

  it('keeps one connection for many requests', async () => {
    await using server = await scriptedServer((_request, response) => answerJson(response, 200, {}));
    const transport = httpTransport({ url: server.url, clock });
    for (let n = 0; n < 5; n++) await textOf(await transport.send(get, never));
    assert.equal(server.connections(), 1);
    await transport.close();
  });

  it('reads nothing ahead: the next chunk is asked for when the one before has left, and the end is not sent before the last', async () => {
    let arrivedBytes = 0;
    await using server = await scriptedServer((request, response) => {
      request.on('data', (chunk: Buffer) => {
        arrivedBytes += chunk.length;
      });
      request.on('end', () => answerJson(response, 200, { arrivedBytes }));
    });
    const transport = httpTransport({ url: server.url, clock });
    const body = bodyFrom(2_000_001, async function* () {
      yield Buffer.alloc(2_000_000);
      while (arrivedBytes < 2_000_000) await clock.sleep(1, never);
      yield Buffer.alloc(1);
    });
    assert.deepEqual(JSON.parse(await textOf(await transport.send(post(body), never))), { arrivedBytes: 2_000_001 });
    await transport.close();
  });

  it('breaks the connection when the content throws, and throws the very same', async () => {
    const { promise: begun, resolve: begin } = Promise.withResolvers<void>();
    const { promise: ending, resolve: end } = Promise.withResolvers<'whole' | 'broken'>();
    await using server = await scriptedServer((request) => {
      request.on('data', begin);
      request.on('end', () => end('whole'));
      request.on('error', () => end('broken'));
    });
    const transport = httpTransport({ url: server.url, clock });
    const changed = new Error('the file changed');
    const body = bodyFrom(100_000, async function* () {
      yield Buffer.alloc(60_000);
      await begun;
      throw changed;
    });
    await assert.rejects(transport.send(post(body), never), (error) => error === changed);
    assert.equal(await ending, 'broken');
    await transport.close();
  });

  it('counts an answer that comes before the body is out, stops sending, and minds no broken pipe', async () => {
    const { promise: heard, resolve: hear } = Promise.withResolvers<void>();
    await using server = await scriptedServer((request, response) => {
      response.writeHead(200, { 'Content-Length': 3, Connection: 'close' });
      response.write('yes');
      void heard.then(() => request.socket.resetAndDestroy());
    });
    const transport = httpTransport({ url: server.url, clock });
    const { promise: left, resolve: leave } = Promise.withResolvers<void>();
    let givenBytes = 0;
    const body = bodyFrom(1_000_000_000, async function* () {
      try {
        for (; givenBytes < 1_000_000_000; givenBytes += 100_000) yield Buffer.alloc(100_000);
      } finally {
        leave();
      }
    });
    const answer = await transport.send(post(body), never);
    hear();
    assert.equal(await textOf(answer), 'yes');
    await left;
    assert.ok(givenBytes < 1_000_000_000, 'the rest of the file was not read');
    await transport.close();
  });

  for (const hangUp of ['resetAndDestroy', 'destroy'] as const) {
    it(`hears an answer that is followed at once by the end of the connection (${hangUp})`, async () => {
      const refusal = 'HTTP/1.1 413 Too Large\r\nServer: nginx\r\nContent-Length: 0\r\nConnection: close\r\n\r\n';
      const server = createTcpServer((socket) => {
        socket.on('error', () => undefined);
        socket.once('data', () => socket.pause().write(refusal, () => socket[hangUp]()));
      }).listen(0, '127.0.0.1');
      await new Promise((resolve) => server.once('listening', resolve));
      const transport = httpTransport({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, clock });
      const sizeBytes = 20_000_000;
      const body = bodyFrom(sizeBytes, async function* () {
        for (let givenBytes = 0; givenBytes < sizeBytes; givenBytes += 250_000) yield Buffer.alloc(250_000);
      });
      try {
        for (let time = 0; time < 20; time += 1) {
          const { status, body: rest } = await transport.send(post(body), never);
          for await (const _ of rest) break;
          assert.equal(status, 413);
        }
      } finally {
        await transport.close();
        server.close();
      }
    });
  }

  it('gives up on a server that accepts and says nothing, as soon as the request has no more patience', async () => {
    await using server = await scriptedServer(() => undefined);
    const transport = httpTransport({ url: server.url, clock });
    await assert.rejects(transport.send({ ...get, patienceMs: 100 }, never), trouble('timed out'));
    await transport.close();
  });

  it('says lost when the connection ends in the middle of the body', async () => {
    await using server = await scriptedServer((request) => {
      request.once('data', () => request.socket.resetAndDestroy());
    });
    const transport = httpTransport({ url: server.url, clock });
    const body = bodyFrom(10_000_000, async function* () {
      for (let n = 0; n < 10; n++) yield Buffer.alloc(1_000_000);
    });
    await assert.rejects(transport.send(post(body), never), trouble('lost', true));
    assert.equal(server.asked.length, 1, 'what may have arrived is not sent again');
    await transport.close();
  });

  it('says lost when the answer is shorter than promised', async () => {
    await using server = await scriptedServer((_request, response) => {
      response.writeHead(200, { 'Content-Length': 1000 });
      response.write('half', () => response.socket?.destroy());
    });
    const transport = httpTransport({ url: server.url, clock });
    const answer = await transport.send(get, never);
    await assert.rejects(textOf(answer), trouble('lost'));
    await transport.close();
  });

  it('asks a bodiless GET once more on a fresh connection when the pooled one was closing', async () => {
    let isFirst = true;
    await using server = await scriptedServer((request, response) => {
      if (!isFirst) return answerJson(response, 200, {});
      isFirst = false;
      request.socket.resetAndDestroy();
    });
    const transport = httpTransport({ url: server.url, clock });
    assert.equal(await textOf(await transport.send(get, never)), '{}');
    assert.equal(server.asked.length, 2);
    await transport.close();
  });

  it('gives up after the second time', async () => {
    await using server = await scriptedServer((request) => request.socket.resetAndDestroy());
    const transport = httpTransport({ url: server.url, clock });
    await assert.rejects(transport.send(get, never), trouble('lost'));
    assert.equal(server.asked.length, 2);
    await transport.close();
  });

  it('says refused where nobody listens, and asks for nothing of the body', async () => {
    const server = await scriptedServer(() => undefined);
    await server[Symbol.asyncDispose]();
    const transport = httpTransport({ url: server.url, clock });
    const body = bodyFrom(1, () => assert.fail('asked for content without a connection'));
    await assert.rejects(transport.send(post(body), never), trouble('refused', false));
    await transport.close();
  });

  it('says so when the other side does not speak HTTP', async () => {
    const server = createTcpServer((socket) => socket.end('SSH-2.0-OpenSSH\r\n')).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const transport = httpTransport({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, clock });
    await assert.rejects(transport.send(get, never), trouble('not http'));
    await transport.close();
    server.close();
  });

  it('has patience with a slow answer, but not with silence', async () => {
    await using server = await scriptedServer((request, response) => {
      if (request.url === '/api/silent') return;
      response.writeHead(200);
      let left = 8;
      const drip = setInterval(() => {
        if (left-- > 0) response.write('.');
        else response.end(() => clearInterval(drip));
      }, 50);
    });
    const transport = httpTransport({ url: server.url, clock, idleMs: 250, answerMs: 250 });
    assert.equal(await textOf(await transport.send(get, never)), '........');
    await assert.rejects(transport.send({ ...get, path: '/api/silent' }, never), trouble('timed out'));
    await transport.close();
  });

  it('says lost when an answer drips for so long that nothing comes of it', async () => {
    const { promise: left, resolve: leave } = Promise.withResolvers<void>();
    await using server = await scriptedServer((_request, response) => {
      response.writeHead(200, { 'Content-Length': 100_000 });
      const drip = setInterval(() => response.write('.'), 10);
      response.once('close', () => {
        clearInterval(drip);
        leave();
      });
    });
    const transport = httpTransport({ url: server.url, clock, idleMs: 100, answerMs: 250 });
    await assert.rejects(textOf(await transport.send(get, never)), trouble('lost'));
    await left;
    await transport.close();
  });

  it('says lost when an answer stands still on its way: one file may do that, while Immich is there for the others', async () => {
    await using server = await scriptedServer((_request, response) => {
      response.writeHead(200, { 'Content-Length': 10 });
      response.write('x');
    });
    const transport = httpTransport({ url: server.url, clock, idleMs: 50, answerMs: 250 });
    await assert.rejects(textOf(await transport.send(get, never)), trouble('lost'));
    await transport.close();
  });

  it('gives Immich a quarter of an hour for a file, and a minute or two for a question', async () => {
    await using server = await scriptedServer(async (request, response) => {
      if (request.url === '/api/silent') return;
      await bodyOf(request);
      await clock.sleep(2_000, never);
      answerJson(response, 201, {});
    });
    const hasty = { ...clock, elapsed: () => clock.elapsed() * 100, sleep: (ms: number, by: AbortSignal) => clock.sleep(ms / 100, by) };
    const transport = httpTransport({ url: server.url, clock: hasty });
    const body = bodyFrom(1, async function* () {
      yield Buffer.from('a');
    });
    const file = transport.send({ ...post(body), headers: { 'Content-Type': 'multipart/form-data' } }, never);
    const question = transport.send({ ...post(body), path: '/api/silent', headers: { 'Content-Type': 'application/json' } }, never);
    await assert.rejects(question, trouble('timed out'));
    assert.equal((await file).status, 201);
    await transport.close();
  });

  it('does not take our own slow disk for silence of Immich', async () => {
    await using server = await scriptedServer(async (request, response) =>
      answerJson(response, 200, { got: (await bodyOf(request)).length }),
    );
    const transport = httpTransport({ url: server.url, clock, idleMs: 50, answerMs: 5_000 });
    const body = bodyFrom(2, async function* () {
      yield Buffer.from('a');
      await clock.sleep(200, never);
      yield Buffer.from('b');
    });
    assert.equal(await textOf(await transport.send(post(body), never)), '{"got":2}');
    await transport.close();
  });

  it('lets go at once when aborted: while waiting, and in the middle of an answer', async () => {
    await using server = await scriptedServer((request, response) => {
      if (request.url === '/api/silent') return;
      response.writeHead(200, { 'Content-Length': 10 });
      response.write('x');
    });
    const transport = httpTransport({ url: server.url, clock });
    const why = new Error('stop');
    const [waiting, reading] = [new AbortController(), new AbortController()];
    const silent = transport.send({ ...get, path: '/api/silent' }, waiting.signal);
    setImmediate(() => waiting.abort(why));
    await assert.rejects(silent, (error) => error === why);

    const answer = await transport.send(get, reading.signal);
    const read = (async () => {
      for await (const _chunk of answer.body) reading.abort(why);
    })();
    await assert.rejects(read, (error) => error === why);
    await assert.rejects(transport.send(get, AbortSignal.abort(why)), (error) => error === why);
    await transport.close();
  });
});
