import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, it } from 'node:test';
import { ConnectionLost } from './exchange.ts';
import { type Fault, faultsOf } from './faults.ts';
import { ask, inMemory, jsonOf, upload, uploadForm } from './test-kit/call.ts';

const content = Buffer.alloc(5000, 'picture');
const sha1Of = (bytes: Uint8Array): string => createHash('sha1').update(bytes).digest('base64');
const onUpload = (fault: Fault) => ({ faults: [{ endpoint: 'POST /assets', nth: 1, fault }] });
const onOriginal = (fault: Fault) => ({ faults: [{ endpoint: 'GET /assets/:id/original', nth: 1, fault }] });

describe('a fault plan', () => {
  it('strikes the nth call, a span of calls, or every call of its endpoint', () => {
    const fault = { kind: 'hang' } as const;
    const faults = faultsOf({
      faults: [
        { endpoint: 'POST /assets', nth: 3, fault },
        { endpoint: 'GET /assets/:id', from: 2, count: 2, fault },
        { endpoint: '*', from: 100, fault },
      ],
    });
    const strikes = (method: string, path: string): boolean[] => Array.from({ length: 5 }, () => faults.strike(method, path).length > 0);
    assert.deepEqual(strikes('POST', '/assets'), [false, false, true, false, false]);
    assert.deepEqual(strikes('GET', '/assets/some-id'), [false, true, true, false, false]);
    assert.deepEqual(strikes('GET', '/albums'), [false, false, false, false, false]);
  });

  it('draws the same calls from the same seed', () => {
    const draw = (seed: number): boolean[] => {
      const faults = faultsOf({ seed, faults: [{ endpoint: '*', probability: 0.3, fault: { kind: 'hang' } }] });
      return Array.from({ length: 200 }, () => faults.strike('GET', '/albums').length > 0);
    };
    assert.deepEqual(draw(7), draw(7));
    assert.notDeepEqual(draw(7), draw(8));
    const struck = draw(7).filter(Boolean).length;
    assert.ok(struck > 30 && struck < 90, `${struck} of 200`);
  });

  it('is refused when it cannot be', () => {
    assert.throws(() => faultsOf({ faults: [{ endpoint: 'assets', fault: { kind: 'hang' } }] }), /is a method and a path/);
  });
});

