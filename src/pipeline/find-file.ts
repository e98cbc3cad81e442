/** From a path to what the journal knows of it, and back. */
import type { FileRecord } from '../domain/index.ts';
import { joinPath, type PathBytes } from '../files/index.ts';
import type { Journal } from '../journal/index.ts';

/**
 * A path may be known twice: a source that the owner replaced by one further up or down is still remembered. The one swept last counts.
 * @param path absolute
 */
export function findByPath(path: PathBytes, journal: Journal): FileRecord | undefined {
  for (const source of journal.sources.all().toSorted((one, other) => (other.sweptAtMs ?? 0) - (one.sweptAtMs ?? 0))) {
    const root = source.root;
    if (path.length <= root.length || !path.subarray(0, root.length).equals(root) || path[root.length] !== 0x2f) continue;
    const relative = path.subarray(root.length + 1);
    const cut = relative.lastIndexOf(0x2f);
    const folderId = journal.sources.findFolder(source.id, relative.subarray(0, Math.max(0, cut)));
    const file = folderId === undefined ? undefined : journal.files.byName(folderId, relative.subarray(cut + 1));
    if (file) return file;
  }
  return undefined;
}

/** The absolute path of a file. */
export function pathOf(file: Pick<FileRecord, 'sourceId' | 'folderId' | 'name'>, journal: Journal): PathBytes {
  return joinPath(journal.sources.byId(file.sourceId).root, joinPath(journal.sources.folderPath(file.folderId), file.name));
}
