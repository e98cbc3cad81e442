/** Where the journal lies, which file it is, and how a damaged one is kept aside. */
import { existsSync, readdirSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { JournalTrouble } from './trouble.ts';

export const databaseName = 'journal.sqlite';
const asideName = `${databaseName}.damaged-`;
// SQLite's own files beside it: one thing with it.
export const beside = ['-wal', '-shm'];

export const journalPath = (stateFolder: string): string => join(stateFolder, databaseName);

/** Which file a path leads to now, whatever lies in it; undefined when it leads nowhere. */
export function identityOf(path: string): string | undefined {
  const stat = statSync(path, { bigint: true, throwIfNoEntry: false });
  return stat && `${stat.dev}:${stat.ino}`;
}

/** What cannot be looked at now says nothing. */
export function isStill(path: string, identity: string | undefined): boolean {
  try {
    return identityOf(path) === identity;
  } catch {
    return true;
  }
}

/**
 * Moves a damaged journal out of the way; nothing of it is deleted. It must not be open.
 * @returns the name that it has now, in the same folder
 */
export function keepAside(stateFolder: string, nowMs: number): string {
  const path = journalPath(stateFolder);
  const aside = freeName(stateFolder, nowMs);
  try {
    // The file itself last: should we be cut short, what is left still lies where the next start looks.
    for (const suffix of beside) if (existsSync(path + suffix)) renameSync(path + suffix, join(stateFolder, aside + suffix));
    if (existsSync(path)) renameSync(path, join(stateFolder, aside));
  } catch (cause) {
    const why = cause instanceof Error && 'code' in cause ? cause.code : cause;
    const sentence = `The journal at ${path} is damaged, and cannot be moved away (${why}). Move it away by hand, and start Homeroll again.`;
    throw new JournalTrouble('journal unwritable', sentence, { cause });
  }
  return aside;
}

/** The name of the journal that was kept aside last. */
export function newestAside(stateFolder: string): string | undefined {
  return readdirSync(stateFolder)
    .filter((name) => name.startsWith(asideName) && !beside.some((suffix) => name.endsWith(suffix)))
    .sort()
    .at(-1);
}

/** `journal.sqlite.damaged-20261125T054120Z`: ISO 8601 without colons, which some disks do not take. */
function freeName(stateFolder: string, nowMs: number): string {
  const name = `${asideName}${new Date(nowMs).toISOString().replace(/[-:]|\.\d+/g, '')}`;
  for (let number = 1; ; number += 1) {
    const free = number === 1 ? name : `${name}-${number}`;
    if (['', ...beside].every((suffix) => !existsSync(join(stateFolder, free + suffix)))) return free;
  }
}
