/** The real disk, below whose folders a test mounts shares and takes them away: for whoever may not call mount(8). */
import { mkdirSync, renameSync, rmSync } from 'node:fs';
import { type Disk, joinPath, type PathBytes, realDisk } from '../../src/files/index.ts';

const shareDevice = 4711n;

export class MountingDisk {
  readonly #mounted = new Set<string>();

  /** What Homeroll is given. */
  readonly disk: Disk = {
    ...realDisk,
    root: async (path) => {
      const root = await realDisk.root(path);
      const start = `${path.toString()}/`;
      const below = [...this.#mounted].flatMap((point) => (point.startsWith(start) ? [Buffer.from(point.slice(start.length))] : []));
      const isMounted = this.#mounted.has(path.toString());
      return root && { ...root, mountsBelow: below, ...(isMounted && { isMountPoint: true, device: shareDevice }) };
    },
    stat: async (path) => {
      const stat = await realDisk.stat(path);
      return stat && this.#isOnShare(path) ? { ...stat, device: shareDevice } : stat;
    },
  };

  /** What lies in `folder` is on a share from now on; nothing is there yet, or it comes back from where `unmount` put it. */
  mount(folder: string): void {
    rmSync(folder, { recursive: true, force: true });
    try {
      renameSync(asideOf(folder), folder);
    } catch {
      mkdirSync(folder, { recursive: true });
    }
    this.#mounted.add(folder);
  }

  /** As umount -l does: no word to anybody. @param isRemoved as udisks does with the folders that it made */
  unmount(folder: string, isRemoved = false): void {
    this.#mounted.delete(folder);
    renameSync(folder, asideOf(folder));
    if (!isRemoved) mkdirSync(folder);
  }

  #isOnShare(path: PathBytes): boolean {
    return [...this.#mounted].some((point) => joinPath(path, Buffer.alloc(0)).toString().startsWith(`${point}/`));
  }
}

/** Beside the household's folders, so that no sweep comes by. */
function asideOf(folder: string): string {
  return `${folder.replace(/\/[^/]+\/([^/]+)$/, '/.aside-$1')}`;
}
