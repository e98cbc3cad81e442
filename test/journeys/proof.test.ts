/** Safe means read back and equal: what Immich's own checksum believes does not count. */
import assert from 'node:assert/strict';
import { readFile, truncate, writeFile } from 'node:fs/promises';
import { describe, it } from 'node:test';
import { House } from './house.ts';

/** As a failing disk does it: one bit, and nobody notices. */
async function flip(path: string): Promise<void> {
  const bytes = await readFile(path);
  bytes[0] = (bytes[0] ?? 0) ^ 1;
  await writeFile(path, bytes);
}

async function assertAlarm(house: House): Promise<void> {
  const { code, answer, stderr } = await house.once();
  assert.equal(code, 3, stderr);
  assert.deepEqual([answer?.files.safe, answer?.files.blocked], [1, 1]);
  assert.deepEqual(await house.places(), { 'a.jpg': 'blocked', 'b.jpg': 'safe' });
  assert.match((await house.why('a.jpg')).reason ?? '', /other bytes/);
  const [alarm, ...more] = house.letterbox.told('proof failed');
  assert.match(alarm ?? '', /"a\.jpg" from Phone is not safe/);
  assert.deepEqual(more, []);
}

describe('a picture of which Immich gives back other bytes', () => {
  it('because they were stored wrongly, is an alarm and not safe', async () => {
    await using house = await House.open({
      version: '2.7.5',
      faults: [{ endpoint: 'POST /assets', nth: 1, fault: { kind: 'store-flipped', at: 3 } }],
    });
    await house.write('a.jpg');
    await house.touch('a.jpg', '2025-07-14T10:00:00Z');
    // The newest goes first.
    await house.write('b.jpg');
    await house.touch('b.jpg', '2020-07-14T10:00:00Z');
    await assertAlarm(house);
  });

  for (const { how, damage } of [
    { how: 'because a bit flipped on its disk', damage: flip },
    { how: 'because its end is missing', damage: (path: string) => truncate(path, 3) },
  ]) {
    it(`${how} before the proof, is an alarm; once that is mended and somebody says retry, it is safe`, async () => {
      await using house = await House.open();
      const content = await house.write('a.jpg');
      const { signal } = await house.once({ env: { HOMEROLL_CRASH_AT: 'after upload' } });
      assert.equal(signal, 'SIGKILL');
      const stored = house.server.storedPath('Anna', (await house.immich.assetOf(content)).id);
      await damage(stored);
      await house.write('b.jpg');
      await assertAlarm(house);

      await writeFile(stored, content);
      assert.equal((await house.say('retry')).code, 0);
      const mended = await house.once();
      assert.deepEqual([mended.code, mended.answer?.work.uploads, mended.answer?.files.safe], [0, 0, 2], mended.stderr);
    });
  }
});
