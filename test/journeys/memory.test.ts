/** A file's size costs no memory: 1 GB travels, is stored and proven in the room that 1 MB takes. */
import assert from 'node:assert/strict';
import { readFile, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { House } from './house.ts';
import type { Program } from './program.ts';

const megabyte = 1 << 20;

/** The most memory a process held so far, in MB; undefined when it is over. */
async function peakMb({ pid }: Program): Promise<number | undefined> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  const [, kilobytes] = /^VmHWM:\s+(\d+) kB/m.exec(status) ?? [];
  return kilobytes === undefined ? undefined : Number(kilobytes) / 1024;
}

/** Backs up one file of that size. @returns the peak of the process that did it, in MB */
async function peakOfOne(sizeBytes: number): Promise<number> {
  await using house = await House.open();
  await house.server.close();
  // A process of its own, as in real life: what it needs is not ours.
  const immich = house.start(['practice-immich', '--port', '0', '--data', join(house.folder, 'immich'), '--until-stdin-ends']);
  const { url, users } = JSON.parse(await immich.says(/^\{.*\}\n/)) as { url: string; users: { key: string }[] };
  await house.configure({ immich: { url, accounts: { anna: { key: users[0]?.key } } } });
  await house.write('film.mp4', 'a film');
  await truncate(house.path('film.mp4'), sizeBytes);
  const once = house.startOnce();
  let peak = 0;
  while (!once.isOver) {
    peak = Math.max(peak, (await peakMb(once)) ?? 0);
    await sleep(20);
  }
  const { code, stdout, stderr } = await once.ended;
  assert.equal(code, 0, stderr);
  const { files, work } = JSON.parse(stdout) as { files: { safe: number }; work: { provenBytes: number } };
  assert.deepEqual([files.safe, work.provenBytes], [1, sizeBytes]);
  return peak;
}

describe('the memory of Homeroll', { skip: process.platform !== 'linux' }, () => {
  it('grows by less than 60 MB when a file is 1,000 times as large', async () => {
    const small = await peakOfOne(megabyte);
    const large = await peakOfOne(1_000 * megabyte);
    assert.ok(large - small < 60, `${small.toFixed(0)} MB for 1 MB, ${large.toFixed(0)} MB for 1,000 MB`);
  });
});
