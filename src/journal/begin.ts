/** Begins a journal where there is none: made under another name, so that in its place it lies whole or not at all. */
import { chmodSync, existsSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beside, databaseName } from './place.ts';
import { migrate } from './schema.ts';
import { Sqlite, type SqliteOptions } from './sqlite.ts';
import { JournalTrouble } from './trouble.ts';

const draftName = `${databaseName}.new-`;

/**
 * Whoever is killed here, or has no room, leaves a draft, which the next one clears away: an empty file in the journal's place
 * could not be told from a journal that lost all it held.
 * @throws what SQLite or the disk says
 */
export function beginDatabase(path: string, { durability, crashPoints }: SqliteOptions): void {
  const draft = join(dirname(path), `${draftName}${process.pid}`);
  try {
    remove(draft);
    const database = new Sqlite(draft, { durability, ...(crashPoints && { crashPoints }) });
    try {
      chmodSync(draft, 0o600);
      migrate(database);
    } finally {
      database.close();
    }
    publish(draft, path);
    clearDrafts(dirname(path));
  } catch (error) {
    // What it says names the draft, of which no owner knows.
    throw error instanceof JournalTrouble ? error.cause : error;
  }
}

/** Whoever came first stays: a draft that was overtaken is thrown away. */
function publish(draft: string, path: string): void {
  if (existsSync(path)) return;
  // A log that its database left behind would be taken for this one's.
  for (const suffix of beside) rmSync(path + suffix, { force: true });
  try {
    renameSync(draft, path);
  } catch (error) {
    if (!existsSync(path)) throw error;
  }
}

function clearDrafts(folder: string): void {
  for (const name of readdirSync(folder)) if (name.startsWith(draftName)) rmSync(join(folder, name), { force: true });
}

function remove(draft: string): void {
  for (const suffix of ['', '-journal', ...beside]) rmSync(draft + suffix, { force: true });
}
