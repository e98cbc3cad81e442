/** Lays a file down and holds it open, so that another process can read it as Homeroll's would: by its number, not its name. */
import { open, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

export interface HeldOpen extends AsyncDisposable {
  readonly procPath: string;
}

export async function heldOpen(folder: string, content: Uint8Array, name = 'x'): Promise<HeldOpen> {
  const path = join(folder, name);
  await writeFile(path, content);
  const file = await open(path);
  return { procPath: `/proc/${process.pid}/fd/${file.fd}`, [Symbol.asyncDispose]: () => file.close() };
}
