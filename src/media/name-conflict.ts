/** Takes out of a name what programs that keep folders alike, or keep old versions, added to it: their dates are not the picture's. */
import { conflictWords } from './name-words.ts';

const marks: readonly RegExp[] = [
  // Syncthing: IMG_1.sync-conflict-20240714-101112-ABCDEFG.jpg
  /\.sync-conflict-\d{8}-\d{6}(?:-[A-Z0-9]+)?/giu,
  // ownCloud and Nextcloud, before 2019: IMG_1_conflict-20240714-101112.jpg. Resilio: IMG_1.Conflict.jpg
  /[._-]conflict(?:[-_. ]?\d[-_.\d ]*\d)?(?=\.|$)/giu,
  // Synology Drive: IMG_1_laptop_Jul-14-101112-2024_Conflict.jpg
  /_[^_]*_[A-Z][a-z]{2}-\d\d-\d{6}-\d{4}_[A-Z]?[a-zA-Z]*Conflict/gu,
  // Dropbox, Nextcloud, Seafile, Tresorit, iCloud, Google, in all their languages: IMG_1 (Anna's conflicted copy 2024-07-14).jpg.
  // A computer's name may itself stand in brackets, so one pair may stand within.
  new RegExp(
    String.raw`\s*[(（](?=(?:[^()（）]|[(（][^()（）]*[)）])*(?:${conflictWords}))(?:[^()（）]|[(（][^()（）]*[)）])*[)）]`,
    'giu',
  ),
  new RegExp(String.raw`\s*\[[^\]]*(?:${conflictWords})[^\]]*\]`, 'giu'),
  // Versions: Syncthing's IMG_1~20240714-101112.jpg, FreeFileSync's IMG_1.jpg 2024-07-14 101112.jpg
  /~\d{8}-\d{6}(?=\.|$)/gu,
  /(?<=\.[a-z]\w{2,4}) \d{4}-\d\d-\d\d \d{6}(?=\.|$)/giu,
];

/** The name as it was before there were two of it. */
export function withoutConflictMarks(fileName: string): string {
  return marks.reduce((name, mark) => name.replace(mark, ''), fileName);
}
