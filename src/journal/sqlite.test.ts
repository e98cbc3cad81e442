import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { it } from 'node:test';
import { OwnerError } from '../kernel/index.ts';
import { Sqlite } from './sqlite.ts';

it('a full disk is told in words, and takes back the whole transaction', () => {
  const folder = mkdtempSync(join(tmpdir(), 'homeroll-full-'));
  const database = new Sqlite(join(folder, 'x.sqlite'), { durability: 'OFF' });
  try {
    database.execute('CREATE TABLE heap (bytes BLOB); PRAGMA max_page_count = 10;');
    const fill = (): void => {
      for (let row = 0; row < 100; row += 1) database.run('INSERT INTO heap VALUES (?)', Buffer.alloc(4_096));
    };
    assert.throws(
      () => database.transaction(fill),
      (error) => error instanceof OwnerError && /is full/.test(error.message),
    );
    assert.equal(database.get('SELECT count(*) AS n FROM heap')?.n, 0n);
  } finally {
    database.close();
    rmSync(folder, { recursive: true });
  }
});
