/** Whether the state folder can be written: the disk has room, works, and is not read-only. */
import { closeSync, fsyncSync, mkdirSync, openSync, rmSync, statfsSync, writeSync } from 'node:fs';
import { join } from 'node:path';

// The journal's log grows to about this before it is folded in: with less, the work would stop again at once.
const leastBytes = 4 * 1024 * 1024;

/** Asked of the filesystem first: a full memory card is not worn out by asking. Then tried, for quotas and limits show only so. */
export function hasRoom(stateFolder: string): boolean {
  const trial = join(stateFolder, 'room.trial');
  try {
    mkdirSync(stateFolder, { recursive: true, mode: 0o700 });
    const { bavail, bsize } = statfsSync(stateFolder);
    if (bavail * bsize < leastBytes) return false;
    const file = openSync(trial, 'w', 0o600);
    try {
      if (writeSync(file, Buffer.alloc(leastBytes)) < leastBytes) return false;
      fsyncSync(file);
      return true;
    } finally {
      closeSync(file);
      rmSync(trial);
    }
  } catch {
    return false;
  }
}
