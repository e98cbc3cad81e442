/** Looks whether a journal is whole, as thoroughly as its size allows. */
import { statSync } from 'node:fs';
import type { Sqlite } from './sqlite.ts';
import { damaged } from './trouble.ts';

// Every page is read: a quarter of a gigabyte takes half a second on a good disk and a few on a memory card.
const mostBytesToReadThrough = 256 * 1024 * 1024;

/** Before it is opened: SQLite takes an empty file for a new database, and would throw the log beside it away. */
export function mustNotBeEmpty(path: string): void {
  if (statSync(path, { throwIfNoEntry: false })?.size === 0) throw damaged(path);
}

/** @throws JournalTrouble `journal damaged` */
export function mustBeWhole(database: Sqlite, path: string): void {
  const names = database.all("SELECT name FROM sqlite_schema WHERE type = 'table'").map(({ name }) => String(name));
  for (const table of ['account', 'source', 'folder', 'file', 'content', 'history', 'outbox', 'orders', 'fact'])
    if (!names.includes(table)) throw damaged(path);
  // SQLite holds the size in the header against the file's own; the rest of a large journal shows when it is come to.
  for (const table of names) database.get(`SELECT * FROM "${table}" LIMIT 1`);
  if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) > mostBytesToReadThrough) return;
  const [answer] = database.all('PRAGMA quick_check(1)');
  if (answer?.quick_check !== 'ok') throw damaged(path);
}
