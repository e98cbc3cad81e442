/** Pictures that lose their name to other bytes before they are safe: remembered, and told once it is known that another took it. */
import { type FileEvent, type FileRecord, type State, succession } from '../domain/index.ts';
import type { FilePatch, Journal } from '../journal/index.ts';
import { isOwed, wasOwed } from './owed.ts';

const isPicture = ({ kind, role }: FileRecord): boolean => role !== 'sidecar' && (kind === 'photo' || kind === 'video');

/** Call before what was known of its bytes is forgotten. What comes and goes between the first and the last is not judged, and not told. */
export function rememberEarlier(journal: Journal, file: FileRecord, event: FileEvent, nowMs: number): void {
  if (!isPicture(file)) return;
  // Removed, and another made under its name: nobody was told of the first so far.
  const isLost = event === 'seen' && (['lost', 'perhaps lost'] as const).some((kind) => journal.mentions.isOf(file.id, kind));
  if (isLost) {
    journal.mentions.forget(file.id, 'lost');
    journal.mentions.forget(file.id, 'perhaps lost');
  }
  const isOverwritten = event === 'changed' && wasOwed(file, journal);
  if ((isLost || isOverwritten) && !journal.earlier.openOf(file.id)) journal.earlier.add(file, nowMs);
}

/**
 * The path is gone before it was known what took its name: what is missed is the earlier one.
 * @returns what was known of it; undefined: there was none, or it is told by itself
 */
export function missEarlier(journal: Journal, file: FileRecord, nowMs: number): FilePatch | undefined {
  const earlier = journal.earlier.openOf(file.id);
  if (!earlier) return undefined;
  if (isOwed(file.state) && succession(earlier, file) === 'another') {
    journal.earlier.markTaken(earlier.id, 'another', nowMs);
    return undefined;
  }
  journal.earlier.forget(earlier.id);
  const { stat, sha1, notes } = earlier;
  return { stat, sha1, notes };
}

/** What has the name now holds all that the earlier one did. */
export function forgetEarlier(journal: Journal, { id }: Pick<FileRecord, 'id'>): void {
  const earlier = journal.earlier.openOf(id);
  if (earlier) journal.earlier.forget(earlier.id);
}

/** Before that nothing is known of what took the name. */
const isKnownBy: ReadonlySet<State> = new Set(['hashed', 'unwanted']);

/** Call when the file's state was written. */
export function settleEarlier(journal: Journal, { id }: Pick<FileRecord, 'id'>, state: State, nowMs: number): void {
  if (!isKnownBy.has(state)) return;
  const [earlier, file] = [journal.earlier.openOf(id), journal.files.byId(id)];
  if (!earlier || !file) return;
  const what = succession(earlier, file);
  if (what === 'another') journal.earlier.markTaken(earlier.id, state === 'unwanted' ? 'unread' : 'another', nowMs);
  else journal.earlier.forget(earlier.id);
  if (what !== 'same') journal.history.add(id, { atMs: nowMs, from: state, to: state, reason: said[what] });
}

const said = {
  edited: 'it was changed before it was safe: Immich gets it as it is now, and not as it was',
  another: 'something else took this name before the first picture was safe',
} as const;
