/** kill -9 while Immich has not said its part: nothing lost, nothing twice. See test/crashes for every other moment. */
import assert from 'node:assert/strict';
import { truncate } from 'node:fs/promises';
import { describe, it } from 'node:test';
import { House } from './house.ts';
import { sha1Of } from './immich-by-hand.ts';
import { held } from './server.ts';

describe('a Homeroll that is killed', () => {
  for (const { where, fault } of [
    { where: 'while Immich has not begun to read', fault: held },
    { where: 'while Immich is silent', fault: { kind: 'hang' } as const },
  ]) {
    it(`in the middle of an upload, ${where}, leaves exactly one asset`, async () => {
      await using house = await House.open({
        faults: [
          { endpoint: 'POST /assets', nth: 1, fault: held },
          { endpoint: 'POST /assets', nth: 1, fault },
        ],
      });
      await house.write('a.mp4', 'a film');
      await truncate(house.path('a.mp4'), 64 << 20);
      const once = house.startOnce();
      await house.server.whenHeld();
      const { signal } = await once.kill('SIGKILL');
      assert.equal(signal, 'SIGKILL');
      await house.server.comeBack();
      const { code, stderr } = await house.once();
      assert.equal(code, 0, stderr);
      assert.deepEqual(await house.immich.originals(), [sha1Of(await house.read('a.mp4'))]);
      assert.deepEqual(house.server.incoming, [], 'nothing half on the server either');
    });
  }

  it('when Immich had stored the file and could not say so leaves exactly one asset', async () => {
    await using house = await House.open({ faults: [{ endpoint: 'POST /assets', nth: 1, fault: { kind: 'answer-lost' } }] });
    const content = await house.write('a.jpg');
    const killed = await house.once({ env: { HOMEROLL_CRASH_AT: 'in POST /assets, the form closed' } });
    assert.equal(killed.signal, 'SIGKILL', killed.stderr);
    assert.equal((await house.once()).code, 0);
    assert.deepEqual(await house.immich.originals(), [sha1Of(content)]);
  });
});

describe('an answer that is lost on its way', () => {
  it('is asked for again before anything is sent again', async () => {
    await using house = await House.open({ faults: [{ endpoint: 'POST /assets', nth: 1, fault: { kind: 'answer-lost' } }] });
    const content = await house.write('a.jpg');
    const { code, answer, stderr } = await house.once({ patience: '1 minute' });
    assert.equal(code, 0, stderr);
    assert.equal(answer?.work.uploads, 1);
    assert.deepEqual(await house.immich.originals(), [sha1Of(content)]);
  });
});
