/** A journal that is damaged, gone or replaced is seen to be so, and is kept aside whole. */
import assert from 'node:assert/strict';
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { TestJournal } from '../../test/kit/test-journal.ts';
import { holdState, type JournalTrouble, journalPath, keepAside, newestAside, openJournal } from './index.ts';
import { Sqlite } from './sqlite.ts';

const checked = { durability: 'OFF', isChecked: true } as const;
const nowMs = Date.UTC(2026, 10, 25, 5, 41, 20, 123);

/** A closed journal with files enough for many pages. */
function filled(): TestJournal {
  const test = new TestJournal();
  test.journal.transaction(() => {
    for (let number = 0; number < 500; number += 1)
      test.journal.history.add(test.insert(), { atMs: 1, to: 'wanted', reason: 'x'.repeat(40) });
  });
  test.journal.close();
  return test;
}

function scribble(path: string, fromByte: number, bytes: number): void {
  const file = openSync(path, 'r+');
  writeSync(file, Buffer.alloc(bytes, 0xa5), 0, bytes, fromByte);
  closeSync(file);
}

describe('a journal found damaged when it is opened', () => {
  for (const { damage, harm } of [
    { damage: 'its header overwritten', harm: (path: string) => scribble(path, 0, 100) },
    { damage: 'pages in its middle overwritten', harm: (path: string) => scribble(path, 4 * 4_096, statSync(path).size / 2) },
    { damage: 'its end cut off', harm: (path: string) => truncateSync(path, 5 * 4_096) },
    { damage: 'zero length', harm: (path: string) => truncateSync(path, 0) },
    { damage: 'another text in its place', harm: (path: string) => writeFileSync(path, 'no database at all, '.repeat(500)) },
  ]) {
    it(`with ${damage} is refused, and a new one can be begun when it is kept aside`, () => {
      using test = filled();
      const path = journalPath(test.stateFolder);
      harm(path);
      const bytes = readFileSync(path);
      assert.throws(() => openJournal(test.stateFolder, checked), { code: 'journal damaged', message: /begins a new one/ });
      const aside = keepAside(test.stateFolder, nowMs);
      assert.equal(aside, 'journal.sqlite.damaged-20261125T054120Z');
      // Looking may have brought its own notes on the head up to date; the size tells that nothing was thrown away.
      assert.equal(statSync(join(test.stateFolder, aside)).size, bytes.length);
      assert.equal(existsSync(path), false);
      test.journal = openJournal(test.stateFolder, checked);
      assert.deepEqual(test.journal.tally.all(), []);
    });
  }

  it('because it is a database of something else is refused too', () => {
    using test = filled();
    const path = journalPath(test.stateFolder);
    rmSync(path);
    const other = new Sqlite(path, { durability: 'OFF' });
    other.execute('CREATE TABLE recipe (name TEXT)');
    other.close();
    assert.throws(() => openJournal(test.stateFolder, checked), { code: 'journal damaged' });
    rmSync(path);
    test.journal = openJournal(test.stateFolder);
  });

  it('without one of its tables is refused too', () => {
    using test = filled();
    const database = new Sqlite(journalPath(test.stateFolder), { durability: 'OFF' });
    database.execute('DROP TABLE outbox');
    database.close();
    assert.throws(() => openJournal(test.stateFolder, checked), { code: 'journal damaged' });
    keepAside(test.stateFolder, nowMs);
    test.journal = openJournal(test.stateFolder);
  });

  it('only after a while of looking is told by the statement that came upon it, and whoever asked to be told hears of it', () => {
    using test = filled();
    const path = journalPath(test.stateFolder);
    // Behind the tables' own descriptions, which lie at the front and are read at once.
    const third = Math.floor(statSync(path).size / 3);
    scribble(path, 2 * third, third);
    const heard: JournalTrouble[] = [];
    test.journal = openJournal(test.stateFolder, { durability: 'OFF', onTrouble: (trouble) => heard.push(trouble) });
    const work = (): void =>
      test.journal.transaction(() => {
        for (let number = 0; number < 100; number += 1) test.journal.history.add(test.insert(), { atMs: 1, to: 'wanted' });
        for (let id = 1; id < 500; id += 1) test.journal.history.of(id as never);
      });
    assert.throws(work, { code: 'journal damaged' });
    assert.deepEqual(
      heard.map(({ code }) => code),
      ['journal damaged'],
    );
  });
});

