import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { DiskError } from './disk-error.ts';
import { joinPath } from './path-bytes.ts';
import { bytesOf } from './random-access.ts';
import { realDisk } from './real-disk.ts';

const { signal } = new AbortController();

describe('the real disk', () => {
  let folder = '';
  const at = (...names: (string | Buffer)[]): Buffer => names.map((name) => Buffer.from(name)).reduce(joinPath, Buffer.from(folder));

  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'homeroll-disk-'));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  for (const { what, name } of [
    { what: 'a newline', name: Buffer.from('new\nline.jpg') },
    { what: 'quotes', name: Buffer.from(`"it's" \`x\`.jpg`) },
    { what: 'an emoji', name: Buffer.from('🏖️.jpg') },
    { what: 'an accent composed', name: Buffer.from('é.jpg'.normalize('NFC')) },
    { what: 'an accent decomposed', name: Buffer.from('é.jpg'.normalize('NFD')) },
    { what: '255 bytes', name: Buffer.from(`${'n'.repeat(251)}.jpg`) },
    { what: 'bytes that are no UTF-8', name: Buffer.from([0x49, 0xff, 0xc3, 0x28, 0x2e, 0x6a, 0x70, 0x67]) },
  ])
    it(`lists, looks at and reads a name with ${what}`, async () => {
      const home = at(`odd ${what}`);
      mkdirSync(home);
      writeFileSync(joinPath(home, name), 'picture');
      const listed = (await Array.fromAsync(realDisk.entries(home, signal))).flat();
      assert.deepEqual(listed, [{ name, kind: 'file' }]);
      const stat = await realDisk.stat(joinPath(home, name));
      assert.equal(stat?.sizeBytes, 7);
      await using file = await realDisk.open(joinPath(home, name));
      assert.deepEqual(await file.stat(), stat);
      assert.equal(Buffer.from(await bytesOf(file, 7).readAt(2, 99)).toString(), 'cture');
    });

  it('says that nothing is there', async () => {
    writeFileSync(at('file.jpg'), '');
    assert.equal(await realDisk.stat(at('nothing')), undefined);
    assert.equal(await realDisk.stat(at('file.jpg', 'below')), undefined);
    assert.equal(await realDisk.root(at('nothing')), undefined);
    await assert.rejects(realDisk.open(at('nothing')), { kind: 'vanished' });
    await assert.rejects(Array.fromAsync(realDisk.entries(at('nothing'), signal)), { kind: 'vanished' });
  });

  it('neither reads nor waits for what is called a picture and is none', async () => {
    execFileSync('mkfifo', [at('pipe.jpg').toString()]);
    symlinkSync('/etc/hostname', at('link.jpg'));
    mkdirSync(at('folder.jpg'));
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(at('socket.jpg').toString(), resolve));
    try {
      for (const name of ['pipe.jpg', 'socket.jpg', 'link.jpg', 'folder.jpg']) {
        await assert.rejects(realDisk.open(at(name)), (error) => error instanceof DiskError && error.kind === 'not a file', name);
      }
      await assert.rejects(realDisk.open(Buffer.from('/dev/null')), { kind: 'not a file' });
    } finally {
      await new Promise((resolve) => server.close(resolve));
    }
  });

  it('looks at a link, not through it', async () => {
    symlinkSync('.', at('loop'));
    assert.equal((await realDisk.stat(at('loop')))?.kind, 'link');
  });

  it('lists a folder of 3,000 in chunks of at most 256', async () => {
    mkdirSync(at('huge'));
    for (let number = 0; number < 3000; number++) writeFileSync(at('huge', `${number}`), '');
    const chunks = await Array.fromAsync(realDisk.entries(at('huge'), signal));
    assert.ok(chunks.every((chunk) => chunk.length <= 256));
    assert.equal(new Set(chunks.flat().map(({ name }) => name.toString())).size, 3000);
  });

  it('stops listing when it is called off', async () => {
    mkdirSync(at('stop'));
    writeFileSync(at('stop', 'a'), '');
    await assert.rejects(Array.fromAsync(realDisk.entries(at('stop'), AbortSignal.abort())), { name: 'AbortError' });
  });

  it('knows what a root stands on, through a link as well', async () => {
    const root = await realDisk.root(Buffer.from(folder));
    assert.equal(root?.isMountPoint, false);
    symlinkSync(folder, at('to-root'));
    assert.deepEqual(await realDisk.root(at('to-root')), root);
    assert.equal((await realDisk.root(Buffer.from('/')))?.isMountPoint, true);
    await assert.rejects(realDisk.root(Buffer.from('/etc/passwd')), { kind: 'not a folder' });
  });

  it('knows the free space', async () => {
    const { freeBytes, totalBytes } = await realDisk.freeSpace(Buffer.from(folder));
    assert.ok(totalBytes > 0 && freeBytes <= totalBytes);
  });

  it('keeps nanoseconds, also of a time before 1970', async () => {
    writeFileSync(at('old.jpg'), '');
    utimesSync(at('old.jpg'), new Date(-1500), new Date(-1500));
    assert.equal((await realDisk.stat(at('old.jpg')))?.mtimeNs, -1_500_000_000n);
  });
});
