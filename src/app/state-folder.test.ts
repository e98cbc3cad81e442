import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { plainFiles, realDisk } from '../files/index.ts';
import { mustBeFit, prepareStateFolder } from './state-folder.ts';

describe('the state folder', () => {
  let home: string;
  before(async () => {
    home = await mkdtemp(join(tmpdir(), 'homeroll-state-'));
    await mkdir(join(home, 'pictures'));
    await symlink(join(home, 'pictures'), join(home, 'link'));
    await writeFile(join(home, 'file'), '');
  });
  after(() => rm(home, { recursive: true }));
  const sight = { quickDisk: realDisk, files: plainFiles };
  const prepare = (folder: string) => prepareStateFolder(join(home, folder), [{ name: 'Phone', folder: join(home, 'pictures') }], sight);

  for (const folder of ['pictures', 'pictures/.local/state', 'link/state']) {
    it(`is refused in a source: ${folder}`, () =>
      assert.rejects(prepare(folder), {
        message: `The journal cannot be kept in ${join(home, folder)}: that lies in the folder of Phone. Set "state" to a folder outside of it.`,
      }));
  }
  for (const folder of ['file', 'file/state']) {
    it(`is refused where a file lies: ${folder}`, () =>
      assert.rejects(prepare(folder), { code: 'state unwritable', message: /file is a file\./ }));
  }
  it('is refused where the kernel keeps nothing', { skip: process.platform !== 'linux' }, () =>
    assert.rejects(mustBeFit('/proc/homeroll', [], sight), { code: 'state unwritable', message: /it cannot be written/ }),
  );
  it('is not made by a mere look', async () => {
    await mustBeFit(join(home, 'new'), [], sight);
    assert.equal(await realDisk.stat(Buffer.from(join(home, 'new'))), undefined);
  });
  it('is made where there is none, also beside a source of a similar name', () => prepare('pictures2/state'));
});
