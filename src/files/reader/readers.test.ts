/** The disk through another process, held against those inside this one: a folder is called a share by the table of mounts. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { linuxOnly, ShareScene, timeOfDay } from '../../../test/kit/share-scene.ts';
import { systemClock } from '../../kernel/index.ts';
import { hashFile } from '../content.ts';
import type { Disk } from '../disk.ts';
import { DiskError } from '../disk-error.ts';
import { realDisk } from '../real-disk.ts';
import { type Walked, walk } from '../walk.ts';
import { Readers } from './readers.ts';

const signal = new AbortController().signal;

async function walked(disk: Disk, root: Buffer): Promise<readonly Walked[]> {
  return Array.fromAsync(walk(disk, root, { signal }));
}

async function failing(asked: Promise<unknown>): Promise<readonly [string, string]> {
  const error: unknown = await asked.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  assert.ok(error instanceof DiskError, String(error));
  return [error.kind, error.message];
}

describe('a disk that another process reads', linuxOnly, () => {
  it('shows the same folders, files and stats as one read here', async () => {
    await using scene = new ShareScene();
    mkdirSync(join(scene.share, 'deep/er'), { recursive: true });
    for (let number = 0; number < 600; number += 1) writeFileSync(join(scene.share, 'deep', `${number}.jpg`), `${number}`);
    writeFileSync(Buffer.concat([scene.path('deep/er/'), Buffer.from([0xff, 0x0a])]), 'a name that is no text');
    symlinkSync('deep', join(scene.share, 'link'));
    execFileSync('mkfifo', [join(scene.share, 'pipe')]);
    const root = scene.path('');
    assert.deepEqual(await walked(scene.disk, root), await walked(realDisk, root));
    assert.equal(scene.pids().length, 1);
    for (const name of ['', 'deep', 'link', 'deep/1.jpg', 'not there', 'deep/1.jpg/below'])
      assert.deepEqual(await scene.disk.stat(scene.path(name)), await realDisk.stat(scene.path(name)), name);
    const byInode = ({ inode, device }: NonNullable<Awaited<ReturnType<Disk['root']>>>): unknown => [inode, device];
    for (const name of ['', 'link']) {
      const [there, here] = [await scene.disk.root(scene.path(name)), await realDisk.root(scene.path(name))];
      assert.deepEqual(there && byInode(there), here && byInode(here));
    }
    assert.equal((await scene.disk.freeSpace(root)).totalBytes, (await realDisk.freeSpace(root)).totalBytes);
  });

  it('gives the same bytes, and lets others read what is held open', async () => {
    await using scene = new ShareScene();
    const bytes = Buffer.alloc(1_000_000, 'the bytes of a film');
    writeFileSync(scene.path('film.mp4'), bytes);
    const path = scene.path('film.mp4');
    const stat = await scene.disk.stat(path);
    assert.ok(stat);
    const file = { path, stat, identity: 'network' } as const;
    assert.deepEqual(await hashFile(scene.disk, file, signal), await hashFile(realDisk, file, signal));
    await using open = await scene.disk.open(path);
    rmSync(path);
    assert.match(open.procPath ?? '', new RegExp(`^/proc/${scene.pids()[0]}/fd/\\d+$`));
    assert.deepEqual(readFileSync(open.procPath ?? ''), bytes);
    const into = Buffer.alloc(30);
    assert.equal(await open.read(into, 999_990, 30), 10);
    assert.deepEqual(into.subarray(0, 10), bytes.subarray(999_990));
  });

  it('fails in the same words', async () => {
    await using scene = new ShareScene();
    mkdirSync(join(scene.share, 'folder'));
    writeFileSync(scene.path('file'), '');
    for (const ask of [
      (disk: Disk) => disk.open(scene.path('not there')),
      (disk: Disk) => disk.open(scene.path('folder')),
      (disk: Disk) => disk.root(scene.path('file')),
      (disk: Disk) => disk.stat(scene.path('x'.repeat(300))),
      (disk: Disk) => walked(disk, scene.path('file')).then(([first]) => Promise.reject(first?.kind === 'unreadable' ? first.why : first)),
    ])
      assert.deepEqual(await failing(ask(scene.disk)), await failing(ask(realDisk)));
  });

  it('may be left in the middle of a folder', async () => {
    await using scene = new ShareScene();
    for (let number = 0; number < 600; number += 1) writeFileSync(join(scene.share, `${number}.jpg`), '');
    for await (const entries of scene.disk.entries(scene.path(''), signal)) {
      assert.equal(entries.length, 256);
      break;
    }
    const [pid] = scene.pids();
    assert.deepEqual((await scene.disk.stat(scene.path('1.jpg')))?.kind, 'file');
    const open = execFileSync('ls', ['-l', `/proc/${pid}/fd`]).toString();
    assert.ok(!open.includes(scene.share), open);
  });

  it('is read on when the process dies of something else', async () => {
    await using scene = new ShareScene();
    writeFileSync(scene.path('a.jpg'), 'a');
    await scene.disk.stat(scene.path('a.jpg'));
    const open = await scene.disk.open(scene.path('a.jpg'));
    const [pid = 0] = scene.pids();
    const [looking, reading] = [
      scene.disk.stat(scene.path('a.jpg')),
      failing(open.read(Buffer.alloc(1), 0, 1).then(() => open.read(Buffer.alloc(1), 0, 1))),
    ];
    process.kill(pid, 'SIGKILL');
    assert.equal((await looking)?.sizeBytes, 1);
    await reading.catch(() => undefined);
    await assert.rejects(open.read(Buffer.alloc(1), 0, 1), { kind: 'busy' });
    assert.notDeepEqual(scene.pids(), [pid]);
  });

  it('stops at mounts below that may not answer, and never asks for them on the way', async () => {
    await using scene = new ShareScene();
    const readers = new Readers({
      clock: systemClock,
      readTable: () => Buffer.from(`2 1 0:50 / ${scene.share} rw - nfs4 x rw\n3 1 0:51 / ${scene.share}/pool rw - fuse.mergerfs x rw\n`),
    });
    mkdirSync(join(scene.share, 'pool'));
    writeFileSync(scene.path('pool/a.jpg'), 'a');
    await using _ = { [Symbol.asyncDispose]: () => readers.letGo() };
    const files = (await walked(readers.disk({ timeOfDay }), scene.path(''))).flatMap((step) => (step.kind === 'files' ? step.files : []));
    assert.deepEqual(
      files.map(({ name }) => name.toString()),
      ['a.jpg'],
    );
    assert.equal(scene.pids().length, 2, 'each device by its own process');
  });

  it('waits for nothing when Homeroll ends', async () => {
    await using scene = new ShareScene();
    await scene.disk.stat(scene.path('a.jpg'));
    const [pid = 0] = scene.pids();
    process.kill(pid, 'SIGSTOP');
    const [kind] = await Promise.all([failing(scene.disk.stat(scene.path('a.jpg'))), scene.readers.letGo()]);
    assert.equal(kind[0], 'busy');
    await assert.rejects(scene.disk.stat(scene.path('a.jpg')), { kind: 'busy' });
  });

  it('says for a command at once what another one waited for', async () => {
    await using scene = new ShareScene();
    const quick = scene.readers.disk({ patienceMs: 200, timeOfDay });
    await quick.stat(scene.path('a.jpg'));
    const [pid = 0] = scene.pids();
    process.kill(pid, 'SIGSTOP');
    const said = `${scene.share} does not answer since 21:04. Nothing in it counts as deleted; it goes on by itself when it answers again.`;
    assert.deepEqual(await failing(quick.stat(scene.path('a.jpg'))), ['away', said]);
    assert.deepEqual(await failing(quick.root(scene.path(''))), ['away', said]);
    await assert.rejects(scene.readers.files({ patienceMs: 200, timeOfDay }).bytes(join(scene.share, 'a.jpg')), { code: 'ETIMEDOUT' });
    process.kill(pid, 'SIGCONT');
    assert.equal(await scene.disk.stat(scene.path('a.jpg')), undefined);
    assert.equal(await quick.stat(scene.path('a.jpg')), undefined);
  });
});

/** One share that is mounted at two places. */
class TwoPlaces extends ShareScene {
  readonly other = realpathSync(mkdtempSync(join(tmpdir(), 'homeroll-other-')));
  readonly both = new Readers({
    clock: systemClock,
    readTable: () => Buffer.from([this.share, this.other].map((point) => `2 1 0:50 / ${point} rw - nfs4 nas:/x rw\n`).join('')),
  });

