import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readlinkSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { systemIds } from '../../kernel/index.ts';
import { diskStore } from './disk-store.ts';

const folder = mkdtempSync(join(tmpdir(), 'homeroll-disk-store-'));
after(() => rmSync(folder, { recursive: true }));
const skip = process.platform === 'linux' ? false : 'open files are listed on Linux only';
const large = Buffer.alloc(2 << 20);

function openBelow(path: string): readonly string[] {
  return readdirSync('/proc/self/fd').flatMap((fd) => {
    try {
      const target = readlinkSync(`/proc/self/fd/${fd}`);
      return target.startsWith(path) ? [target] : [];
    } catch {
      return []; // closed meanwhile
    }
  });
}

describe('what a sender breaks off', { skip }, () => {
  for (const [name, late] of [
    ['while it is written', 0],
    ['between two writes', 1],
  ] as const) {
    it(`${name} leaves neither a file nor an open one, whatever still comes of it`, async () => {
      const receiving = diskStore(folder, systemIds).receive();
      const first = receiving.write(large);
      if (late) await first;
      receiving.discard();
      await Promise.all([first, receiving.write(large), receiving.flush()]);
      await receiving.write(large);
      await receiving.flush();
      for (let turns = 0; turns < 50 && openBelow(folder).length > 0; turns++) await turn();
      assert.deepEqual([openBelow(folder), readdirSync(join(folder, 'incoming'))], [[], []]);
    });
  }
});

describe('what a sender gives in one go', { skip }, () => {
  it('is all there once it was flushed, however large', async () => {
    const store = diskStore(folder, systemIds);
    const receiving = store.receive();
    void receiving.write(large);
    await receiving.flush();
    const place = { ownerId: 'anna', assetId: 'film' };
    receiving.keep(place, undefined);
    assert.equal(store.open(place)?.sizeBytes, large.length);
    for (let turns = 0; turns < 50 && openBelow(folder).length > 0; turns++) await turn();
    assert.deepEqual(openBelow(folder), []);
  });
});
