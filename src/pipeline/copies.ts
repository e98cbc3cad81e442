/** What is said of bytes holds for every file that has them, wherever it lies. */
import type { FileEvent, FileRecord, Sha1, State } from '../domain/index.ts';
import type { Journal } from '../journal/index.ts';
import { applyEvent } from './transitions.ts';

/** The same bytes in two accounts are two contents. */
export interface Bytes {
  readonly accountId: number;
  readonly sha1: Sha1;
}

export interface Saying {
  readonly event: FileEvent;
  readonly reason: string | undefined;
  readonly nowMs: number;
  /** Whom it concerns. */
  readonly isFor: (state: State, file: FileRecord) => boolean;
}

/**
 * Applies an event to the files that hold these bytes. Call inside a transaction.
 * @returns those that it was for, as they were before
 */
export function tellCopies(journal: Journal, { accountId, sha1 }: Bytes, { event, reason, nowMs, isFor }: Saying): readonly FileRecord[] {
  const told: FileRecord[] = [];
  for (const { id } of journal.files.withBytes(accountId, sha1)) {
    // What was said of one may have moved another one, of the same picture.
    const file = journal.files.byId(id);
    if (!file || !isFor(file.state, file)) continue;
    applyEvent(journal, file, event, { nowMs, reason });
    told.push(file);
  }
  return told;
}

/** What was taken out of Immich is told once: of the first files there are that hold it. */
export function mentionLetGo(journal: Journal, { accountId, sha1 }: Bytes, files: readonly FileRecord[], nowMs: number): void {
  if (files.length === 0 || !journal.contents.find(accountId, sha1)?.isUnheard) return;
  for (const file of files) journal.mentions.add(file, 'let go', nowMs);
  journal.contents.markHeard(accountId, sha1);
}
