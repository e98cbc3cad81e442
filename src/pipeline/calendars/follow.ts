/** Lets albums follow their entries: one whose entry was renamed or moved gets the new name, unless its owner gave it another. */
import { entryAlbumName } from '../../domain/index.ts';
import { ImmichError } from '../../immich/index.ts';
import type { AlbumToRename, Journal } from '../../journal/index.ts';
import { type Log, wallClock } from '../../kernel/index.ts';
import type { AccountInUse } from '../step.ts';

export interface FollowParts {
  readonly journal: Journal;
  readonly log: Log;
  readonly language: string;
  readonly timeZone: string;
}

/** @returns false when Immich was in the way: it is to be tried again */
export async function followEntries(account: AccountInUse, parts: FollowParts, signal: AbortSignal): Promise<boolean> {
  for (const album of parts.journal.albums.toRename(account.id)) {
    try {
      await follow(album, account, parts, signal);
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof ImmichError)) throw error;
      parts.log.debug('an album cannot be renamed now', { album: album.name, error: error.message });
      return false;
    }
  }
  return true;
}

async function follow(album: AlbumToRename, { immich }: AccountInUse, parts: FollowParts, signal: AbortSignal): Promise<void> {
  const { journal, log, language, timeZone } = parts;
  const { id, albumId, name: given, key } = album;
  const entry = journal.calendarEntries.byKey(key);
  if (!entry) return journal.albums.leaveName(id);
  const name = entryAlbumName(entry, language, (atMs) => wallClock(atMs, timeZone));
  // It was renamed there and back.
  if (name === given) return journal.albums.noteTitle(id, name, entry.revision);
  const found = await immich.fetchAlbum(albumId, signal);
  // The owner's hand: it is gone, or called as they like.
  if (found === 'absent' || (found.name !== given && found.name !== name)) return journal.albums.leaveName(id);
  if (found.name !== name) await immich.updateAlbum(albumId, { name }, signal);
  journal.albums.noteTitle(id, name, entry.revision);
  log.info(`The album "${given}" is called "${name}" now, after its entry in ${entry.calendar}.`);
}
