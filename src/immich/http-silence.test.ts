/** Who falls silent, drips, or hangs up in the middle: how long the transport waits, and what it still hears. */
import assert from 'node:assert/strict';
import { type AddressInfo, createServer as createTcpServer } from 'node:net';
import { describe, it } from 'node:test';
import { bodyFrom, get, never, post, textOf, trouble } from '../../test/kit/on-the-wire.ts';
import { answerJson, bodyOf, scriptedServer } from '../../test/scripted-server.ts';
import { systemClock as clock } from '../kernel/index.ts';
import { httpTransport } from './http-transport.ts';
import { TransportError } from './transport.ts';

describe('the patience of the transport', () => {
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

  it('counts the patience from the last byte on, and closes the connection when it is over', async () => {
    const left = Promise.withResolvers<void>();
    await using server = await scriptedServer(async (request) => {
      request.socket.once('close', () => left.resolve());
      await bodyOf(request);
    });
    const hasty = { ...clock, elapsed: () => clock.elapsed() * 100, sleep: (ms: number, by: AbortSignal) => clock.sleep(ms / 100, by) };
    const transport = httpTransport({ url: server.url, clock: hasty });
    let sentAtMs = Number.NaN;
    const body = bodyFrom(2, async function* () {
      yield Buffer.from('a');
      // Twice as long as the answer may take.
      await clock.sleep(800, never);
      yield Buffer.from('b');
    });
    const onSent = (): void => {
      sentAtMs = hasty.elapsed();
    };
    const headers = { 'Content-Type': 'multipart/form-data' };
    const sending = transport.send({ ...post(body), headers, patienceMs: 40_000, onSent }, never);
    await assert.rejects(sending, (error) => error instanceof TransportError && error.trouble === 'timed out' && error.waitedMs === 40_000);
    assert.ok(hasty.elapsed() - sentAtMs >= 40_000);
    await left.promise;
    await transport.close();
  });

  it('pings over a connection of its own, however many wait for the others', async () => {
    await using server = await scriptedServer((request, response) => {
      if (request.url === '/api/ping') answerJson(response, 200, {});
    });
    const transport = httpTransport({ url: server.url, clock, maxSockets: 2 });
    const ending = new AbortController();
    const stuck = [1, 2, 3].map(() => transport.send(get, ending.signal).catch(() => undefined));
    const { status, waitedMs } = await transport.send({ ...get, path: '/api/ping', isApart: true }, never);
    assert.equal(status, 200);
    assert.ok(waitedMs !== undefined && waitedMs >= 0);
    ending.abort();
    await Promise.all(stuck);
    await transport.close();
  });

  it('does not take our own slow disk for silence of Immich', async () => {
    await using server = await scriptedServer(async (request, response) =>
      answerJson(response, 200, { got: (await bodyOf(request)).length }),
    );
    const transport = httpTransport({ url: server.url, clock, idleMs: 1_000, answerMs: 30_000 });
    const body = bodyFrom(2, async function* () {
      yield Buffer.from('a');
      await clock.sleep(2_500, never);
      yield Buffer.from('b');
    });
    assert.equal(await textOf(await transport.send(post(body), never)), '{"got":2}');
    await transport.close();
  });
});
