/** A receiver's answer counts by its status, however it goes on: it may be endless, stall, or break off. */
import assert from 'node:assert/strict';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, it } from 'node:test';
import { systemClock } from '../kernel/index.ts';
import { type Answered, httpAsk } from './http-ask.ts';

const never = new AbortController().signal;

async function ask(
  respond: (response: ServerResponse) => void,
  { mostBytes = 10, answerMs = 5_000, signal = never }: { mostBytes?: number; answerMs?: number; signal?: AbortSignal } = {},
): Promise<Answered> {
  const server = createServer((request, response) => request.resume().on('end', () => respond(response)));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hidden`;
    return await httpAsk({ clock: systemClock, userAgent: 'test', answerMs })(
      { method: 'POST', url, body: Buffer.from('{}'), mostBytes },
      signal,
    );
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}

describe('an answer', () => {
  it('is read to the number of bytes that count, and no further', async () => {
    const endless = (response: ServerResponse): void => {
      response.on('drain', () => response.write('x'.repeat(100_000)));
      response.write('x'.repeat(100_000));
    };
    assert.deepEqual(await ask(endless), { kind: 'answer', status: 200, retryAfter: undefined, text: 'xxxxxxxxxx' });
  });

  it('is one though the rest of it never comes', async () => {
    const stalling = (response: ServerResponse): void => void response.writeHead(200, { 'Content-Length': 100 }).write('ab');
    assert.deepEqual(await ask(stalling, { answerMs: 300 }), { kind: 'answer', status: 200, retryAfter: undefined, text: 'ab' });
  });

  it('is one though it breaks off', async () => {
    const breaking = (response: ServerResponse): void =>
      void response.writeHead(429, { 'Content-Length': 100, 'Retry-After': '7' }).write('ab', () => response.destroy());
    assert.deepEqual(await ask(breaking), { kind: 'answer', status: 429, retryAfter: '7', text: 'ab' });
  });

  it('is not read at all where nothing in it counts', async () => {
    assert.deepEqual(await ask((response) => response.end('abc'), { mostBytes: 0 }), {
      kind: 'answer',
      status: 200,
      retryAfter: undefined,
      text: '',
    });
  });

  it('that never comes is none, in words without the address', async () => {
    assert.deepEqual(await ask(() => undefined, { answerMs: 100 }), { kind: 'none', problem: 'does not answer' });
  });

  it('is not waited for when Homeroll ends', async () => {
    const stop = new AbortController();
    await assert.rejects(
      ask(() => stop.abort(), { signal: stop.signal }),
      { name: 'AbortError' },
    );
  });
});
