/** What is heard where the system lets us watch only so many folders: in a namespace of its own, where that may be lowered. */
import assert from 'node:assert/strict';
import { execFile, execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { promisify } from 'node:util';

const listener = `
  const { mkdirSync, writeFileSync } = await import('node:fs');
  const { realDisk, systemWatcher } = await import(${JSON.stringify(new URL('./index.ts', import.meta.url).href)});
  const { systemClock } = await import(${JSON.stringify(new URL('../kernel/index.ts', import.meta.url).href)});
  const [root] = process.argv.slice(-1);
  const doubted = Promise.withResolvers();
  const hear = (hint) => hint.kind === 'everything' && doubted.resolve();
  const watcher = systemWatcher(realDisk, systemClock);
  const heard = await watcher.subscribe(root, hear, AbortSignal.timeout(60_000));
  mkdirSync(root + '/one too many');
  // The system says nothing of a folder that it cannot watch, until there is something else to say.
  writeFileSync(root + '/a.jpg', 'a');
  await doubted.promise;
  await heard[Symbol.asyncDispose]();
  await watcher.subscribe(root, hear, AbortSignal.timeout(60_000)).catch((error) => console.log(error.message));`;

const limited = (most: number): string => `echo ${most} > /proc/sys/user/max_inotify_watches && exec "$0" "$1" "$2"`;

function whyNot(): string | false {
  try {
    execFileSync('unshare', ['-Ur', 'sh', '-c', limited(1).replace(/&&.*/, '')], { stdio: 'ignore' });
    return false;
  } catch {
    return 'needs Linux, and the right to make a user namespace (unshare -Ur)';
  }
}

describe('the system’s watcher', { skip: whyNot() }, () => {
  it('asks to be subscribed anew when a folder is made that it may not watch, and then says why it cannot', async () => {
    const home = mkdtempSync(join(tmpdir(), 'homeroll-watch-'));
    const [script, root] = [join(home, 'listen.mjs'), join(home, 'root')];
    try {
      writeFileSync(script, listener);
      mkdirSync(join(root, 'there'), { recursive: true });
      const words = ['-Ur', 'sh', '-c', limited(2), process.execPath, script, root];
      const { stdout } = await promisify(execFile)('unshare', words, { timeout: 90_000 });
      assert.match(stdout, /found by the regular sweep only, because the system lets us watch no more folders\. Raise it/);
    } finally {
      rmSync(home, { recursive: true });
    }
  });
});