describe('a fault', () => {
  it('answers with a status, a page and a time to wait', async () => {
    using immich = inMemory(onUpload({ kind: 'status', status: 503, body: 'html', retryAfterS: 30 }));
    const reply = await upload(immich, content);
    assert.equal(reply.status, 503);
    assert.equal(reply.headers['retry-after'], '30');
    assert.match(reply.bytes.toString(), /<html>/);
    assert.equal((await upload(immich, content)).status, 201);
  });

  it('shows a page with status 200', async () => {
    using immich = inMemory(onUpload({ kind: 'html', status: 200 }));
    const reply = await upload(immich, content);
    assert.deepEqual([reply.status, reply.headers['content-type']], [200, 'text/html; charset=utf-8']);
  });

  it('loses the answer after the work is done', async () => {
    using immich = inMemory(onUpload({ kind: 'answer-lost' }));
    await assert.rejects(upload(immich, content), ConnectionLost);
    assert.equal(jsonOf(await upload(immich, content)).status, 'duplicate');
  });

  it('resets the connection in the middle of an upload, and nothing is stored', async () => {
    using immich = inMemory(onUpload({ kind: 'reset', of: 'request', afterBytes: 2000 }));
    await assert.rejects(upload(immich, content), ConnectionLost);
    assert.equal(jsonOf(await upload(immich, content)).status, 'created');
  });

  it('resets the connection in the middle of an answer', async () => {
    using immich = inMemory(onOriginal({ kind: 'reset', of: 'response', afterBytes: 100 }));
    const { id } = jsonOf(await upload(immich, content));
    await assert.rejects(ask(immich, `GET /assets/${id}/original`), ConnectionLost);
    assert.equal((await ask(immich, `GET /assets/${id}/original`)).bytes.length, content.length);
  });

  it('hangs until the caller gives up', async () => {
    using immich = inMemory(onOriginal({ kind: 'hang' }));
    const { id } = jsonOf(await upload(immich, content));
    const patience = new AbortController();
    const reply = ask(immich, `GET /assets/${id}/original`, { signal: patience.signal });
    patience.abort();
    await assert.rejects(reply, ConnectionLost);
  });

  it('takes an upload whole, and never answers: stored or not', async () => {
    for (const { isDone, again } of [
      { isDone: true, again: 'duplicate' },
      { isDone: false, again: 'created' },
    ]) {
      using immich = inMemory(onUpload({ kind: 'hang', isDone }));
      const patience = new AbortController();
      const { body, headers } = uploadForm(content);
      const reply = ask(immich, 'POST /assets', { body, headers, signal: patience.signal });
      setImmediate(() => patience.abort());
      await assert.rejects(reply, ConnectionLost);
      assert.equal(jsonOf(await upload(immich, content)).status, again);
    }
  });

  for (const { fault, lies, length } of [
    { fault: { kind: 'store-truncated', bytes: 4000 }, lies: 'about bytes that are missing', length: 4000 },
    { fault: { kind: 'store-flipped', at: 77 }, lies: 'about a bit that flipped', length: 5000 },
  ] as const) {
    it(`keeps the right checksum ${lies}`, async () => {
      using immich = inMemory(onUpload(fault));
      const { id } = jsonOf(await upload(immich, content));
      assert.equal(jsonOf(await ask(immich, `GET /assets/${id}`)).checksum, sha1Of(content));
      const { bytes } = await ask(immich, `GET /assets/${id}/original`);
      assert.equal(bytes.length, length);
      assert.notEqual(sha1Of(bytes), sha1Of(content));
    });
  }

  it('records a wrong checksum of right bytes', async () => {
    using immich = inMemory(onUpload({ kind: 'wrong-checksum' }));
    const { id } = jsonOf(await upload(immich, content));
    assert.notEqual(jsonOf(await ask(immich, `GET /assets/${id}`)).checksum, sha1Of(content));
    assert.equal(sha1Of((await ask(immich, `GET /assets/${id}/original`)).bytes), sha1Of(content));
  });

  it('puts it into maintenance: it is there, and knows no question', async () => {
    using immich = inMemory({ faults: [{ endpoint: '*', fault: { kind: 'maintenance' } }] });
    const statuses = [];
    for (const path of ['/server/ping', '/server/version', '/users/me']) statuses.push((await ask(immich, `GET ${path}`)).status);
    assert.deepEqual(statuses, [200, 200, 404]);
    assert.equal(jsonOf(await ask(immich, 'GET /server/config')).maintenanceMode, true);
  });

  it('fills its disk: all is taken, and nothing stored', async () => {
    using immich = inMemory(onUpload({ kind: 'disk-full', status: 507 }));
    assert.equal((await upload(immich, content)).status, 507);
    assert.equal(jsonOf(await upload(immich, content)).status, 'created');
  });

  it('cuts an answer short as if it were whole, lets it drip, and stops before its end', async () => {
    const on = (fault: Fault, nth: number) => ({ endpoint: 'GET /users/me', nth, fault });
    using immich = inMemory({
      faults: [
        on({ kind: 'cut-short', toBytes: 9 }, 1),
        on({ kind: 'trickle', bytes: 50, pauseMs: 1 }, 2),
        on({ kind: 'stall', afterBytes: 9 }, 3),
      ],
    });
    const short = await ask(immich, 'GET /users/me');
    assert.deepEqual([short.bytes.length, short.headers['content-length']], [9, '9']);
    assert.equal(jsonOf(await ask(immich, 'GET /users/me')).isAdmin, true);
    const patience = new AbortController();
    const stalled = ask(immich, 'GET /users/me', { signal: patience.signal });
    setImmediate(() => patience.abort());
    await assert.rejects(stalled, ConnectionLost);
  });

  it('sets its clock, and nothing but what it says of the time', async () => {
    using immich = inMemory({ faults: [], clockOffsetS: -86_400 });
    const { headers } = await ask(immich, 'GET /server/ping');
    const offMs = Date.parse(headers.date ?? '') - Date.now();
    assert.ok(Math.abs(offMs + 86_400_000) < 60_000, `${offMs}`);
  });
});
