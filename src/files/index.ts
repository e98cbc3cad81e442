/** The disk as Homeroll sees it: walking, watching, reading, and knowing a file again. */
export { FileChanged, type Hashed, hashFile, type Judged, readStable, sendable, type ToHash } from './content.ts';
export { counting, type DiskCounts } from './counting-disk.ts';
export type { Disk, EntryKind, FileStat, FolderEntry, FreeSpace, ListWish, OpenFile, RootIdentity } from './disk.ts';
export { DiskError, type DiskErrorKind, NoAnswer, silentPlaceIn, type TimeOfDay } from './disk-error.ts';
export { type Filesystem, type FilesystemKind, isShare, type StatIdentity, statIdentityOf } from './filesystem.ts';
export type { Hint } from './gather-hints.ts';
export {
  type IgnoreRules,
  isIgnoredPath,
  type LeaveAlone,
  type LeftAlone,
  leaveAlone,
  leftAloneAt,
  type MarkKind,
  type MarkThatCounts,
  markNames,
  usualRules,
  watchPattern,
} from './ignored.ts';
export { readWatchLimits, type WatchLimits } from './limits.ts';
export { isAtOrBelow, joinPath, namesIn, type PathBytes, showPath } from './path-bytes.ts';
export { bytesOf, type ReadableBytes } from './random-access.ts';
export { type OwnFiles, plainFiles } from './reader/careful-files.ts';
export { Readers, type View } from './reader/readers.ts';
export { timeOfDayIn } from './reader/remote-errors.ts';
export { realDisk } from './real-disk.ts';
export { type AwayReason, type RootQuestion, type RootState, rootState } from './root-state.ts';
export { isSameFileMoved, isUnchanged, type MoveKey, type StatKey } from './stat-key.ts';
export { isStillListed } from './still-listed.ts';
export { type FoundMark, type Walked, type WalkedFile, type WalkOptions, walk } from './walk.ts';
export { type Subscription, systemWatcher, type Watcher } from './watch.ts';
