/** Opens the journal's database: private to its owner, on the newest schema, never by two Homerolls at once. */
import { chmodSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { OwnerError } from '../kernel/index.ts';
import { Sqlite, type SqliteOptions } from './sqlite.ts';

const schemaFolder = new URL('./sql/schema/', import.meta.url);
const databaseName = 'journal.sqlite';

/** @throws OwnerError when there is no journal yet (reading) or it is of a newer Homeroll */
export function openDatabase(stateFolder: string, options: SqliteOptions): Sqlite {
  if (!options.isReadOnly) mkdirSync(stateFolder, { recursive: true, mode: 0o700 });
  const path = join(stateFolder, databaseName);
  const database = connect(path, options);
  try {
    // Before the first look: SQLite gives the files beside it the rights that it has then.
    if (!options.isReadOnly) chmodSync(path, 0o600);
    mustBeKnown(database, path);
    if (!options.isReadOnly) migrate(database);
    return database;
  } catch (error) {
    database.close();
    throw isDamage(error) ? damaged(path, error) : error;
  }
}

function connect(path: string, options: SqliteOptions): Sqlite {
  try {
    return new Sqlite(path, options);
  } catch (cause) {
    if (isDamage(cause)) throw damaged(path, cause);
    throw new OwnerError('no journal', `The journal at ${path} cannot be opened. Has Homeroll run here before, as this user?`, { cause });
  }
}

// SQLITE_CORRUPT, SQLITE_NOTADB
const damageCodes: readonly unknown[] = [11, 26];

function isDamage(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && damageCodes.includes(error.errcode);
}

function damaged(path: string, cause: unknown): OwnerError {
  return new OwnerError(
    'journal damaged',
    `The journal at ${path} is damaged. Put a copy of it back, or move it away: then all is read and asked about anew, and nothing is sent twice.`,
    { cause },
  );
}

const versionOf = (database: Sqlite): number => Number(database.get('PRAGMA user_version')?.user_version ?? 0);

function schemaSteps(): readonly string[] {
  return readdirSync(schemaFolder)
    .filter((name) => name.endsWith('.sql'))
    .sort();
}

function mustBeKnown(database: Sqlite, path: string): void {
  if (versionOf(database) <= schemaSteps().length) return;
  throw new OwnerError(
    'newer journal',
    `The journal at ${path} was written by a newer Homeroll. Update this one, or give it another state folder.`,
  );
}

/** Brings the schema up to date, one numbered file after the other, each in a transaction of its own. */
function migrate(database: Sqlite): void {
  const [steps, version] = [schemaSteps(), versionOf(database)];
  for (const [index, name] of steps.entries()) {
    if (index < version) continue;
    database.transaction(() => {
      database.execute(readFileSync(new URL(name, schemaFolder), 'utf8'));
      database.execute(`PRAGMA user_version = ${index + 1}`);
    });
  }
}

/**
 * Holds the state folder for this process alone, until `release` or the end of the process, however it ends:
 * SQLite's exclusive lock is the kernel's, so kill -9 frees it and no stale PID file is ever in the way.
 * @throws OwnerError `journal held` when another Homeroll holds it
 */
export function holdState(stateFolder: string): { release(): void } {
  mkdirSync(stateFolder, { recursive: true, mode: 0o700 });
  const path = join(stateFolder, 'lock.sqlite');
  let lock: Sqlite | undefined;
  try {
    // Opening it already reads, which the holder's lock forbids.
    lock = new Sqlite(path, { durability: 'OFF', waitMs: 0, isRollbackJournal: true });
    lock.execute('BEGIN EXCLUSIVE');
  } catch (cause) {
    lock?.close();
    throw new OwnerError(
      'journal held',
      `Another Homeroll works with ${stateFolder}. Stop it first, or give this one another state folder.`,
      { cause },
    );
  }
  chmodSync(path, 0o600);
  const held = lock;
  return { release: () => held.close() };
}
