/** Decides what missing files mean: gone, or so many at once that a person is asked first. */
import { askAboutMissing } from '../../domain/index.ts';
import type { Journal } from '../../journal/index.ts';
import { type NewsDesk, putNews } from '../news.ts';
import type { SourceInUse } from '../step.ts';
import { applyEvent } from '../transitions.ts';

export interface VanishParts {
  readonly journal: Journal;
  readonly news: NewsDesk;
  readonly nowMs: number;
}

// Of a handful of files half is soon missing, and nobody wants to be asked about that.
const fewestToAskAbout = 5;
const perTransaction = 250;

/** The owner answered: what is missing is really gone. Good for one sweep. */
const permissionName = (source: SourceInUse): string => `missing accepted: ${source.id}`;

export function acceptMissing(journal: Journal, sourceId: SourceInUse['id']): void {
  journal.facts.set(`missing accepted: ${sourceId}`, 'yes');
}

/** Call after a sweep that ended well, with the root seen to be there once more. @returns false when the owner is asked instead */
export function settleMissing(source: SourceInUse, { missing }: { missing: number }, parts: VanishParts): boolean {
  const { journal, nowMs } = parts;
  const record = journal.sources.byId(source.id);
  const total = journal.files.presentCount(source.id);
  const isTooMany = missing >= fewestToAskAbout && missing > total / 2;
  if (isTooMany && journal.facts.get(permissionName(source)) === undefined) {
    ask(source, { missing, total }, parts);
    return false;
  }
  journal.facts.forget(permissionName(source));
  if (record.state === 'asking') journal.sources.update(source.id, { state: 'present', reason: undefined });
  for (
    let page = journal.files.missing(source.id, record.sweeps, perTransaction);
    page.length > 0;
    page = journal.files.missing(source.id, record.sweeps, perTransaction)
  ) {
    journal.transaction(() => {
      for (const file of page) applyEvent(journal, file, 'vanished', { nowMs, reason: 'no longer on disk' });
    });
  }
  return true;
}

function ask(source: SourceInUse, { missing, total }: { missing: number; total: number }, { journal, news, nowMs }: VanishParts): void {
  const text = askAboutMissing({ source: source.config.name, missing, known: total });
  const isKnown = journal.sources.byId(source.id).state === 'asking';
  journal.transaction(() => {
    journal.sources.update(source.id, { state: 'asking', reason: text });
    if (!isKnown) putNews(journal, news, { kind: 'half missing', text, facts: { source: source.config.name, missing, total }, nowMs });
  });
}
