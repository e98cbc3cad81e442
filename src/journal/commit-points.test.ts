import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { openJournal } from './index.ts';

describe('every commit', () => {
  it('is a point where a test may end the process, called after who writes', () => {
    const folder = mkdtempSync(join(tmpdir(), 'homeroll-journal-'));
    const reached: string[] = [];
    const open = () => openJournal(folder, { durability: 'OFF', crashPoints: { reach: (name) => reached.push(name) } });
    const journal = open();
    try {
      assert.equal(reached[0], 'before commit by open', 'a new journal writes its schema, however deep in the journal');
      reached.length = 0;

      const noteMany = (): void => journal.transaction(() => noteOne());
      const noteOne = (): void => journal.facts.set('a fact', 'is known');
      noteOne();
      assert.deepEqual(reached, ['before commit by noteOne', 'after commit by noteOne']);
      noteMany();
      assert.deepEqual(reached.slice(2), ['before commit by noteMany', 'after commit by noteMany']);
      assert.throws(() =>
        journal.durably(() => {
          throw new Error('no commit');
        }),
      );
      assert.equal(reached.length, 4, 'what is rolled back is no commit');
    } finally {
      journal.close();
      rmSync(folder, { recursive: true });
    }
  });
});
