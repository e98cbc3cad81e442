/** Tries whether the system lets one more program watch folders, where @parcel/watcher would freeze the whole process instead of saying no. */
import { Worker } from 'node:worker_threads';
import { sentenceOf } from '../kernel/index.ts';

/**
 * Rejects with EMFILE at the limit of fs.inotify.max_user_instances. In a thread of its own, whose end gives back what the try took:
 * on the main thread node would keep it, and might so take the very last one.
 */
export function tryToWatch(folder: string): Promise<void> {
  const attempt = `const { watch } = require('node:fs'); watch(require('node:worker_threads').workerData).close();`;
  return new Promise((resolve, reject) => {
    const thread = new Worker(attempt, { eval: true, workerData: folder });
    thread.once('error', reject);
    thread.once('exit', () => resolve());
  });
}

/** False at the limit of fs.inotify.max_user_watches, where @parcel/watcher passes over a new folder without a word. */
export async function mayWatchMore(folder: string): Promise<boolean> {
  try {
    await tryToWatch(folder);
    return true;
  } catch (error) {
    return !isWatchLimit(error);
  }
}

/** The watcher's errors carry no code, only the system's words; the probe's carry both. */
export function isWatchLimit(error: unknown): boolean {
  const said = sentenceOf(error);
  return said.includes('ENOSPC') || said.includes('No space left on device');
}
