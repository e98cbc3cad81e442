import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { readWatchLimits } from './limits.ts';

describe('the limits of watching', () => {
  it('are read from where the kernel shows them', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'homeroll-limits-'));
    try {
      writeFileSync(join(folder, 'max_user_watches'), '8192\n');
      writeFileSync(join(folder, 'max_user_instances'), '128\n');
      writeFileSync(join(folder, 'max_queued_events'), '16384\n');
      assert.deepEqual(await readWatchLimits(folder), { watches: 8192, instances: 128, queuedEvents: 16384 });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('are unknown where it shows none', async () => assert.equal(await readWatchLimits('/nowhere'), undefined));
});
