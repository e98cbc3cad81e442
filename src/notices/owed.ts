/** Replies that are owed to phones: kept in the journal from the moment an order was given, so that no restart swallows them. */
import type { Journal } from '../journal/index.ts';

export interface Owed {
  readonly newsId: string;
  readonly order: number;
}

const factName = 'replies owed to phones';

export function owedReplies(journal: Pick<Journal, 'facts'>): readonly Owed[] {
  return JSON.parse(journal.facts.get(factName) ?? '[]') as readonly Owed[];
}

export function rememberOwed(journal: Pick<Journal, 'facts'>, owed: readonly Owed[]): void {
  if (owed.length === 0) journal.facts.forget(factName);
  else journal.facts.set(factName, JSON.stringify(owed));
}
