import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { counting } from './counting-disk.ts';
import type { Disk } from './disk.ts';
import { DiskError, type DiskErrorKind } from './disk-error.ts';
import { joinPath, type PathBytes } from './path-bytes.ts';
import { realDisk } from './real-disk.ts';
import { type Walked, walk } from './walk.ts';

let root = '';

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'homeroll-walk-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function make(...paths: readonly string[]): void {
  for (const path of paths) {
    mkdirSync(join(root, dirname(path)), { recursive: true });
    if (path.endsWith('/')) mkdirSync(join(root, path), { recursive: true });
    else writeFileSync(join(root, path), 'x');
  }
}

async function walked(disk: Disk = realDisk, signal = new AbortController().signal): Promise<Walked[]> {
  return Array.fromAsync(walk(disk, Buffer.from(root), { signal }));
}

const pathsOf = (steps: readonly Walked[]): string[] =>
  steps.flatMap((step) => (step.kind === 'files' ? step.files.map(({ name }) => joinPath(step.folder, name).toString()) : [])).sort();

const unreadableOf = (steps: readonly Walked[]): string[] =>
  steps.flatMap((step) =>
    step.kind === 'unreadable' ? [`${joinPath(step.folder, step.name ?? Buffer.alloc(0)).toString()}: ${step.why.kind}`] : [],
  );

/** The real disk, except that one call on one path fails. */
function failing(call: 'stat' | 'entries', name: string, kind: DiskErrorKind): Disk {
  const isIt = (path: PathBytes): boolean => path.toString() === join(root, name);
  return {
    ...realDisk,
    async stat(path) {
      if (call === 'stat' && isIt(path)) throw new DiskError(kind, path);
      return realDisk.stat(path);
    },
    async *entries(folder, signal) {
      if (call === 'entries' && isIt(folder)) throw new DiskError(kind, folder);
      yield* realDisk.entries(folder, signal);
    },
  };
}

