import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, it } from 'node:test';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { ask, inMemory, jsonOf, type Reply, upload } from './test-kit/call.ts';

const content = Buffer.alloc(300_000, 'bytes');

describe('the practice Immich in one process', () => {
  it('needs no timer, no thread and no socket', async () => {
    using immich = inMemory();
    let reply: Reply | undefined;
    void upload(immich, content).then((answer) => {
      reply = answer;
    });
    // Promises and ticks all run before the loop comes round.
    await nextTurn();
    assert.equal(reply?.status, 201);
  });

  it('answers a known checksum before it reads the body', async () => {
    using immich = inMemory();
    await upload(immich, content);
    const sha1 = createHash('sha1').update(content).digest('hex');
    const headers = { 'content-type': 'multipart/form-data; boundary=b', 'x-immich-checksum': sha1, 'x-api-key': immich.users[0]?.key };
    const body = {
      [Symbol.asyncIterator]: (): AsyncIterator<Uint8Array> => {
        throw new Error('the body was read');
      },
    };
    const response = await immich.handle({ method: 'POST', target: '/api/assets', headers, body }, new AbortController().signal);
    assert.equal(response.status, 200);
  });

  it('keeps the same bytes once for each owner', async () => {
    using immich = inMemory();
    const [anna, ben] = immich.users;
    const statuses = [];
    for (const user of [anna, ben, anna]) statuses.push((await upload(immich, content, { 'x-api-key': user?.key ?? '' })).status);
    assert.deepEqual(statuses, [201, 201, 200]);
  });

  it('tells no difference between one that is missing and one of somebody else', async () => {
    using immich = inMemory();
    const { id } = jsonOf(await upload(immich, content));
    const asBen = { headers: { 'x-api-key': immich.users[1]?.key ?? '' } };
    const [foreign, missing] = [
      await ask(immich, `GET /assets/${id}`, asBen),
      await ask(immich, `GET /assets/${crypto.randomUUID()}`, asBen),
    ];
    assert.deepEqual([foreign.status, jsonOf(foreign)], [missing.status, jsonOf(missing)]);
  });
});
