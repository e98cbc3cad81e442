/** What lies at a path of the simulated disk, and the paths as keys: one character for each byte. */
import type { EntryKind, PathBytes } from '../../src/files/index.ts';

export interface Node {
  readonly kind: EntryKind;
  bytes: Buffer;
  inode: bigint;
  mtimeNs: bigint;
  ctimeNs: bigint;
  readonly birthtimeNs: bigint;
  links: number;
}

export const key = (path: PathBytes): string => path.toString('latin1');
export const parentOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));
export const isBelow = (path: string, folder: string): boolean => path.startsWith(`${folder}/`);
