import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { makeFolder } from './make-folder.ts';

describe('a folder', () => {
  let home = '';
  before(() => {
    home = mkdtempSync(join(tmpdir(), 'homeroll-folder-'));
    writeFileSync(join(home, 'file'), '');
  });
  after(() => rmSync(home, { recursive: true }));

  it('is made with those above it, and found made by two at once', async () => {
    await Promise.all([makeFolder(join(home, 'a/b/c'), 0o700), makeFolder(join(home, 'a/b/c'), 0o700)]);
    assert.equal(statSync(join(home, 'a/b/c')).mode & 0o777, 0o700);
  });

  for (const place of ['file', 'file/deeper']) {
    it(`is not made where a file lies (${place})`, () => assert.rejects(makeFolder(join(home, place)), { code: /EEXIST|ENOTDIR/ }));
  }

  it('is not tried for ever where the kernel makes none', { skip: process.platform !== 'linux' }, () =>
    assert.rejects(makeFolder('/proc/homeroll/deeper'), { code: 'ENOENT' }),
  );
});
