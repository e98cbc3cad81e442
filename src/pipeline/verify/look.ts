/** The cheap look before anything is read: which contents does Immich have no longer, and is that the owner's hand or a question? */
import { askAboutRemoved, isProofAsked, isQuestion, type Sha1, type SourceId } from '../../domain/index.ts';
import type { Presence } from '../../immich/index.ts';
import type { Journal, StoredContent } from '../../journal/index.ts';
import type { CrashPoints } from '../../kernel/index.ts';
import { putNews } from '../news.ts';
import type { AccountInUse, SourceInUse } from '../step.ts';
import { type NoteParts, noteAsked, noteBack, noteLetGo, noteOtherAsset } from './note.ts';
import { showForgotten } from './show-forgotten.ts';

export interface LookParts extends Omit<NoteParts, 'accountId' | 'nowMs'> {
  readonly crashPoints: CrashPoints;
  readonly now: () => number;
  /** Resolves when nothing else is to be done; rejects when this look may not go on. */
  readonly whenFree: () => Promise<void>;
}

export interface Looked {
  letGo: number;
  asked: number;
}

/** Looks at all contents of these sources, which share one account. May break off and begin anew: nothing is decided before its end. */
export async function look(account: AccountInUse, sources: readonly SourceInUse[], parts: LookParts, signal: AbortSignal): Promise<Looked> {
  const { journal, crashPoints } = parts;
  const ids = sources.map(({ id }) => id);
  const sourceOf = new Map(sources.map((source) => [source.id, source]));
  for (let after: Sha1 | '' = ''; ; ) {
    const page = journal.verified.page(account.id, ids, after);
    const last = page.at(-1);
    if (!last) break;
    after = last.sha1;
    await parts.whenFree();
    const presences = await account.immich.checkPresence(
      page.map(({ sha1 }) => sha1),
      signal,
    );
    const toRestore = sort(page, presences, { account, sourceOf, parts });
    if (toRestore.length > 0) await account.immich.restore(toRestore, signal);
  }
  crashPoints.reach('missing marked');
  const looked: Looked = { letGo: 0, asked: 0 };
  for (const source of sources) decide(source, looked, parts);
  crashPoints.reach('missing decided');
  await showForgotten(account, parts, signal);
  return looked;
}

interface Sorting {
  readonly account: AccountInUse;
  readonly sourceOf: ReadonlyMap<SourceId, SourceInUse>;
  readonly parts: LookParts;
}

/** Writes only what is not as it was: a library in which nothing changed costs questions, and no writing. @returns what is to be brought back */
function sort(
  page: readonly StoredContent[],
  presences: readonly Presence[],
  { account, sourceOf, parts }: Sorting,
): StoredContent['assetId'][] {
  const { journal, news } = parts;
  const note: NoteParts = { journal, news, accountId: account.id, nowMs: parts.now() };
  const odd = page.flatMap((content, index) => {
    const presence = presences[index];
    const isAsItWas = presence?.kind === 'present' && !presence.isTrashed && presence.assetId === content.assetId;
    return presence && !(isAsItWas && content.missingAtMs === undefined) ? [{ content, presence }] : [];
  });
  if (odd.length === 0) return [];
  return journal.transaction(() =>
    odd.flatMap(({ content, presence }) => {
      const isThere = presence.kind === 'present' && !presence.isTrashed;
      if (isThere && presence.assetId === content.assetId) noteBack(content, note);
      else if (isThere) noteOtherAsset(content, presence.assetId, note);
      // The owner said keep. What is on disk is on its way; what is not, nobody else would bring back from the trash.
      else if (content.isKeepAsked) {
        return presence.kind === 'present' && journal.verified.isOnNoDisk(account.id, content.sha1) ? [presence.assetId] : [];
      } else if (isDone(content, { source: sourceOf.get(content.sourceId), accountId: account.id, journal }))
        journal.verified.markMissing(account.id, [content.sha1], note.nowMs);
      return [];
    }),
  );
}

interface Sorted {
  readonly source: SourceInUse | undefined;
  readonly accountId: number;
  readonly journal: Pick<Journal, 'files'>;
}

/** What is not done yet is still on its journey, where its absence means something else. */
function isDone({ sha1, provenAtMs, brokenAtMs }: StoredContent, { source, accountId, journal }: Sorted): boolean {
  if (provenAtMs !== undefined || brokenAtMs !== undefined) return true;
  if (source !== undefined && !isProofAsked(source.config.proof, sha1)) return true;
  // Stored while its source asked for no proof, or gone from disk: it comes by nowhere else.
  return [...journal.files.withBytes(accountId, sha1)].every(({ state }) => state === 'kept' || state === 'gone');
}

/** A few are the owner's hand. Many at once, or more while a question is open, are a question. */
function decide(source: SourceInUse, looked: Looked, parts: LookParts): void {
  const { journal } = parts;
  const missing = journal.verified.missingCount(source.id, false);
  if (missing === 0) return;
  const isOpen = journal.verified.missingCount(source.id, true) > 0;
  const isNews = isQuestion({ missing, known: journal.verified.knownCount(source.id) });
  const note: NoteParts = { journal, news: parts.news, accountId: source.account.id, nowMs: parts.now() };
  if (isOpen || isNews) {
    // With the first of them, so that none is ever blocked without a word; and on the disk before anybody hears it.
    if (isNews) journal.durably(() => ask(source, missing, note));
    eachMissing(source, parts, (content) => noteAsked(content, note));
    looked.asked += missing;
    journal.facts.forget(askingName(source));
  } else {
    eachMissing(source, parts, (content) => noteLetGo(content, note));
    looked.letGo += missing;
  }
}

/** While the rest of those that were told of is written: a crash in the middle is no reason to tell it again. */
const askingName = ({ id }: SourceInUse): string => `asking about removed: ${id}`;

function ask(source: SourceInUse, missing: number, note: NoteParts): void {
  const { journal, news, nowMs } = note;
  if (journal.facts.get(askingName(source)) !== undefined) return;
  const { id } = source;
  const known = journal.verified.knownCount(id);
  const question = { source: source.config.name, missing, known, onNoDisk: journal.verified.missingOnNoDisk(id) };
  journal.facts.set(askingName(source), String(nowMs));
  putNews(journal, news, { kind: 'many removed', text: askAboutRemoved(question), facts: question, nowMs });
  for (const content of journal.verified.missing(id, { isAsked: false, after: '' }).slice(0, 1)) noteAsked(content, note);
}

function eachMissing(source: SourceInUse, { journal }: LookParts, note: (content: StoredContent) => void): void {
  for (let after: Sha1 | '' = ''; ; ) {
    const page = journal.verified.missing(source.id, { isAsked: false, after });
    const last = page.at(-1);
    if (!last) return;
    after = last.sha1;
    journal.transaction(() => {
      for (const content of page) note(content);
    });
  }
}