describe('a journal that was never there', () => {
  const dies = (): never => {
    throw new Error('killed');
  };
  const dying = { durability: 'OFF', crashPoints: { reach: dies } } as const;

  it('lies in its place whole or not at all, so that whoever is killed while beginning it leaves nothing that looks damaged', () => {
    using test = new TestJournal();
    test.journal.close();
    const path = journalPath(test.stateFolder);
    rmSync(path);
    // Of an earlier process that was killed at its very first step.
    writeFileSync(`${path}.new-4000000`, '');
    assert.throws(() => openJournal(test.stateFolder, dying), /killed/);
    assert.equal(existsSync(path), false);
    test.journal = openJournal(test.stateFolder, checked);
    assert.deepEqual(readdirSync(test.stateFolder).sort(), ['journal.sqlite', 'journal.sqlite-shm', 'journal.sqlite-wal']);
  });

  it('takes nothing out of the log of one that was deleted', () => {
    using test = filled();
    const path = journalPath(test.stateFolder);
    const open = openJournal(test.stateFolder, { durability: 'OFF' });
    open.facts.set('who', 'old');
    const log = readFileSync(`${path}-wal`);
    open.close();
    rmSync(path);
    writeFileSync(`${path}-wal`, log);
    test.journal = openJournal(test.stateFolder, checked);
    assert.equal(test.journal.facts.get('who'), undefined);
  });
});

describe('a journal that is kept aside', () => {
  it('takes its log along, and never lies over another one', () => {
    using test = filled();
    const write = (text: string): void => {
      for (const suffix of ['', '-wal', '-shm']) writeFileSync(journalPath(test.stateFolder) + suffix, `${text}${suffix}`);
    };
    write('first');
    const first = keepAside(test.stateFolder, nowMs);
    write('second');
    const second = keepAside(test.stateFolder, nowMs);
    assert.notEqual(first, second);
    for (const [name, text] of [
      [first, 'first'],
      [second, 'second'],
    ] as const)
      for (const suffix of ['', '-wal', '-shm'])
        assert.equal(readFileSync(join(test.stateFolder, name + suffix), 'utf8'), `${text}${suffix}`);
    assert.equal(newestAside(test.stateFolder), second);
    test.journal = openJournal(test.stateFolder);
  });
});

describe('an open journal', () => {
  it('knows that it was deleted, or that another lies in its place', () => {
    using test = new TestJournal();
    const { journal } = test;
    assert.equal(journal.isInPlace(), true);
    rmSync(journalPath(test.stateFolder));
    assert.equal(journal.isInPlace(), false);
    writeFileSync(journalPath(test.stateFolder), '');
    assert.equal(journal.isInPlace(), false);
    journal.close();
    rmSync(journalPath(test.stateFolder));
    test.journal = openJournal(test.stateFolder);
  });

  it('that was replaced does no harm to its successor when it is closed', () => {
    using test = new TestJournal();
    const old = test.journal;
    old.facts.set('who', 'old');
    rmSync(test.stateFolder, { recursive: true });
    test.journal = openJournal(test.stateFolder, { durability: 'OFF' });
    test.journal.facts.set('who', 'new');
    old.close();
    const reader = openJournal(test.stateFolder, { durability: 'NORMAL', isReadOnly: true });
    assert.equal(reader.facts.get('who'), 'new');
    reader.close();
  });
});

describe('a held state folder', () => {
  it('knows that it was replaced', () => {
    using test = new TestJournal();
    const hold = holdState(test.stateFolder);
    assert.equal(hold.isInPlace(), true);
    renameSync(test.stateFolder, `${test.stateFolder}.away`);
    mkdirSync(test.stateFolder);
    assert.equal(hold.isInPlace(), false);
    hold.release();
  });

  it('is held also where something scribbled over its lock, which holds nothing', () => {
    using test = new TestJournal();
    writeFileSync(join(test.stateFolder, 'lock.sqlite'), 'no database at all, '.repeat(500));
    const hold = holdState(test.stateFolder);
    assert.throws(() => holdState(test.stateFolder), { code: 'journal held' });
    hold.release();
  });
});
