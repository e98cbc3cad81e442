/** Names that are never pictures of the owner: marks, rubbish bins and half-written files of other programs. Pure. */
import { namesIn, type PathBytes } from './path-bytes.ts';

/**
 * Written exactly so by the program that makes them (Syncthing, Synology, QNAP, Jellyfin, macOS, Android, Linux, Nextcloud).
 * Case counts, so that somebody's own folder "Lost+Found" is still backed up.
 */
const exactly = [
  '.stfolder',
  '.stversions',
  '.syncthing.*.tmp',
  '~syncthing~*',
  '@eaDir',
  '.trickplay',
  '.DS_Store',
  '._*',
  '.thumbnails',
  '.trashed-*',
  '.pending-*',
  '.Trash-*',
  '#recycle',
  '#snapshot',
  '@Recycle',
  '.@__thumb',
  'lost+found',
  '.sync_*.db*',
  '.owncloudsync.log',
];

/** From Windows, or endings that programs write as they please: case does not count. */
const inAnyCase = ['Thumbs.db', '$RECYCLE.BIN', '*.!sync', '*.part', '*.crdownload', '*.tmp'];

/** For files and folders alike; of a folder nothing below it is looked at either. */
export function isIgnoredName(name: Buffer): boolean {
  // latin1 gives one character for each byte: the patterns are ASCII, the name need not even be text.
  const bytes = name.toString('latin1');
  return exactPattern.test(bytes) || anyCasePattern.test(bytes);
}

/** True when the path, relative to its source, goes through an ignored name. */
export function isIgnoredPath(path: PathBytes): boolean {
  return namesIn(path).some(isIgnoredName);
}

const exactPattern = patternOf(exactly, '');
const anyCasePattern = patternOf(inAnyCase, 'i');

function patternOf(globs: readonly string[], flags: string): RegExp {
  const alternatives = globs.map((glob) => glob.split('*').map(RegExp.escape).join('[^]*'));
  return new RegExp(`^(?:${alternatives.join('|')})$`, flags);
}
