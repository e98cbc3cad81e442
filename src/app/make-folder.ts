/** Makes a folder with those above it, one by one: Node's own way (`recursive`) spins for ever where the kernel makes none, as below /proc. */
import { mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';

/** @throws the system's error for the first that cannot be made */
export async function makeFolder(folder: string, mode?: number): Promise<void> {
  if (await isFolder(folder)) return;
  const above = dirname(folder);
  if (above !== folder) await makeFolder(above, mode);
  try {
    await mkdir(folder, mode);
  } catch (error) {
    // Somebody else may have made it meanwhile.
    if (!(await isFolder(folder))) throw error;
  }
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}
