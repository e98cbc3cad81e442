/** Bins as programs make them in folders that are looked after. A list of the simulation's own, so that one that Homeroll forgets shows. */
import { joinPath, type PathBytes } from '../../src/files/index.ts';
import type { Random } from '../../src/kernel/index.ts';
import { pick } from './chance.ts';

/** Folders below a bin's own are its maker's. */
const bins = [
  '.recycle',
  '#recycle',
  '@Recycle',
  '$RECYCLE.BIN/S-1-5-21-1004',
  '.Trash-1000/files',
  '.Trashes/501',
  '.trash',
  '.dtrash/files',
] as const;

const binNames = new Set(bins.map((bin) => bin.split('/')[0]));
// Android leaves a picture where it lies, and gives it such a name.
const renamed = '.trashed-1738828800-';

/** @param path absolute */
export function isInBin(path: PathBytes): boolean {
  return path
    .toString('latin1')
    .split('/')
    .some((name) => binNames.has(name) || name.startsWith(renamed));
}

export const aBin = (root: PathBytes, random: Random): PathBytes => joinPath(root, Buffer.from(pick(random, bins)));

/** What Android would call it. */
export const trashedName = (path: PathBytes): PathBytes =>
  joinPath(path.subarray(0, path.lastIndexOf('/')), Buffer.concat([Buffer.from(renamed), path.subarray(path.lastIndexOf('/') + 1)]));
