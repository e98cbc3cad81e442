import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { systemClock } from '../kernel/index.ts';
import type { Hint } from './gather-hints.ts';
import { realDisk } from './real-disk.ts';
import { hintOf, type Subscription, systemWatcher } from './watch.ts';

const shown = (hint: Hint | undefined): string | undefined => (hint?.kind === 'path' ? hint.path.toString() : hint && `(${hint.kind})`);

describe('an event of the watcher', () => {
  for (const { name, path, type = 'create', root = '/photos', hint } of [
    { name: 'is a hint of its path', path: '/photos/x/a.jpg', hint: 'x/a.jpg' },
    { name: 'is one below the root of the disk', path: '/x/a.jpg', root: '/', hint: 'x/a.jpg' },
    { name: 'is none of what other programs leave', path: '/photos/x/.syncthing.a.jpg.tmp', hint: undefined },
    { name: 'is none below what other programs leave', path: '/photos/@eaDir/a.jpg', hint: undefined },
    { name: 'is a hint of the folder when the name is no text', path: '/photos/x/a\ufffd.jpg', hint: 'x' },
    { name: 'is a hint of the folder above when a folder is no text', path: '/photos/x/\ufffd/y/a.jpg', hint: 'x' },
    { name: 'is a hint of everything when nothing remains', path: '/photos/\ufffd.jpg', hint: '(everything)' },
    { name: 'says that all is lost with the root', path: '/photos', type: 'delete', hint: '(lost)' },
    { name: 'says little of a touched root', path: '/photos', type: 'update', hint: '(everything)' },
  ] as const)
    it(name, () => assert.equal(shown(hintOf(root, { path, type })), hint));
});

describe('the system’s watcher', () => {
  let home = '';
  let root = '';
  let subscription: Subscription | undefined;
  const stopping = new AbortController();
  const heard: string[] = [];
  let tell = (): void => undefined;

  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'homeroll-watch-'));
    root = join(home, 'root');
    mkdirSync(root);
    heard.length = 0;
  });
  afterEach(async () => {
    await subscription?.[Symbol.asyncDispose]();
    subscription = undefined;
    rmSync(home, { recursive: true, force: true });
  });

  const watcher = systemWatcher(realDisk, systemClock);

  async function watch(folder = root, signal: AbortSignal = stopping.signal): Promise<void> {
    subscription = await watcher.subscribe(
      folder,
      (hint) => {
        heard.push(shown(hint) ?? '');
        tell();
      },
      signal,
    );
  }

  /** Resolves once the hint is heard, now or in the past. The limit is for a broken watcher only. */
  async function hears(hint: string): Promise<void> {
    const late = AbortSignal.timeout(30_000);
    while (!heard.includes(hint)) {
      await new Promise<void>((resolve, reject) => {
        tell = resolve;
        late.addEventListener('abort', () => reject(new Error(`never heard of ${hint}, only of ${heard.join(', ')}`)), { once: true });
      });
    }
  }

  it('hears of a file that is made, whatever its name', async () => {
    await watch();
    writeFileSync(join(root, '🏖️ "new\nline".jpg'), 'x');
    await hears('🏖️ "new\nline".jpg');
  });

  it('hears of the folder when a name is no text', async () => {
    mkdirSync(join(root, 'x'));
    await watch();
    writeFileSync(Buffer.concat([Buffer.from(`${root}/x/`), Buffer.from([0x61, 0xff])]), 'x');
    await hears('x');
  });

  it('hears nothing of half-written files, but of their new name', async () => {
    await watch();
    writeFileSync(join(root, '.syncthing.a.jpg.tmp'), 'x');
    renameSync(join(root, '.syncthing.a.jpg.tmp'), join(root, 'a.jpg'));
    await hears('a.jpg');
    assert.deepEqual(heard, ['a.jpg']);
  });

  it('hears of a folder tree that is moved in, and once it listens anew of all inside it', async () => {
    mkdirSync(join(home, 'trip/day 1'), { recursive: true });
    await watch();
    renameSync(join(home, 'trip'), join(root, 'trip'));
    await hears('trip');
    await hears('(everything)');
    await subscription?.[Symbol.asyncDispose]();
    await watch();
    writeFileSync(join(root, 'trip/day 1/a.jpg'), 'x');
    await hears('trip/day 1/a.jpg');
  });

  it('says so when the root is moved away, and closes quietly', async () => {
    await watch();
    renameSync(root, join(home, 'elsewhere'));
    await hears('(lost)');
  });

  it('watches through a link that is the root', async () => {
    symlinkSync(root, join(home, 'link'));
    await watch(join(home, 'link'));
    writeFileSync(join(root, 'a.jpg'), 'x');
    await hears('a.jpg');
  });

  it('refuses in a sentence what cannot be watched', async () => {
    await assert.rejects(watch(join(home, 'nothing')), { code: 'watch-refused', message: /found by the regular sweep only/ });
    await assert.rejects(watch(root, AbortSignal.abort()), { name: 'AbortError' });
  });

  it('starts no other program, however often it listens anew', async () => {
    const wasRun = join(home, 'was run');
    writeFileSync(join(home, 'watchman'), `#!/bin/sh\necho run >> "${wasRun}"\n`, { mode: 0o755 });
    const { PATH: path = '' } = process.env;
    process.env.PATH = `${home}:${path}`;
    try {
      await watch();
      await subscription?.[Symbol.asyncDispose]();
      await watch();
    } finally {
      process.env.PATH = path;
    }
    assert.equal(existsSync(wasRun), false);
  });

  it('falls silent when it is called off', async () => {
    const calledOff = new AbortController();
    await watch(root, calledOff.signal);
    calledOff.abort();
    await subscription?.[Symbol.asyncDispose]();
    writeFileSync(join(root, 'late.jpg'), 'x');
    // A second subscription hears of a later file; by then the first would have heard of the earlier one.
    const first = [...heard];
    await watch();
    writeFileSync(join(root, 'later.jpg'), 'x');
    await hears('later.jpg');
    assert.deepEqual(first, []);
  });
});