describe('a walk', () => {
  it('tells every regular file, folder by folder, and ends each folder', async () => {
    make('a.jpg', 'x/b.jpg', 'x/y/c.jpg', 'empty/');
    const steps = await walked();
    assert.deepEqual(pathsOf(steps), ['a.jpg', 'x/b.jpg', 'x/y/c.jpg']);
    const ended = steps.flatMap((step) => (step.kind === 'files' && step.isLast ? [step.folder.toString()] : []));
    assert.deepEqual(ended.sort(), ['', 'empty', 'x', 'x/y']);
  });

  it('passes by what other programs left, and all below it', async () => {
    make('.stversions/a.jpg', 'x/@eaDir/b.jpg', 'x/b.jpg.part', 'x/b.jpg');
    assert.deepEqual(pathsOf(await walked()), ['x/b.jpg']);
  });

  it('follows no link, be it a loop', async () => {
    make('x/a.jpg');
    symlinkSync('..', join(root, 'x', 'up'));
    symlinkSync('a.jpg', join(root, 'x', 'link.jpg'));
    symlinkSync('/etc', join(root, 'etc'));
    symlinkSync('nowhere', join(root, 'dangling.jpg'));
    const steps = await walked();
    assert.deepEqual(pathsOf(steps), ['x/a.jpg']);
    assert.deepEqual(unreadableOf(steps), []);
  });

  it('starts at a link, when the owner names one as the root', async () => {
    make('real/a.jpg');
    symlinkSync('real', join(root, 'link'));
    root = join(root, 'link');
    try {
      assert.deepEqual(pathsOf(await walked()), ['a.jpg']);
    } finally {
      root = dirname(root);
    }
  });

  it('tells a folder of 3,000 files in chunks, the last one marked', async () => {
    make(...Array.from({ length: 3000 }, (_, number) => `huge/${number}.jpg`));
    const steps = (await walked()).filter((step) => step.kind === 'files' && step.folder.toString() === 'huge');
    assert.equal(pathsOf(steps).length, 3000);
    assert.ok(steps.length > 10);
    assert.deepEqual(
      steps.map((step) => step.kind === 'files' && step.isLast),
      steps.map((_, index) => index === steps.length - 1),
    );
  });

  it('enters each of more folders than it remembers, listing their parent once more', async () => {
    make(...Array.from({ length: 300 }, (_, number) => `many/${number}/a.jpg`), '.stversions/a.jpg');
    const { disk, counts } = counting(realDisk);
    assert.equal(pathsOf(await walked(disk)).length, 300);
    assert.equal(counts.listings, 1 + 2 + 300);
    assert.equal(counts.opens, 0);
  });

  it('goes 1,500 folders deep', async () => {
    make(`${'d/'.repeat(1500)}deep.jpg`);
    assert.equal(pathsOf(await walked())[0]?.length, 1500 * 2 + 'deep.jpg'.length);
  });

  it('tells where paths get too long for the system, and goes on', async () => {
    make('z/a.jpg', 'd/');
    const home = process.cwd();
    try {
      process.chdir(join(root, 'd'));
      for (let depth = 0; depth < 17; depth++) {
        mkdirSync('d'.repeat(250));
        process.chdir('d'.repeat(250));
      }
      const steps = await walked();
      assert.deepEqual(pathsOf(steps), ['z/a.jpg']);
      assert.match(unreadableOf(steps).join(), /^[d/]+: too long$/);
    } finally {
      process.chdir(home);
      execFileSync('rm', ['-rf', join(root, 'd')]); // node's own rm cannot reach down there
    }
  });

  it('sorts out entries whose kind the filesystem does not list', async () => {
    make('a.jpg', 'x/b.jpg', ...Array.from({ length: 300 }, (_, number) => `many/${number}/a.jpg`));
    symlinkSync('/etc', join(root, 'etc'));
    const disk: Disk = {
      ...realDisk,
      async *entries(folder, signal) {
        for await (const entries of realDisk.entries(folder, signal)) yield entries.map(({ name }) => ({ name, kind: 'unknown' }));
      },
    };
    assert.equal(pathsOf(await walked(disk)).length, 302);
  });

  for (const { name, call, path, kind, files, unreadable } of [
    {
      name: 'a folder that may not be listed',
      call: 'entries',
      path: 'x',
      kind: 'forbidden',
      files: ['a.jpg', 'z/c.jpg'],
      unreadable: ['x: forbidden'],
    },
    {
      name: 'a folder that vanished',
      call: 'entries',
      path: 'x',
      kind: 'vanished',
      files: ['a.jpg', 'z/c.jpg'],
      unreadable: ['x: vanished'],
    },
    {
      name: 'a folder that cannot be entered',
      call: 'stat',
      path: 'x',
      kind: 'broken',
      files: ['a.jpg', 'z/c.jpg'],
      unreadable: ['x: broken'],
    },
    {
      name: 'a file on a bad sector',
      call: 'stat',
      path: 'x/b.jpg',
      kind: 'broken',
      files: ['a.jpg', 'x/y/d.jpg', 'z/c.jpg'],
      unreadable: ['x/b.jpg: broken'],
    },
    {
      name: 'a folder whose files may not be looked at',
      call: 'stat',
      path: 'x/b.jpg',
      kind: 'forbidden',
      files: ['a.jpg', 'z/c.jpg'],
      unreadable: ['x: forbidden'],
    },
  ] as const)
    it(`tells ${name} and goes on with the others`, async () => {
      make('a.jpg', 'x/b.jpg', 'x/y/d.jpg', 'z/c.jpg');
      const steps = await walked(failing(call, path, kind));
      assert.deepEqual(pathsOf(steps), files);
      assert.deepEqual(unreadableOf(steps), unreadable);
      const isEnded = (folder: string): boolean =>
        steps.some((step) => step.kind === 'files' && step.isLast && step.folder.toString() === folder);
      assert.equal(isEnded('x'), path === 'x/b.jpg' && kind === 'broken');
    });

  it('tells a root that is not there', async () => {
    rmSync(root, { recursive: true });
    assert.deepEqual(unreadableOf(await walked()), [': vanished']);
  });

  it('enters other filesystems, but not those of the kernel', async () => {
    make('card/a.jpg', 'kernel/b.jpg');
    const disk: Disk = {
      ...realDisk,
      async stat(path) {
        const stat = await realDisk.stat(path);
        return stat?.kind === 'folder' ? { ...stat, device: 77n } : stat;
      },
      async root(path) {
        const identity = await realDisk.root(path);
        return identity && path.toString().endsWith('kernel') ? { ...identity, filesystem: { name: 'proc', kind: 'pseudo' } } : identity;
      },
    };
    const steps = await walked(disk);
    assert.deepEqual(pathsOf(steps), ['card/a.jpg']);
    assert.ok(steps.some((step) => step.kind === 'files' && step.folder.toString() === 'card' && step.device === 77n));
  });

  it('stops when it is called off', async () => {
    make('a.jpg', 'x/b.jpg');
    const stopping = new AbortController();
    const steps = walk(realDisk, Buffer.from(root), { signal: stopping.signal });
    await steps.next();
    stopping.abort();
    await assert.rejects(Array.fromAsync(steps), { name: 'AbortError' });
  });
});
