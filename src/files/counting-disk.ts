/** A disk that counts what it is asked, to show that a restart opens no file. */
import type { Disk } from './disk.ts';

export interface DiskCounts {
  opens: number;
  stats: number;
  listings: number;
}

export function counting(disk: Disk): { readonly disk: Disk; readonly counts: DiskCounts } {
  const counts: DiskCounts = { opens: 0, stats: 0, listings: 0 };
  return {
    counts,
    disk: {
      stat(path) {
        counts.stats++;
        return disk.stat(path);
      },
      entries(folder, signal) {
        counts.listings++;
        return disk.entries(folder, signal);
      },
      open(path) {
        counts.opens++;
        return disk.open(path);
      },
      root: (path) => disk.root(path),
      freeSpace: (path) => disk.freeSpace(path),
      mountedAt: (path) => disk.mountedAt?.(path),
    },
  };
}