  override async [Symbol.asyncDispose](): Promise<void> {
    await this.both.letGo();
    rmSync(this.other, { recursive: true, force: true });
    await super[Symbol.asyncDispose]();
  }
}

describe('a share that is mounted at two places', linuxOnly, () => {
  it('is called by the place that was asked about', async () => {
    await using scene = new TwoPlaces();
    const quick = scene.both.disk({ patienceMs: 200, timeOfDay });
    for (const place of [scene.share, scene.other]) await quick.stat(Buffer.from(join(place, 'a.jpg')));
    const [pid = 0, ...more] = scene.pids();
    assert.deepEqual(more, [], 'one process for both');
    process.kill(pid, 'SIGSTOP');
    for (const place of [scene.share, scene.other, scene.share]) {
      const [, said] = await failing(quick.stat(Buffer.from(join(place, 'a.jpg'))));
      assert.ok(said.startsWith(`${place} does not answer since 21:04.`), said);
    }
    process.kill(pid, 'SIGCONT');
  });
});

describe('files of Homeroll’s own on a share', linuxOnly, () => {
  it('are read through links, with the errors of the system', async () => {
    await using scene = new ShareScene();
    const files = scene.readers.files({ timeOfDay });
    writeFileSync(scene.path('homeroll.yaml'), 'immich:');
    symlinkSync('homeroll.yaml', join(scene.share, 'link'));
    assert.equal((await files.bytes(join(scene.share, 'link'))).toString(), 'immich:');
    assert.equal(await files.realPath(join(scene.share, 'link')), join(scene.share, 'homeroll.yaml'));
    assert.equal((await files.facts(join(scene.share, 'link'))).size, 7n);
    await assert.rejects(files.bytes(join(scene.share, 'no')), { code: 'ENOENT' });
    await files.mustBeWritable(scene.share);
    chmodSync(scene.share, 0o500);
    if (process.getuid?.() !== 0) await assert.rejects(files.mustBeWritable(scene.share), { code: 'EACCES' });
    chmodSync(scene.share, 0o700);
  });
});
