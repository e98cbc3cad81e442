/** Opens the journal's database: private to its owner, on the newest schema, never by two Homerolls at once. */
import { chmodSync, existsSync, mkdirSync } from 'node:fs';
import { OwnerError } from '../kernel/index.ts';
import { beginDatabase } from './begin.ts';
import { identityOf, isStill, journalPath } from './place.ts';
import { migrate, newestVersion, versionOf } from './schema.ts';
import { Sqlite, type SqliteOptions } from './sqlite.ts';
import { damaged, isAboutRights, troubleOf } from './trouble.ts';
import { mustBeWhole, mustNotBeEmpty } from './whole.ts';

export interface OpenOptions extends SqliteOptions {
  /** Looks through all of it before anything is done with it, as far as its size allows. */
  readonly isChecked?: boolean;
}

export interface OpenDatabase {
  readonly database: Sqlite;
  /** The path still leads to the file that is open. */
  isInPlace(): boolean;
}

/**
 * @throws OwnerError when there is no journal yet (reading) or it is of a newer Homeroll
 * @throws JournalTrouble when it is damaged, or its disk is full or failing
 */
export function openDatabase(stateFolder: string, options: OpenOptions): OpenDatabase {
  if (!options.isReadOnly) mkdirSync(stateFolder, { recursive: true, mode: 0o700 });
  const path = journalPath(stateFolder);
  mustNotBeEmpty(path);
  const database = connect(path, options);
  try {
    // Before the first look: SQLite gives the files beside it the rights that it has then.
    if (!options.isReadOnly) chmodSync(path, 0o600);
    mustBeKnown(database, path);
    if (versionOf(database) === 0 && isAnythingIn(database)) throw damaged(path);
    if (!options.isReadOnly) migrate(database);
    // Whoever only looks must not stumble over a journal that no new Homeroll has run with yet.
    else if (versionOf(database) < newestVersion()) openDatabase(stateFolder, { durability: 'NORMAL' }).database.close();
    if (options.isChecked) mustBeWhole(database, path);
    const identity = identityOf(path);
    return { database, isInPlace: () => isStill(path, identity) };
  } catch (error) {
    database.close();
    throw error;
  }
}

function connect(path: string, options: SqliteOptions): Sqlite {
  try {
    if (!options.isReadOnly && !existsSync(path)) beginDatabase(path, options);
    return new Sqlite(path, options);
  } catch (cause) {
    if (!(cause instanceof Error && 'code' in cause)) throw cause;
    const trouble = troubleOf(cause, path);
    // Rights do not mend themselves; all else is told as it is, and on a full disk the files beside it cannot be opened either.
    if (trouble && (trouble.code === 'journal disk full' || !isAboutRights(cause))) throw trouble;
    throw new OwnerError('no journal', `The journal at ${path} cannot be opened. Has Homeroll run here before, as this user?`, { cause });
  }
}

const isAnythingIn = (database: Sqlite): boolean => database.get('SELECT 1 FROM sqlite_schema') !== undefined;

function mustBeKnown(database: Sqlite, path: string): void {
  if (versionOf(database) <= newestVersion()) return;
  throw new OwnerError(
    'newer journal',
    `The journal at ${path} was written by a newer Homeroll. Update this one, or give it another state folder.`,
  );
}
