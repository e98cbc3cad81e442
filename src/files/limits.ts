/** How many folders this system lets us watch, for `doctor`. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

export interface WatchLimits {
  /** Folders that one user may watch in all. */
  readonly watches: number;
  /** Programs of one user that may watch at the same time. */
  readonly instances: number;
  /** Changes that the system remembers for us; beyond it they are lost until the next sweep. */
  readonly queuedEvents: number;
}

/**
 * @param folder where the kernel shows the limits of inotify(7)
 * @returns `undefined` where there are none to read (macOS, some containers)
 */
export async function readWatchLimits(folder = '/proc/sys/fs/inotify'): Promise<WatchLimits | undefined> {
  try {
    const [watches, instances, queuedEvents] = await Promise.all(
      ['max_user_watches', 'max_user_instances', 'max_queued_events'].map(async (name) =>
        Number(await readFile(join(folder, name), 'utf8')),
      ),
    );
    if (!watches || !instances || !queuedEvents) return undefined;
    return { watches, instances, queuedEvents };
  } catch {
    return undefined;
  }
}
