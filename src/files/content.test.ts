import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { appendFileSync, chmodSync, mkdtempSync, renameSync, rmSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { sha1 } from '../domain/index.ts';
import { FileChanged, hashFile, type Judged, sendable } from './content.ts';
import type { Disk, FileStat, OpenFile } from './disk.ts';
import { DiskError } from './disk-error.ts';
import { realDisk } from './real-disk.ts';

const { signal } = new AbortController();
/** What content.ts reads at a time. */
const wholeChunk = 256 * 1024;
let folder = '';
let path = Buffer.alloc(0);

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'homeroll-content-'));
  path = Buffer.from(join(folder, 'a.jpg'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const sha1Of = (bytes: Uint8Array): ReturnType<typeof sha1> => sha1(createHash('sha1').update(bytes).digest('hex'));

async function judged(identity: Judged['identity'] = 'local'): Promise<Judged & { stat: FileStat }> {
  const stat = await realDisk.stat(path);
  assert.ok(stat);
  return { stat, identity };
}

/** An open file on which `meanwhile` happens right after its nth read. */
function disturbed(file: OpenFile, nth: number, meanwhile: () => void): OpenFile {
  let reads = 0;
  return {
    stat: () => file.stat(),
    async read(into, positionBytes, lengthBytes) {
      const count = await file.read(into, positionBytes, lengthBytes);
      if (++reads === nth) meanwhile();
      return count;
    },
    close: () => file.close(),
    [Symbol.asyncDispose]: () => file.close(),
  };
}

const disturbedDisk = (nth: number, meanwhile: () => void): Disk => ({
  ...realDisk,
  open: async (which) => disturbed(await realDisk.open(which), nth, meanwhile),
});

describe('hashing a file', () => {
  for (const sizeBytes of [0, 1, wholeChunk - 1, wholeChunk, wholeChunk + 1, 3 * wholeChunk + 7])
    it(`gives the SHA-1 of ${sizeBytes} bytes`, async () => {
      const bytes = randomBytes(sizeBytes);
      writeFileSync(path, bytes);
      assert.deepEqual(await hashFile(realDisk, { path, ...(await judged()) }, signal), { kind: 'hashed', sha1: sha1Of(bytes) });
    });

  it('gives the same where the disk hands out a few bytes at a time', async () => {
    const bytes = randomBytes(1000);
    writeFileSync(path, bytes);
    const disk: Disk = {
      ...realDisk,
      async open(which) {
        const file = await realDisk.open(which);
        return { ...file, read: (into, position, length) => file.read(into, position, Math.min(length, 7)) };
      },
    };
    assert.deepEqual(await hashFile(disk, { path, ...(await judged()) }, signal), { kind: 'hashed', sha1: sha1Of(bytes) });
  });

  for (const beforeBytes of [1, wholeChunk - 1, wholeChunk, wholeChunk + 1, 2 * wholeChunk]) {
    it(`tells whether it begins with the ${beforeBytes} bytes that it was before`, async () => {
      const bytes = randomBytes(2 * wholeChunk + 5);
      writeFileSync(path, bytes);
      const isWrittenOn = async (first: Uint8Array): Promise<boolean | undefined> => {
        const hashed = await hashFile(
          realDisk,
          { path, ...(await judged()), before: { sizeBytes: first.length, sha1: sha1Of(first) } },
          signal,
        );
        return hashed.kind === 'hashed' ? hashed.isWrittenOn : undefined;
      };
      assert.equal(await isWrittenOn(bytes.subarray(0, beforeBytes)), true);
      assert.equal(await isWrittenOn(randomBytes(beforeBytes + 8)), false);
      assert.equal(await isWrittenOn(bytes), false, 'nothing was written on');
    });
  }

  for (const { name, change } of [
    { name: 'grew', change: () => appendFileSync(path, 'more') },
    { name: 'shrank', change: () => truncateSync(path, wholeChunk + 1) },
    { name: 'was touched', change: () => utimesSync(path, 1, 1) },
    { name: 'was written over in place, its mtime set back', change: () => chmodSync(path, 0o600) },
  ]) {
    it(`says changed when it ${name} while it was read`, async () => {
      writeFileSync(path, randomBytes(3 * wholeChunk));
      assert.deepEqual(await hashFile(disturbedDisk(1, change), { path, ...(await judged()) }, signal), { kind: 'changed' });
    });
    it(`says changed when it ${name} before`, async () => {
      writeFileSync(path, randomBytes(3 * wholeChunk));
      const before = await judged();
      change();
      assert.deepEqual(await hashFile(realDisk, { path, ...before }, signal), { kind: 'changed' });
    });
  }

  it('says changed when another file took its name', async () => {
    writeFileSync(path, 'old');
    const before = await judged();
    writeFileSync(join(folder, 'b.jpg'), 'new');
    utimesSync(join(folder, 'b.jpg'), Number(before.stat.mtimeNs) / 1e9, Number(before.stat.mtimeNs) / 1e9);
    renameSync(join(folder, 'b.jpg'), path);
    assert.deepEqual(await hashFile(realDisk, { path, ...before }, signal), { kind: 'changed' });
  });

  it('minds no other inode on a share', async () => {
    writeFileSync(path, 'picture');
    const { stat } = await judged();
    const before: Judged = { stat: { ...stat, inode: stat.inode + 1n, ctimeNs: 1n }, identity: 'network' };
    assert.equal((await hashFile(realDisk, { path, ...before }, signal)).kind, 'hashed');
  });

  it('says vanished, and unreadable with the reason', async () => {
    writeFileSync(path, 'picture');
    const before = { path, ...(await judged()) };
    const why = new DiskError('forbidden', path);
    const locked: Disk = { ...realDisk, open: () => Promise.reject(why) };
    assert.deepEqual(await hashFile(locked, before, signal), { kind: 'unreadable', why });
    rmSync(path);
    assert.deepEqual(await hashFile(realDisk, before, signal), { kind: 'vanished' });
  });

  it('says unreadable when the disk fails half-way, reading ahead or not', async () => {
    writeFileSync(path, randomBytes(5 * wholeChunk));
    const why = new DiskError('broken', path);
    for (const nth of [1, 2, 5]) {
      const fail = (): void => {
        throw why;
      };
      assert.deepEqual(await hashFile(disturbedDisk(nth, fail), { path, ...(await judged()) }, signal), { kind: 'unreadable', why });
    }
  });

  it('stops when it is called off', async () => {
    writeFileSync(path, randomBytes(3 * wholeChunk));
    const stopping = new AbortController();
    const disk = disturbedDisk(2, () => stopping.abort());
    await assert.rejects(hashFile(disk, { path, ...(await judged()) }, stopping.signal), { name: 'AbortError' });
  });
});

describe('sending a file', () => {
  /** Keeps every chunk, as sockets do, and says what was given and how it ended. */
  async function send(file: OpenFile, as: Judged & { sha1: ReturnType<typeof sha1> }): Promise<{ sent: Buffer; error: unknown }> {
    const chunks: Buffer[] = [];
    try {
      for await (const chunk of sendable(file, as, signal)) chunks.push(Buffer.from(chunk));
      return { sent: Buffer.concat(chunks), error: undefined };
    } catch (error) {
      return { sent: Buffer.concat(chunks), error };
    }
  }

  for (const sizeBytes of [0, 1, wholeChunk, 5 * wholeChunk + 3])
    it(`gives all ${sizeBytes} bytes`, async () => {
      const bytes = randomBytes(sizeBytes);
      writeFileSync(path, bytes);
      await using file = await realDisk.open(path);
      const { sent, error } = await send(file, { ...(await judged()), sha1: sha1Of(bytes) });
      assert.equal(error, undefined);
      assert.ok(sent.equals(bytes));
    });

  it('never gives the last chunk of other bytes, though every stat agrees', async () => {
    writeFileSync(path, randomBytes(3 * wholeChunk));
    await using file = await realDisk.open(path);
    const { sent, error } = await send(file, { ...(await judged()), sha1: sha1Of(Buffer.from('the judged bytes')) });
    assert.ok(error instanceof FileChanged);
    assert.equal(sent.length, 2 * wholeChunk);
  });

  it('gives nothing of a file of one chunk that is another', async () => {
    writeFileSync(path, 'other bytes');
    await using file = await realDisk.open(path);
    const { sent, error } = await send(file, { ...(await judged()), sha1: sha1Of(Buffer.from('judged bytes')) });
    assert.ok(error instanceof FileChanged);
    assert.equal(sent.length, 0);
  });

  it('never gives the last chunk of a file that changed on the way', async () => {
    for (const nth of [1, 2, 3]) {
      const bytes = randomBytes(3 * wholeChunk);
      writeFileSync(path, bytes);
      await using real = await realDisk.open(path);
      const file = disturbed(real, nth, () => appendFileSync(path, 'more'));
      const { sent, error } = await send(file, { ...(await judged()), sha1: sha1Of(bytes) });
      assert.ok(error instanceof FileChanged);
      assert.ok(sent.length < bytes.length);
    }
  });

  it('leaves no read behind when its receiver leaves early', async () => {
    const bytes = randomBytes(4 * wholeChunk);
    writeFileSync(path, bytes);
    const file = await realDisk.open(path);
    for await (const chunk of sendable(file, { ...(await judged()), sha1: sha1Of(bytes) }, signal)) {
      assert.equal(chunk.length, wholeChunk);
      break;
    }
    await file.close();
  });
});
