/** What the configuration asks of the world around it, as arguments; and the real world. */
import { readFile, realpath, stat } from 'node:fs/promises';

export interface Surroundings {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Rejects with an error that has a `code` when it cannot: the system's, or one for bytes that are not UTF-8. */
  readText(path: string): Promise<string>;
  /** The path without symbolic links; the path itself when it does not exist. */
  realPath(path: string): Promise<string>;
  exists(path: string): Promise<boolean>;
}

/** The machine's files, and the environment handed in. */
export function onDisk(environment: Surroundings['environment']): Surroundings {
  return {
    environment,
    // Strict: another encoding read as UTF-8 would make a folder of another name.
    readText: async (path) => new TextDecoder('utf-8', { fatal: true }).decode(await readFile(path)),
    realPath: (path) => realpath(path).catch(() => path),
    exists: (path) =>
      stat(path).then(
        () => true,
        () => false,
      ),
  };
}

/** What a look from outside tells of a file: another text whenever it was written or replaced. */
export async function stampOf(path: string): Promise<string> {
  try {
    const { dev, ino, size, mtimeNs, ctimeNs } = await stat(path, { bigint: true });
    return [dev, ino, size, mtimeNs, ctimeNs].join(' ');
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
  }
}
