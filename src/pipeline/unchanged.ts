/** Looks whether a file on disk is still the one that the journal describes. */
import type { FileRecord, StatKey } from '../domain/index.ts';
import { type Disk, type FileStat, isUnchanged, type PathBytes, type StatIdentity } from '../files/index.ts';

export type Look =
  | { readonly kind: 'same'; readonly stat: FileStat }
  | { readonly kind: 'changed'; readonly stat: FileStat }
  | { readonly kind: 'vanished' };

/** What the journal keeps of a stat. */
export function statKeyOf({ sizeBytes, mtimeNs, ctimeNs, birthtimeNs, device, inode }: FileStat): StatKey {
  return { sizeBytes, mtimeNs, ctimeNs, birthtimeNs, device, inode };
}

/** A file that became a folder, link or pipe counts as vanished: the path no longer leads to it. */
export async function lookAgain(disk: Disk, { file, path }: { file: FileRecord; path: PathBytes }, identity: StatIdentity): Promise<Look> {
  const stat = await disk.stat(path);
  if (stat?.kind !== 'file') return { kind: 'vanished' };
  return { kind: isUnchanged(file.stat, stat, identity) ? 'same' : 'changed', stat };
}
