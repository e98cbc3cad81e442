/** Tells the household that its journal was begun anew, once, in the journal's first commit. */
import { tellJournalAnew } from '../domain/index.ts';
import { type Journal, newestAside } from '../journal/index.ts';
import { type NewsDesk, putNews } from '../pipeline/index.ts';

/** Why there is a new journal: the old one is kept aside, or was deleted. */
export type Anew = { readonly aside: string } | 'deleted';

const toldName = 'told of the journal kept aside';

/** @param anew undefined: as far as this process knows there is nothing to tell, but the one before may have ended too early to do so */
export function tellAnew(journal: Journal, news: NewsDesk, wish: { anew: Anew | undefined; stateDir: string; nowMs: number }): void {
  // A journal that knows a source is not new.
  if (journal.sources.all().length > 0) return;
  const left = newestAside(wish.stateDir);
  const anew = wish.anew ?? (left === undefined ? undefined : { aside: left });
  if (anew === undefined) return;
  const aside = anew === 'deleted' ? undefined : anew.aside;
  if (aside !== undefined && journal.facts.get(toldName) === aside) return;
  journal.durably(() => {
    if (left !== undefined) journal.facts.set(toldName, left);
    putNews(journal, news, { kind: 'journal anew', text: tellJournalAnew({ aside }), facts: { aside: aside ?? null }, nowMs: wish.nowMs });
  });
}
