/** What the configuration asks of the world around it, as arguments; and the real world. */
import { readFile, realpath, stat } from 'node:fs/promises';

export interface Surroundings {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Rejects with an error that has a `code` when it cannot: the system's, or one for bytes that are not UTF-8. */
  readText(path: string): Promise<string>;
  /** The path without symbolic links; the path itself when it does not exist, or nobody can say. */
  realPath(path: string): Promise<string>;
  /** Rejects where nobody can say: what the path lies on does not answer. */
  exists(path: string): Promise<boolean>;
}

/** How files are reached. Each call rejects with an error that has a `code`; ETIMEDOUT where what the path lies on does not answer. */
export interface Reach {
  bytes(path: string): Promise<Uint8Array>;
  realPath(path: string): Promise<string>;
  facts(path: string): Promise<{ dev: bigint; ino: bigint; size: bigint; mtimeNs: bigint; ctimeNs: bigint }>;
}

const atOnce: Reach = {
  bytes: (path) => readFile(path),
  realPath: (path) => realpath(path),
  facts: (path) => stat(path, { bigint: true }),
};

/** The machine's files, and the environment handed in. */
export function onDisk(environment: Surroundings['environment'], reach: Reach = atOnce): Surroundings {
  return {
    environment,
    // Strict: another encoding read as UTF-8 would make a folder of another name.
    readText: async (path) => new TextDecoder('utf-8', { fatal: true }).decode(await reach.bytes(path)),
    realPath: (path) => reach.realPath(path).catch(() => path),
    exists: (path) =>
      reach.facts(path).then(
        () => true,
        (error: unknown) => {
          if (isUnanswered(error)) throw error;
          return false;
        },
      ),
  };
}

/** What a look from outside tells of a file: another text whenever it was written or replaced; the same one while nobody can look. */
export function stampsOf(reach: Reach = atOnce): (path: string) => Promise<string> {
  const known = new Map<string, string>();
  return async (path) => {
    try {
      const { dev, ino, size, mtimeNs, ctimeNs } = await reach.facts(path);
      known.set(path, [dev, ino, size, mtimeNs, ctimeNs].join(' '));
    } catch (error) {
      if (!isUnanswered(error)) known.set(path, error instanceof Error && 'code' in error ? String(error.code) : 'unknown');
    }
    return known.get(path) ?? 'unanswered';
  };
}

/** What the path lies on does not answer. */
export function isUnanswered(error: unknown): error is Error & { readonly fact?: string } {
  return error instanceof Error && 'code' in error && error.code === 'ETIMEDOUT';
}
