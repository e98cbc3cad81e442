/** What the configuration asks of the world around it, as arguments; and the real world. */
import { readFile, realpath, stat } from 'node:fs/promises';

export interface Surroundings {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Rejects with a system error (`code`) when it cannot. */
  readText(path: string): Promise<string>;
  /** The path without symbolic links; the path itself when it does not exist. */
  realPath(path: string): Promise<string>;
  exists(path: string): Promise<boolean>;
}

/** The machine's files, and the environment handed in. */
export function onDisk(environment: Surroundings['environment']): Surroundings {
  return {
    environment,
    readText: (path) => readFile(path, 'utf8'),
    realPath: (path) => realpath(path).catch(() => path),
    exists: (path) =>
      stat(path).then(
        () => true,
        () => false,
      ),
  };
}
