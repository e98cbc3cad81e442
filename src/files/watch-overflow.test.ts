/** More changes than the system keeps while a real process stands still: it drops the rest, and only another subscription hears all folders. */
import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';

const listener = `
  import { createInterface } from 'node:readline';
  const { realDisk, systemWatcher } = await import(${JSON.stringify(new URL('./index.ts', import.meta.url).href)});
  const { systemClock } = await import(${JSON.stringify(new URL('../kernel/index.ts', import.meta.url).href)});
  const watcher = systemWatcher(realDisk, systemClock);
  const tell = (hint) => console.log(hint.kind === 'path' ? hint.path.toString() : '(' + hint.kind + ')');
  const listen = async () => {
    const heard = await watcher.subscribe(process.argv[2], tell, new AbortController().signal);
    console.log('listening');
    return heard;
  };
  let heard = await listen();
  for await (const _ of createInterface(process.stdin)) {
    await heard[Symbol.asyncDispose]();
    heard = await listen();
  }`;

/** What the system keeps for one program that does not look. */
const mostKept = process.platform === 'linux' ? Number(readFileSync('/proc/sys/fs/inotify/max_queued_events', 'utf8')) : 0;

describe('the system’s watcher, when it stood still while very much changed', {
  skip: mostKept !== 16_384 && 'needs Linux as it comes',
}, () => {
  let home = '';
  let root = '';
  let child: ChildProcess;
  let said: string[] = [];
  let tell = (): void => undefined;

  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'homeroll-overflow-'));
    root = join(home, 'root');
    for (const folder of ['a', 'b', 'c', 'd']) mkdirSync(join(root, folder, 'in'), { recursive: true });
    writeFileSync(join(home, 'listen.mjs'), listener);
    said = [];
    child = spawn(process.execPath, [join(home, 'listen.mjs'), root], { stdio: ['pipe', 'pipe', 'inherit'] });
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      said.push(...text.trimEnd().split('\n'));
      tell();
    });
  });
  afterEach(() => {
    child.kill('SIGKILL');
    rmSync(home, { recursive: true });
  });

  async function says(word: string): Promise<void> {
    const late = AbortSignal.timeout(120_000);
    while (!said.includes(word)) {
      await new Promise<void>((resolve, reject) => {
        tell = resolve;
        late.addEventListener('abort', () => reject(new Error(`it never said ${word}, only ${said.slice(0, 20)}`)), { once: true });
      });
    }
  }

  async function listensAnew(): Promise<void> {
    said = [];
    child.stdin?.write('anew\n');
    await says('listening');
  }

  async function whileStill(act: () => void): Promise<void> {
    child.kill('SIGSTOP');
    act();
    // Longer than a moment, as short a moment as writing so much may take.
    await new Promise((resolve) => setTimeout(resolve, 700));
    child.kill('SIGCONT');
  }

  it('asks for a sweep, and hears a folder that was made meanwhile once it listens anew', async () => {
    await says('listening');
    await whileStill(() => {
      for (let number = 0; number < 12_000; number += 1) writeFileSync(join(root, `a/${number}.jpg`), 'x');
      mkdirSync(join(root, 'new/deep'), { recursive: true });
    });
    await says('(everything)');
    await listensAnew();
    writeFileSync(join(root, 'new/deep/a.jpg'), 'x');
    await says('new/deep/a.jpg');
  });

  it('is unsure though all of it was two files', async () => {
    await says('listening');
    await whileStill(() => {
      for (let number = 0; number < 20_000; number += 1) writeFileSync(join(root, number % 2 === 0 ? 'a/1.jpg' : 'b/1.jpg'), 'x');
      writeFileSync(join(root, 'c/late.jpg'), 'x');
    });
    await says('(unsure)');
    assert.ok(!said.includes('c/late.jpg'), 'the system kept it, and this test shows nothing');
  });

  it('hears a folder made meanwhile also where others were removed', async () => {
    await says('listening');
    await whileStill(() => {
      for (let number = 0; number < 12_000; number += 1) writeFileSync(join(root, `a/${number}.jpg`), 'x');
      rmSync(join(root, 'b'), { recursive: true });
      mkdirSync(join(root, 'new'));
    });
    await says('(everything)');
    for (const name of ['1.jpg', '2.jpg']) {
      await listensAnew();
      for (const folder of ['new', 'c/in', 'd']) writeFileSync(join(root, folder, name), 'x');
      for (const folder of ['new', 'c/in', 'd']) await says(`${folder}/${name}`);
    }
  });
});
