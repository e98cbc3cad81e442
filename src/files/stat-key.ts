/** What two stats of a file say about each other. Pure; only a SHA-1 says more. */
import type { FileStat } from './disk.ts';
import type { StatIdentity } from './filesystem.ts';

/** What the journal keeps of a file's stat to know it again. */
export type StatKey = Pick<FileStat, 'sizeBytes' | 'mtimeNs' | 'ctimeNs' | 'inode'>;

/** What tells a moved file from a new one. */
export type MoveKey = Pick<FileStat, 'sizeBytes' | 'mtimeNs' | 'ctimeNs' | 'inode' | 'device' | 'birthtimeNs'>;

/**
 * True when the file at a path needs no second look. `ctime` and inode count on local filesystems only: shares and FUSE may
 * give others after each mount, and that alone must open nothing. The device never counts: its number changes with a reboot.
 */
export function isUnchanged(known: StatKey, seen: StatKey, identity: StatIdentity): boolean {
  if (known.sizeBytes !== seen.sizeBytes || known.mtimeNs !== seen.mtimeNs) return false;
  return identity === 'network' || (known.ctimeNs === seen.ctimeNs && known.inode === seen.inode);
}

/**
 * True when a file at a new path is surely the one known at another, so that its proof holds without reading it. The birth time
 * makes the difference: ext4 gives a freed inode away at once, and a new picture may have the same second and size.
 */
export function isSameFileMoved(known: MoveKey, seen: MoveKey, identity: StatIdentity): boolean {
  return (
    identity === 'local' &&
    knowsItsBirth(seen) &&
    known.device === seen.device &&
    known.inode === seen.inode &&
    known.birthtimeNs === seen.birthtimeNs &&
    known.sizeBytes === seen.sizeBytes &&
    known.mtimeNs === seen.mtimeNs
  );
}

/**
 * False where the filesystem keeps no birth times: then it reads 0, or the ctime stands in for it. A file that was moved
 * has a ctime of its own, later than its birth.
 */
function knowsItsBirth({ birthtimeNs, ctimeNs }: MoveKey): boolean {
  return birthtimeNs > 0n && birthtimeNs !== ctimeNs;
}
