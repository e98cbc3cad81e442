/** Tries whether the system lets one more program watch folders, where @parcel/watcher would freeze the whole process instead of saying no. */
import { Worker } from 'node:worker_threads';

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
