/** `run` for weeks, and how it and `once` are stopped. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { House } from './house.ts';
import { sha1Of } from './immich-by-hand.ts';
import { until } from './program.ts';
import { held } from './server.ts';

describe('a running Homeroll', () => {
  it('makes what is dropped into its folder safe, and ends with 0 when it is told to stop', async () => {
    await using house = await House.open();
    await house.write('a.jpg');
    const homeroll = house.start(['run']);
    await until(async () => (await house.immich.assets()).length === 1, 'the first picture is there');
    const content = await house.write('2025/b.jpg');
    await until(async () => (await house.places())['2025/b.jpg'] === 'safe', 'the dropped picture is safe');
    assert.ok((await house.immich.originals()).includes(sha1Of(content)));
    const { code, signal, stderr } = await homeroll.kill('SIGTERM');
    assert.deepEqual([code, signal], [0, null], stderr);
  });

  it('takes orders: paused it sends nothing, resumed it goes on', async () => {
    await using house = await House.open();
    await house.write('a.jpg');
    const homeroll = house.start(['run']);
    await until(async () => (await house.immich.assets()).length === 1, 'the first picture is there');
    assert.equal((await house.say('pause')).code, 0);
    await house.write('b.jpg');
    await until(async () => 'b.jpg' in (await house.places()), 'the second picture is noticed');
    assert.notEqual((await house.places())['b.jpg'], 'safe');
    assert.equal((await house.immich.assets()).length, 1);
    assert.equal((await house.say('resume')).code, 0);
    await until(async () => (await house.places())['b.jpg'] === 'safe', 'the second picture is safe');
    assert.equal((await homeroll.kill('SIGTERM')).code, 0);
  });

  for (const { signal, endpoint } of [
    { signal: 'SIGTERM', endpoint: 'POST /assets' },
    { signal: 'SIGINT', endpoint: 'GET /assets/:id/original' },
  ] as const) {
    it(`stops within ten seconds at ${signal} though Immich hangs at ${endpoint}, and loses nothing`, async () => {
      await using house = await House.open({ faults: [{ endpoint, nth: 1, fault: held }] });
      const content = await house.write('a.jpg');
      const homeroll = house.start(['run']);
      await house.server.whenHeld();
      const startedMs = performance.now();
      const ended = await homeroll.kill(signal);
      assert.deepEqual([ended.code, ended.signal], [0, null], ended.stderr);
      assert.ok(performance.now() - startedMs < 10_000, 'as promised');
      await house.server.comeBack();
      assert.equal((await house.once()).code, 0);
      assert.deepEqual(await house.immich.originals(), [sha1Of(content)]);
    });
  }
});

describe('`once`', () => {
  it('ends with 130 when it is interrupted', async () => {
    await using house = await House.open({ faults: [{ endpoint: 'POST /assets', nth: 1, fault: held }] });
    await house.write('a.jpg');
    const once = house.startOnce();
    await house.server.whenHeld();
    const { code, signal, stderr } = await once.kill('SIGINT');
    assert.deepEqual([code, signal], [130, null], stderr);
    assert.doesNotMatch(stderr, /\n\s+at /);
  });
});
