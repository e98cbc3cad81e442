/** News reach a real receiver over HTTP, at least once, with the same id and text. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { bringDue } from '../../test/kit/telling.ts';
import { type Journal, openJournal } from '../journal/index.ts';
import { type Clock, type Log, Secret, seededIds, seededRandom, silentLog, systemClock } from '../kernel/index.ts';
import { Deliveries, deviceTeller, httpPost, nameTellers } from './index.ts';

interface Received {
  readonly id: string;
  readonly text: string;
}

const never = new AbortController().signal;
const hour = 3_600_000;

describe('deliveries', () => {
  let folder: string;
  let journal: Journal;
  let received: Received[];
  let close: () => Promise<void>;
  let url: string;
  let answer: (response: ServerResponse, count: number) => void;
  let logged: string[];
  let nowMs: number;
  // The calendar is the test's; waiting is real, so that timeouts of a real connection are.
  const clock: Clock = { ...systemClock, now: () => nowMs };
  const log: Log = { ...silentLog, info: (text) => logged.push(text), warn: (text) => logged.push(text) };

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'homeroll-tell-'));
    journal = openJournal(folder);
    received = [];
    logged = [];
    nowMs = 1_000_000;
    answer = (response) => response.writeHead(204).end();
    const server = createServer((request: IncomingMessage, response: ServerResponse) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk) => chunks.push(chunk));
      request.on('end', () => {
        received.push(JSON.parse(Buffer.concat(chunks).toString()) as Received);
        answer(response, received.length);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook/s3cret`;
    close = () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
  });
  afterEach(async () => {
    await close();
    journal.close();
    rmSync(folder, { recursive: true });
  });

  const webhook = () => ({ kind: 'webhook', url: new Secret(url), host: '127.0.0.1' }) as const;
  const deliveries = (answerMs = 5_000) =>
    new Deliveries({
      journal,
      tellers: nameTellers([{ kind: 'log' }, webhook()]),
      post: httpPost({ clock, userAgent: 'homeroll/test', answerMs }),
      clock,
      random: seededRandom(1),
      ids: seededIds(seededRandom(2)),
      log,
    });
  const put = (id: string, teller = 'webhook:127.0.0.1') =>
    journal.outbox.put({ id, teller, kind: 'batch safe', text: `news ${id}`, facts: { safe: 1 }, madeAtMs: nowMs });

  it('brings news to a webhook once, as JSON', async () => {
    put('a');
    await bringDue(deliveries());
    await bringDue(deliveries());
    assert.deepEqual(received, [{ id: 'a', kind: 'batch safe', text: 'news a', facts: { safe: 1 }, at: new Date(nowMs).toISOString() }]);
    assert.equal(journal.outbox.nextDueAtMs(), undefined);
  });

  it('brings news to the device where there is one, and lets them wait where there is none', async () => {
    const heard: string[] = [];
    const through = (tellDevice?: (news: { readonly text: string }) => Promise<void>) =>
      new Deliveries({
        journal,
        tellers: [deviceTeller],
        post: () => assert.fail('no webhook'),
        clock,
        random: seededRandom(1),
        ids: seededIds(seededRandom(1)),
        log,
        tellDevice,
      });
    put('a', 'mqtt');
    await bringDue(through());
    assert.notEqual(journal.outbox.nextDueAtMs('mqtt'), undefined, 'nobody gave it up');
    await bringDue(through(async ({ text }) => void heard.push(text)));
    assert.deepEqual([heard, logged], [['news a'], []]);
    assert.equal(journal.outbox.nextDueAtMs('mqtt'), undefined);
  });

  it('tries again what failed, later, with the same id and text', async () => {
    answer = (response, count) => response.writeHead(count === 1 ? 500 : 200).end();
    put('a');
    await bringDue(deliveries());
    await bringDue(deliveries());
    assert.equal(received.length, 1, 'not before its time');
    nowMs += hour;
    await bringDue(deliveries());
    assert.equal(received.length, 2);
    assert.deepEqual(received[0], received[1]);
    assert.equal(journal.outbox.nextDueAtMs(), undefined);
  });

  it('sends again, after a crash, what was not marked as delivered', async () => {
    put('a');
    const dying = { ...journal.outbox, markDelivered: () => assert.fail('killed') };
    const doomed = new Deliveries({
      journal: { ...journal, outbox: dying },
      tellers: nameTellers([webhook()]),
      post: httpPost({ clock, userAgent: 'test' }),
      clock,
      random: seededRandom(1),
      ids: seededIds(seededRandom(2)),
      log,
    });
    await assert.rejects(bringDue(doomed));
    await bringDue(deliveries());
    assert.deepEqual(
      received.map(({ id }) => id),
      ['a', 'a'],
    );
  });

  it('does not hold up the log for a receiver that never answers', async () => {
    answer = () => undefined;
    put('slow');
    put('quick', 'log');
    const stop = new AbortController();
    const running = deliveries().run(stop.signal);
    while (!logged.includes('news quick') || received.length === 0) await systemClock.sleep(5, never);
    stop.abort();
    await running;
    assert.notEqual(journal.outbox.nextDueAtMs('webhook:127.0.0.1'), undefined, 'it is kept for later');
  });

  it('gives up waiting for an answer in the end, and says so without the address', async () => {
    answer = () => undefined;
    put('a');
    await bringDue(deliveries(50));
    assert.equal(logged.length, 1);
    assert.match(logged[0] ?? '', /127\.0\.0\.1 does not answer/);
    assert.doesNotMatch(logged.join(), /s3cret/);
  });

  for (const { status, isGivenUp } of [
    { status: 404, isGivenUp: true },
    { status: 302, isGivenUp: true },
    { status: 408, isGivenUp: false },
    { status: 429, isGivenUp: false },
    { status: 503, isGivenUp: false },
  ]) {
    it(`${isGivenUp ? 'gives up after a day on' : 'never gives up on'} a receiver that answers ${status}`, async () => {
      answer = (response) => response.writeHead(status, { location: 'http://127.0.0.1:1/elsewhere' }).end();
      put('a');
      await bringDue(deliveries());
      assert.notEqual(journal.outbox.nextDueAtMs(), undefined, 'it is tried again at first');
      nowMs += 25 * hour;
      await bringDue(deliveries());
      assert.equal(received.length, 2);
      assert.equal(journal.outbox.nextDueAtMs() === undefined, isGivenUp);
    });
  }

  it('waits with growing patience, never more than an hour and a quarter', async () => {
    answer = (response) => response.writeHead(500).end();
    put('a');
    const waits: number[] = [];
    for (let round = 0; round < 14; round++) {
      await bringDue(deliveries());
      const dueAtMs = journal.outbox.nextDueAtMs() ?? 0;
      waits.push(dueAtMs - nowMs);
      nowMs = dueAtMs;
    }
    assert.ok((waits[0] ?? 0) >= 7_500 && (waits[0] ?? 0) <= 12_500, String(waits));
    assert.ok(
      waits.every((waitMs) => waitMs <= 1.25 * hour),
      String(waits),
    );
    assert.ok((waits.at(-1) ?? 0) > 0.7 * hour, String(waits));
  });

  it('forgets what was told three months ago, and nothing that still waits', async () => {
    const after = async (days: number): Promise<readonly string[]> => {
      nowMs += days * 24 * hour;
      await bringDue(deliveries());
      return journal.outbox.all().map(({ id }) => id);
    };
    put('told');
    await after(0);
    put('waiting');
    answer = (response) => response.writeHead(503).end();
    assert.deepEqual(await after(90), ['told', 'waiting']);
    assert.deepEqual(await after(1), ['waiting']);
  });

  it('gives up news for a way that is no longer configured', async () => {
    put('a', 'webhook:gone.example');
    const stop = new AbortController();
    const running = deliveries().run(stop.signal);
    stop.abort();
    await running;
    assert.equal(journal.outbox.nextDueAtMs(), undefined);
  });
});

describe('the names of tellers', () => {
  it('tell the host and nothing else, and tell two of one host apart', () => {
    const hook = (host: string) => ({ kind: 'webhook', url: new Secret(`https://${host}/x`), host }) as const;
    const names = nameTellers([{ kind: 'log' }, hook('a.example'), hook('b.example'), hook('a.example'), { kind: 'log' }]);
    assert.deepEqual(
      names.map(({ name }) => name),
      ['log', 'webhook:a.example', 'webhook:b.example', 'webhook:a.example 2'],
    );
  });
});
