/** Holds a state folder for one Homeroll alone. */
import { chmodSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { OwnerError } from '../kernel/index.ts';
import { identityOf, isStill } from './place.ts';
import { Sqlite } from './sqlite.ts';
import { JournalTrouble, troubleOf } from './trouble.ts';

const lockName = 'lock.sqlite';

export interface Hold {
  /** False once the folder was removed or replaced: then it is another folder that is held. */
  isInPlace(): boolean;
  release(): void;
}

/**
 * Holds the state folder for this process alone, until `release` or the end of the process, however it ends:
 * SQLite's exclusive lock is the kernel's, so kill -9 frees it and no stale PID file is ever in the way.
 * @throws OwnerError `journal held` when another Homeroll holds it
 */
export function holdState(stateFolder: string): Hold {
  mkdirSync(stateFolder, { recursive: true, mode: 0o700 });
  const path = join(stateFolder, lockName);
  const lock = lockAt(path, stateFolder);
  chmodSync(path, 0o600);
  const identity = identityOf(path);
  return { isInPlace: () => isStill(path, identity), release: () => lock.close() };
}

/** Whether a Homeroll works with the state folder now. Holds the folder itself for a moment to find out. */
export function isHeld(stateFolder: string): boolean {
  if (!existsSync(join(stateFolder, lockName))) return false;
  try {
    holdState(stateFolder).release();
    return false;
  } catch (error) {
    if (error instanceof OwnerError && error.code === 'journal held') return true;
    throw error;
  }
}

function lockAt(path: string, stateFolder: string): Sqlite {
  let lock: Sqlite | undefined;
  try {
    // Opening it already reads, which the holder's lock forbids.
    lock = new Sqlite(path, { durability: 'OFF', waitMs: 0, isRollbackJournal: true });
    lock.execute('BEGIN EXCLUSIVE');
    return lock;
  } catch (cause) {
    lock?.close();
    const trouble = cause instanceof JournalTrouble ? cause : troubleOf(cause, path);
    if (trouble?.code === 'journal damaged') {
      // It holds nothing, and who holds it would have kept us from reading it.
      rmSync(path);
      return lockAt(path, stateFolder);
    }
    if (trouble && trouble.code !== 'journal busy') throw trouble;
    throw new OwnerError(
      'journal held',
      `Another Homeroll works with ${stateFolder}. Stop it first, or give this one another state folder.`,
      { cause },
    );
  }
}
