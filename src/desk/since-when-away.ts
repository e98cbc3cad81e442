/** What a Homeroll at work has noticed of a share that does not answer: it knows since when, and a command that comes by does not. */
import type { SourceRecord } from '../journal/index.ts';

/** @returns undefined where nobody noticed anything yet */
export function sinceWhenAway(source: Pick<SourceRecord, 'state' | 'reason'> | undefined): string | undefined {
  return source?.state === 'away' && source.reason?.includes('does not answer since') ? source.reason : undefined;
}
