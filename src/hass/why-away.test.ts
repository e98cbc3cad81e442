/** Why no connection came about, in words that name the cure where there is one. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { scriptedServer } from '../../test/scripted-server.ts';
import { addressOf, whyAway } from './why-away.ts';

const never = new AbortController().signal;

describe('Home Assistant is away, since', () => {
  for (const { status, says } of [
    { status: 200, says: /answers, and lets no WebSocket through: a proxy before it must pass them on\)\.$/ },
    { status: 301, says: /leads elsewhere: write the address that the browser shows in the end\)\.$/ },
    { status: 403, says: /refuses this computer: it may have banned it after wrong tokens, see its ip_bans\.yaml\)\.$/ },
    { status: 404, says: /\(what answers at http:\S+ is not Home Assistant\)\.$/ },
    { status: 502, says: /says that it is not there now\)\.$/ },
  ])
    it(`its address answers ${status}`, async () => {
      await using server = await scriptedServer((_, response) => response.writeHead(status, { location: 'http://127.0.0.1:1/' }).end());
      assert.match((await whyAway(new URL(server.url), never)).message, says);
      assert.deepEqual(server.asked, ['GET /manifest.json']);
    });

  it('nobody listens there', async () => {
    const server = await scriptedServer(() => undefined);
    await server[Symbol.asyncDispose]();
    const { code, message } = await whyAway(new URL(server.url), never);
    assert.deepEqual([code, message], ['away', `Home Assistant is away (${server.url} refuses connections).`]);
  });

  it('what answers hangs up', async () => {
    await using server = await scriptedServer((request) => request.socket.destroy());
    assert.match((await whyAway(new URL(server.url), never)).message, /does not answer\)\.$/);
  });

  it('nobody waits any more', async () => {
    await using server = await scriptedServer(() => undefined);
    const stopping = new AbortController();
    const asking = whyAway(new URL(server.url), stopping.signal);
    stopping.abort();
    await assert.rejects(asking, { name: 'AbortError' });
  });

  it('and shows the address without what is secret in it', () => {
    assert.equal(addressOf(new URL('http://name:secret@ha.local:8123/core/?key=secret')), 'http://ha.local:8123/core');
  });
});
