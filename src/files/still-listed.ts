/** Tells a folder that vanished from one that its disk lists and cannot look up. */
import type { Disk } from './disk.ts';
import { DiskError } from './disk-error.ts';
import { joinPath, type PathBytes } from './path-bytes.ts';

/**
 * Listed, and not to be had by that name: a share with names that it cannot look up. Not gone, and never seen.
 * @param folder below `root`, and not the root itself
 */
export async function isStillListed(disk: Disk, { root, folder }: { root: PathBytes; folder: PathBytes }, signal: AbortSignal) {
  const cut = folder.lastIndexOf(0x2f);
  const name = folder.subarray(cut + 1);
  try {
    for await (const entries of disk.entries(joinPath(root, folder.subarray(0, Math.max(0, cut))), signal)) {
      const entry = entries.find((one) => one.name.equals(name));
      // One that is back has its known files looked for once more, as all that is missing.
      if (entry) return (entry.kind === 'folder' || entry.kind === 'unknown') && (await disk.stat(joinPath(root, folder))) === undefined;
    }
    return false;
  } catch (error) {
    if (error instanceof DiskError) return false;
    throw error;
  }
}
