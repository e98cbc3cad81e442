/** Is a source's folder really there, or is its disk or share only not mounted? Away is never "deleted". */
import type { Disk, RootIdentity } from './disk.ts';
import { DiskError, NoAnswer } from './disk-error.ts';
import { leaveAlone, usualRules } from './ignored.ts';
import { type PathBytes, showPath } from './path-bytes.ts';

export type AwayReason = 'not there' | 'nothing mounted' | 'another disk is mounted' | 'does not answer' | 'unreadable';

export type RootState =
  | {
      readonly kind: 'present';
      readonly root: RootIdentity;
      /** Something other than before is mounted here, and it holds files: many missing ones need not be deleted ones. */
      readonly isAnotherDisk: boolean;
    }
  | {
      readonly kind: 'away';
      readonly reason: AwayReason;
      /** For the owner. */
      readonly sentence: string;
      /** Of a share that does not answer. */
      readonly noAnswer?: NoAnswer;
    };

export interface RootQuestion {
  readonly path: PathBytes;
  /** What the folder stood on when files were last seen in it; `undefined` when none ever were. */
  readonly known: RootIdentity | undefined;
}

/** To be asked each minute, before a sweep, and before any file is said to have vanished. */
export async function rootState(disk: Disk, { path, known }: RootQuestion, signal: AbortSignal): Promise<RootState> {
  const where = showPath(path);
  try {
    signal.throwIfAborted();
    const root = await disk.root(path);
    if (!root) return away('not there', `${where} is not there. Is its disk or share connected? Nothing counts as deleted meanwhile.`);
    // Listed in any case: a share whose server is gone may still answer a stat from memory.
    const isEmpty = await holdsNothing(disk, path, signal);
    // The device alone proves nothing, its number changes with a reboot; but an empty folder on another device was not emptied. Nor was
    // one that is no mount point any more: a folder of the same disk may have been bound there.
    const isSamePlace = known?.device === root.device && (root.isMountPoint || !known.isMountPoint);
    if (!known || isSamePlace || !isEmpty) {
      return { kind: 'present', root, isAnotherDisk: known !== undefined && isAnotherDisk(known, root) };
    }
    return root.isMountPoint
      ? away(
          'another disk is mounted',
          `${where} is empty and on another disk than before. Nothing counts as deleted until the right one is back.`,
        )
      : away(
          'nothing mounted',
          `Nothing is mounted at ${where}: it is empty and not on the disk it was on. Mount it; nothing counts as deleted.`,
        );
  } catch (error) {
    if (!(error instanceof DiskError)) throw error;
    if (error.kind === 'vanished') return away('not there', error.message);
    const { cause, message } = error;
    return cause instanceof NoAnswer ? { ...away('does not answer', message), noAnswer: cause } : away('unreadable', message);
  }
}

function away(reason: AwayReason, sentence: string): RootState & { readonly kind: 'away' } {
  return { kind: 'away', reason, sentence };
}

const leaveUsual = leaveAlone(usualRules);

async function holdsNothing(disk: Disk, path: PathBytes, signal: AbortSignal): Promise<boolean> {
  for await (const entries of disk.entries(path, signal)) {
    if (entries.some((entry) => !leaveUsual(path.subarray(0, 0), entry))) return false;
  }
  return true;
}

/** The root folder of a disk is as old as the disk's formatting, so its birth time tells two disks apart. */
function isAnotherDisk(known: RootIdentity, seen: RootIdentity): boolean {
  if (known.filesystem.name !== seen.filesystem.name) return true;
  // On the same device, not mounted here: a folder that was made anew, by its owner.
  if (known.device === seen.device && !seen.isMountPoint) return false;
  return known.birthtimeNs > 0n && seen.birthtimeNs > 0n && known.birthtimeNs !== seen.birthtimeNs;
}
