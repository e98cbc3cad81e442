/** Holds the practice Immich's folder for one of them: two would serve each other's records, and sweep away each other's uploads. */
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { OwnerError } from '../../kernel/index.ts';

/** The lock is the kernel's: it ends with its holder, however that ends. @throws OwnerError when another one holds it */
export function holdFolder(folder: string): Disposable {
  const lock = new DatabaseSync(join(folder, 'lock.sqlite'), { timeout: 0 });
  try {
    lock.exec('BEGIN EXCLUSIVE');
  } catch (cause) {
    lock.close();
    const sentence = `Another practice Immich works with ${folder}: stop it first, or name another folder with --data.`;
    throw new OwnerError('practice folder held', sentence, { cause });
  }
  return { [Symbol.dispose]: () => lock.close() };
}
