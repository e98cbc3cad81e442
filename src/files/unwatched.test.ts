/** What is left alone costs the system no watch, however many folders it has. */
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { leftAloneNames } from '../domain/index.ts';
import { systemClock } from '../kernel/index.ts';
import type { Hint } from './gather-hints.ts';
import { type IgnoreRules, usualRules } from './ignored.ts';
import { realDisk } from './real-disk.ts';
import { type Subscription, systemWatcher } from './watch.ts';

/** How many folders this process watches, as the kernel counts them. */
function watches(): number {
  const folder = `/proc/${process.pid}/fdinfo`;
  return readdirSync(folder).reduce((total, fd) => {
    try {
      return total + (readFileSync(join(folder, fd), 'utf8').match(/^inotify /gm)?.length ?? 0);
    } catch {
      return total; // closed meanwhile
    }
  }, 0);
}

describe('a watcher', { skip: process.platform !== 'linux' }, () => {
  let root = '';
  let subscription: Subscription | undefined;
  const hints: Hint[] = [];
  let before = 0;

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'homeroll-unwatched-'));
    hints.length = 0;
    before = watches();
  });
  afterEach(async () => {
    await subscription?.[Symbol.asyncDispose]();
    rmSync(root, { recursive: true, force: true });
  });

  const make = (path: string): void => void mkdirSync(join(root, path), { recursive: true });

  async function watch(rules: IgnoreRules = usualRules): Promise<number> {
    const watcher = systemWatcher(realDisk, systemClock);
    subscription = await watcher.subscribe(root, (hint) => hints.push(hint), new AbortController().signal, rules);
    return watches() - before;
  }

  async function hears(path: string): Promise<void> {
    const isIt = (hint: Hint): boolean => hint.kind === 'path' && hint.path.toString() === path;
    for (let tries = 0; tries < 3_000 && !hints.some(isIt); tries++) await new Promise((resolve) => setTimeout(resolve, 10));
    assert.ok(hints.some(isIt), `never heard of ${path}`);
  }

  it('takes no watch for 300 folders that are left alone', async () => {
    for (let number = 0; number < 300; number++) make(`x/@eaDir/${number}`);
    assert.equal(await watch(), 2);
  });

  for (const { name, of } of leftAloneNames.filter((one) => one.of !== 'file')) {
    it(`takes none for ${of === 'folder' ? 'a folder' : 'what is'} called ${name}, nor below`, async () => {
      const path = name.replaceAll('*', 'x');
      make(`${path}/deep/deeper`);
      make(`year/${path}/deep`);
      // The root, `year`, and twice what the name must lie in.
      assert.equal(await watch(), 2 + 2 * (path.split('/').length - 1));
    });
  }

  for (const name of ['Trash', 'snapshot', 'Lost+Found', 'my@eaDir', '@eaDir2', 'x.recycle', 'Recycler'])
    it(`watches a folder called ${name}`, async () => {
      make(`${name}/deep`);
      assert.equal(await watch(), 3);
    });

  it('watches what its owner takes back', async () => {
    make('.snapshots/1');
    make('@eaDir/1');
    assert.equal(await watch({ takenBack: ['.snapshots'] }), 3);
    writeFileSync(join(root, '.snapshots/1/a.jpg'), 'x');
    await hears('.snapshots/1/a.jpg');
  });

  it('takes none for folders that a mark leaves alone, for as long as it counts', async () => {
    for (const folder of ['x', 'y/raw', 'z']) make(`${folder}/deep/deeper`);
    const patterns = { kind: 'patterns', folder: 'y', text: 'raw/' } as const;
    const marks = [{ kind: 'nomedia', folder: 'x', text: '' } as const, patterns];
    assert.equal(await watch({ takenBack: [], marks, unwatched: ['y/raw', 'z'] }), 1 + 1 + 3);
  });

  it('takes none for a bin that is made later, and hears of what lies beside it', async () => {
    await watch();
    make('.recycle');
    make('#recycle');
    writeFileSync(join(root, '#recycle/a.jpg'), 'x');
    writeFileSync(join(root, 'b.jpg'), 'x');
    await hears('b.jpg');
    assert.equal(watches() - before, 1);
    assert.deepEqual(
      hints.flatMap((hint) => (hint.kind === 'path' ? [hint.path.toString()] : [])),
      ['b.jpg'],
    );
  });

  it('hears of names of any kind, in paths of any length', async () => {
    let deep = '';
    while (root.length + deep.length < 3_700) deep += `${'d'.repeat(200)}/`;
    make(deep);
    make('line\nbreak (old) [x]');
    await watch();
    writeFileSync(join(root, `${deep}a.jpg`), 'x');
    writeFileSync(join(root, 'line\nbreak (old) [x]', 'ü.jpg'), 'x');
    await hears(`${deep}a.jpg`);
    await hears('line\nbreak (old) [x]/ü.jpg');
  });
});
