/** What is done about the strangers that were found in a source: a few are shown again at once, of many their owner is asked. */
import { askAboutStrangers, leftByOwner, mostShownUnasked, type SourceId, shownAgainReason } from '../../domain/index.ts';
import { showPath } from '../../files/index.ts';
import type { Journal, StrangerRecord } from '../../journal/index.ts';
import { tellCopies } from '../copies.ts';
import { type NewsDesk, putNews } from '../news.ts';

export interface DecidingParts {
  readonly journal: Journal;
  readonly nowMs: number;
}

/** Call inside a transaction, when all of the source was looked at. */
export function decideStrangers(sourceId: SourceId, { news, ...parts }: DecidingParts & { readonly news: NewsDesk }): void {
  const { journal, nowMs } = parts;
  const total = journal.strangers.count(sourceId, 'found');
  if (total <= mostShownUnasked) {
    for (const stranger of journal.strangers.page(sourceId, 'found')) part(stranger, parts);
    return;
  }
  const { name: source } = journal.sources.byId(sourceId);
  const samples = journal.strangers.page(sourceId, 'found').slice(0, 3);
  const names = samples.map(({ fileId }) => showPath(journal.files.byId(fileId)?.name ?? Buffer.from('?')));
  journal.strangers.markAll(sourceId, 'found', 'asked');
  const facts = { source, count: total, names };
  putNews(journal, news, { kind: 'strangers found', text: askAboutStrangers({ source, names, total }), facts, nowMs });
}

/** Only an intention: the journey's last step parts the two in Immich, and files the film. So a crash between any two lines loses nothing. */
function part({ accountId, sha1 }: StrangerRecord, { journal, nowMs }: DecidingParts): void {
  journal.strangers.mark(accountId, sha1, 'parting');
  const isFor = (state: string): boolean => state === 'safe' || state === 'kept';
  tellCopies(journal, { accountId, sha1 }, { event: 'leftHidden', reason: shownAgainReason, nowMs, isFor });
}

/** The owner's word about those that they were asked about. Call inside a transaction. @returns how many there were */
export function answerStrangers(answer: 'show' | 'leave', sourceId: SourceId, parts: DecidingParts): number {
  const { journal } = parts;
  const total = journal.strangers.count(sourceId, 'asked');
  if (answer === 'leave') journal.strangers.markAll(sourceId, 'asked', 'left', leftByOwner);
  for (let page = journal.strangers.page(sourceId, 'asked'); page.length > 0; page = journal.strangers.page(sourceId, 'asked')) {
    for (const stranger of page) part(stranger, parts);
  }
  return total;
}
