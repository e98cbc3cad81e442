/** The tools of the journeys themselves: one that looks at half, or waits for what cannot come, makes every test beside it worth less. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { House } from './house.ts';
import { ImmichByHand } from './immich-by-hand.ts';
import { Program } from './program.ts';

describe('whoever looks at Immich by hand', () => {
  it('sees all of it, on however many pages', async () => {
    await using house = await House.open();
    for (let number = 0; number < 5; number += 1) await house.immich.upload(`${number}.jpg`, `picture ${number}`);
    const { url } = house.server;
    const twoByTwo = new ImmichByHand(url, house.server.keyOf('Anna'), 2);
    const names = (await twoByTwo.assets()).map(({ originalFileName }) => originalFileName);
    assert.deepEqual(names, ['0.jpg', '1.jpg', '2.jpg', '3.jpg', '4.jpg']);
  });
});

describe('whoever waits for what a program says', () => {
  const folder = mkdtempSync(join(tmpdir(), 'homeroll-program-'));

  it('hears of it also when that has ended, and at once when it ended without a word of it', async () => {
    try {
      await using program = new Program(['--version'], { folder });
      assert.match(await program.says(/\d+\.\d+\.\d+/), /^\d+\.\d+\.\d+\s*$/);
      await program.ended;
      await program.says('.');
      await assert.rejects(program.says('All is safe.'), /ended with 0 before it said All is safe\.:\n\d+\.\d+\.\d+/);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
