/** Another picture, or the same one edited? Says what the bytes are that took a file's name. Pure: what is known of both in, a verdict out. */
import type { FileRecord, MediaNotes } from './file.ts';
import { type DateOrigin, lastResorts } from './taken-at.ts';

/** What is known of one of them; without a SHA-1 it was not read. */
export type Known = Pick<FileRecord, 'stat' | 'sha1' | 'notes'>;

export type Succession =
  /** The same bytes, only touched. */
  | 'same'
  /** The same picture with other bytes: turned, cropped, dated, or half written before. */
  | 'edited'
  | 'another';

/** What does not come from the picture itself, or from whoever changed it last: two pictures may share it, and one may have two. */
const notItsOwn: ReadonlySet<DateOrigin> = new Set<DateOrigin>([...lastResorts, 'sidecar']);

/** The date that a picture itself says it was taken on. */
function ownDate({ taken }: MediaNotes): string | undefined {
  return taken && !notItsOwn.has(taken.from) ? taken.local : undefined;
}

/**
 * Cameras and phones that begin to count anew give a name to another picture; editors give other bytes to the same one. A picture keeps its
 * date through an edit, and mostly its camera; a name with a date in it is given only once.
 */
export function succession(earlier: Known, now: Known): Succession {
  if (earlier.sha1 !== undefined && earlier.sha1 === now.sha1) return 'same';
  const [before, after] = [ownDate(earlier.notes), ownDate(now.notes)];
  if (before !== undefined && after !== undefined) {
    return before === after && !areTwoCameras(earlier.notes, now.notes) ? 'edited' : 'another';
  }
  // Somebody dated a scan, or a film had no end yet when it was looked at first.
  if (before === undefined && after !== undefined) return 'edited';
  if (earlier.notes.taken?.from === 'file name') return 'edited';
  return earlier.sha1 === undefined || now.sha1 === undefined ? byStat(earlier.stat, now.stat) : 'another';
}

function areTwoCameras({ camera: one }: MediaNotes, { camera: other }: MediaNotes): boolean {
  return one !== undefined && other !== undefined && one !== other;
}

/** One of them was never read: what is not smaller may be the same, touched or written on, unless it is another file. */
function byStat(earlier: FileRecord['stat'], now: FileRecord['stat']): Succession {
  if (now.sizeBytes === earlier.sizeBytes) return 'same';
  if (now.sizeBytes < earlier.sizeBytes) return 'another';
  // On a share either may be made up anew; hardly both.
  return now.inode !== earlier.inode && now.birthtimeNs !== earlier.birthtimeNs ? 'another' : 'edited';
}
