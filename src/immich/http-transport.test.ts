import assert from 'node:assert/strict';
import { type AddressInfo, createServer as createTcpServer } from 'node:net';
import { describe, it } from 'node:test';
import { bodyFrom, get, never, post, textOf, trouble } from '../../test/kit/on-the-wire.ts';
import { answerJson, bodyOf, scriptedServer } from '../../test/scripted-server.ts';
import { systemClock as clock } from '../kernel/index.ts';
import { httpTransport, serverAddress } from './http-transport.ts';

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
