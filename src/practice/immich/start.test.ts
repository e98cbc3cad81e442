import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { FaultPlan } from './faults.ts';
import { type RunningPracticeImmich, startPracticeImmich } from './start.ts';
import { uploadForm } from './test-kit/call.ts';

describe('the practice Immich over HTTP', () => {
  let dataDir = '';
  beforeEach(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'homeroll-practice-'));
  });
  afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

  const start = (faults?: FaultPlan) => startPracticeImmich({ port: 0, dataDir, version: '3.1.0', faults });
  const keyOf = ({ users }: RunningPracticeImmich): Record<string, string> => ({ 'x-api-key': users[0]?.key ?? '' });
  const send = async (immich: RunningPracticeImmich, content: Buffer): Promise<{ id: string; status: string }> => {
    const { headers, body } = uploadForm(content);
    const response = await fetch(`${immich.url}/api/assets`, {
      method: 'POST',
      headers: { ...headers, ...keyOf(immich) },
      body: new Uint8Array(body),
    });
    return (await response.json()) as { id: string; status: string };
  };
  const original = async (immich: RunningPracticeImmich, id: string): Promise<Buffer> =>
    Buffer.from(await (await fetch(`${immich.url}/api/assets/${id}/original`, { headers: keyOf(immich) })).arrayBuffer());

  for (const { name, sizeBytes } of [
    { name: 'a small picture', sizeBytes: 100_000 },
    { name: 'a film that does not fit one chunk', sizeBytes: 5_000_000 },
    { name: 'exactly one chunk', sizeBytes: 1 << 20 },
  ]) {
    it(`serves ${name} again after a restart, with the same keys`, async () => {
      const content = Buffer.alloc(sizeBytes, 'content of the file ');
      const first = await start();
      const { id } = await send(first, content);
      await first.close();
      await using second = await start();
      assert.deepEqual(second.users, first.users);
      assert.ok((await original(second, id)).equals(content));
      assert.deepEqual(await send(second, content), { id, status: 'duplicate' });
      assert.deepEqual(readdirSync(join(dataDir, 'incoming')), []);
    });
  }

  it('serves what lies on its disk, whatever the checksum says', async () => {
    await using immich = await start();
    const content = Buffer.alloc(1000, 'x');
    const { id } = await send(immich, content);
    const path = join(dataDir, 'originals', immich.users[0]?.id ?? '', id);
    writeFileSync(path, Buffer.concat([Buffer.from('y'), readFileSync(path).subarray(1)]));
    assert.equal((await original(immich, id)).toString('latin1', 0, 2), 'yx');
    const response = await fetch(`${immich.url}/api/assets/${id}`, { headers: keyOf(immich) });
    const { checksum } = (await response.json()) as { checksum: string };
    assert.equal(checksum, createHash('sha1').update(content).digest('base64'));
  });

  it('answers a known checksum while the body is still on its way', async () => {
    await using immich = await start();
    const content = Buffer.alloc(1000, 'x');
    const { id } = await send(immich, content);
    const socket = connect(Number(new URL(immich.url).port), '127.0.0.1');
    const sha1 = createHash('sha1').update(content).digest('hex');
    const headers = {
      ...keyOf(immich),
      'x-immich-checksum': sha1,
      'content-type': 'multipart/form-data; boundary=b',
      'content-length': '999999',
    };
    const head = Object.entries({ host: 'x', ...headers }).map(([name, value]) => `${name}: ${value}\r\n`);
    socket.write(`POST /api/assets HTTP/1.1\r\n${head.join('')}\r\n--b`);
    const [answer] = await once(socket, 'data');
    socket.destroy();
    assert.match(String(answer), /^HTTP\/1.1 200 OK/);
    assert.ok(String(answer).includes(id));
  });

  it('forgets an upload whose sender goes away', async () => {
    await using immich = await start();
    const { headers, body } = uploadForm(Buffer.alloc(3_000_000, 'x'));
    const socket = connect(Number(new URL(immich.url).port), '127.0.0.1');
    const lines = Object.entries({ host: 'x', ...keyOf(immich), ...headers, 'content-length': String(body.length) });
    socket.write(`POST /api/assets HTTP/1.1\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`);
    socket.end(body.subarray(0, 2_000_000));
    await once(socket.resume(), 'close');
    assert.equal((await send(immich, Buffer.alloc(3_000_000, 'x'))).status, 'created');
    // A write that was under way may end a moment later.
    while (readdirSync(join(dataDir, 'incoming')).length > 0) await nextTurn();
  });

  it('leaves a folder alone that another one works on, and what it is receiving', async () => {
    await using first = await start();
    writeFileSync(join(dataDir, 'incoming', 'half'), 'half a film');
    await assert.rejects(start(), { code: 'practice folder held', message: /^Another practice Immich works with .*--data\.$/ });
    assert.deepEqual(readdirSync(join(dataDir, 'incoming')), ['half']);
    await first.close();
    await (await start()).close();
  });

  it('breaks the socket where a fault says so', async () => {
    await using immich = await start({ faults: [{ endpoint: 'POST /assets', nth: 1, fault: { kind: 'answer-lost' } }] });
    const content = Buffer.alloc(1000, 'x');
    await assert.rejects(send(immich, content), TypeError);
    assert.equal((await send(immich, content)).status, 'duplicate');
  });
});
