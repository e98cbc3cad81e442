/** What a Homeroll at work has noticed of a share that does not answer: it knows since when, and a command that comes by does not. */
import { silentPlaceIn } from '../files/index.ts';
import type { Journal, SourceRecord } from '../journal/index.ts';
import { unreadableIn } from './unreadable.ts';

/** @returns the sentence about the same mount that was noted; what the command says itself, where nobody noticed anything yet */
export function asNoticed(
  said: string,
  source: Pick<SourceRecord, 'id' | 'state' | 'reason'> | undefined,
  journal: Journal | undefined,
): string {
  const place = silentPlaceIn(said);
  if (place === undefined || !source || !journal) return said;
  const noted = [...(source.state === 'away' ? [source.reason ?? ''] : []), ...unreadableIn(journal, source.id)];
  return noted.find((sentence) => silentPlaceIn(sentence) === place) ?? said;
}
