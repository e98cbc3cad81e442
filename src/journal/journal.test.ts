import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { TestJournal } from '../../test/kit/test-journal.ts';
import { holdState, openJournal } from './index.ts';
import { Sqlite } from './sqlite.ts';

const modeOf = (path: string): string => (statSync(path).mode & 0o777).toString(8);

describe('the journal', () => {
  it('is for its owner alone', () => {
    using test = new TestJournal();
    test.insert();
    assert.equal(modeOf(test.stateFolder), '700');
    for (const name of readdirSync(test.stateFolder)) assert.equal(modeOf(join(test.stateFolder, name)), '600', name);
  });

  it('is for its owner alone also in a folder that others may enter, as a container gives it', () => {
    const folder = mkdtempSync(join(tmpdir(), 'homeroll-journal-'));
    try {
      mkdirSync(join(folder, 'data'));
      chmodSync(join(folder, 'data'), 0o755);
      const journal = openJournal(join(folder, 'data'));
      journal.facts.set('a', 'b');
      for (const name of readdirSync(join(folder, 'data'))) assert.equal(modeOf(join(folder, 'data', name)), '600', name);
      journal.close();
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('is the same after it was closed', () => {
    using test = new TestJournal();
    const id = test.insert();
    test.reopen();
    assert.equal(test.journal.files.byId(id)?.state, 'wanted');
  });

  for (const isReadOnly of [false, true]) {
    it(`that is damaged is refused with the cure (${isReadOnly ? 'reading' : 'writing'})`, () => {
      const folder = mkdtempSync(join(tmpdir(), 'homeroll-journal-'));
      try {
        writeFileSync(join(folder, 'journal.sqlite'), 'no database at all, '.repeat(500));
        assert.throws(() => openJournal(folder, { durability: 'NORMAL', isReadOnly }), {
          code: 'journal damaged',
          message: /is damaged\. Put a copy of it back/,
        });
      } finally {
        rmSync(folder, { recursive: true });
      }
    });

    it(`of a newer Homeroll is refused with the cure (${isReadOnly ? 'reading' : 'writing'})`, () => {
      using test = new TestJournal();
      const database = new Sqlite(join(test.stateFolder, 'journal.sqlite'), { durability: 'OFF' });
      database.execute('PRAGMA user_version = 99');
      database.close();
      assert.throws(() => openJournal(test.stateFolder, { durability: 'NORMAL', isReadOnly }), {
        code: 'newer journal',
        message: /Update this one/,
      });
    });
  }

  it('that is not there cannot be read, and says so', () => {
    assert.throws(() => openJournal('/nowhere/at/all', { durability: 'NORMAL', isReadOnly: true }), { code: 'no journal' });
  });

  it('can be read while it is written', () => {
    using test = new TestJournal();
    const reader = openJournal(test.stateFolder, { durability: 'NORMAL', isReadOnly: true });
    test.journal.transaction(() => {
      const id = test.insert();
      assert.equal(reader.files.byId(id), undefined);
    });
    assert.equal(reader.tally.all()[0]?.files, 1);
    reader.close();
  });

  it('keeps all of a transaction or nothing, nested ones too', () => {
    using test = new TestJournal();
    const attempt = (): void =>
      test.journal.transaction(() => {
        test.insert();
        test.journal.durably(() => test.insert());
        throw new Error('in the middle');
      });
    assert.throws(attempt, /in the middle/);
    assert.deepEqual(test.journal.tally.all(), []);
    test.journal.durably(() => test.insert());
    assert.equal(test.journal.tally.all()[0]?.files, 1);
  });
});

describe('the state folder', () => {
  const script = `
    import { holdState } from ${JSON.stringify(new URL('./index.ts', import.meta.url).href)};
    // Kept by a name: what nobody holds any more is collected as garbage, and lets go.
    globalThis.held = holdState(process.argv[1]);
    console.log('held');
    setInterval(() => undefined, 1_000);`;

  async function holdElsewhere(stateFolder: string): Promise<ChildProcess> {
    const child = spawn(process.execPath, ['--input-type=module', '-e', script, stateFolder], { stdio: ['ignore', 'pipe', 'inherit'] });
    await new Promise((resolve, reject) => {
      child.stdout?.once('data', resolve);
      child.once('exit', reject);
    });
    return child;
  }

  it('is held by one Homeroll at a time, and let go', () => {
    using test = new TestJournal();
    const hold = holdState(test.stateFolder);
    assert.throws(() => holdState(test.stateFolder), { code: 'journal held' });
    hold.release();
    holdState(test.stateFolder).release();
  });

  it('held by another process is free the moment that one is killed', async () => {
    using test = new TestJournal();
    const child = await holdElsewhere(test.stateFolder);
    assert.throws(() => holdState(test.stateFolder), { code: 'journal held' });
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await ended;
    holdState(test.stateFolder).release();
  });
});
