/** Remembers what the last sweep of a source could not read: a picture in there cannot be said to be safe. */
import type { SourceId } from '../domain/index.ts';
import type { Journal } from '../journal/index.ts';

const nameOf = (sourceId: SourceId): string => `unreadable: ${sourceId}`;

/** @param sentences for the owner, the first few; none when all could be read */
export function noteUnreadable(journal: Pick<Journal, 'facts'>, sourceId: SourceId, sentences: readonly string[]): void {
  if (sentences.length > 0) journal.facts.set(nameOf(sourceId), JSON.stringify(sentences));
  else journal.facts.forget(nameOf(sourceId));
}

export function unreadableIn(journal: Pick<Journal, 'facts'>, sourceId: SourceId): readonly string[] {
  const noted = journal.facts.get(nameOf(sourceId));
  return noted === undefined ? [] : (JSON.parse(noted) as readonly string[]);
}
