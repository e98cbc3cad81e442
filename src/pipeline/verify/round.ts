/** One round of looking again: what belongs to it, in which order it is read, and what came of it. */
import { type DueQuestion, dayAt, isDue, isInSample, isProofAsked, isReadIn, type Round } from '../../domain/index.ts';
import { fromTheOldest, type Journal, type StoredContent } from '../../journal/index.ts';
import type { AccountInUse, SourceInUse } from '../step.ts';
import type { Ordered, Wish } from './wish.ts';

export interface RoundPlan extends Round {
  readonly wish: Wish;
  /** Left out: nobody waits for the end of a night. */
  readonly untilMs?: number;
}

/** What a round did, for those who asked for it. */
export interface RoundTold {
  /** Contents that belong to it, and how many of them are read. */
  total: number;
  done: number;
  equal: number;
  damaged: number;
  letGo: number;
  asked: number;
  /** Why it ended early, for the owner. */
  problem?: string;
}

/** `verify every` of an owner who wants nothing verified by itself: only what was never proven is due then. */
const never = Number.MAX_SAFE_INTEGER;

/** A round that somebody ordered begins at that moment. */
export function orderedRound({ wish, sinceMs }: Ordered, timeZone: string): RoundPlan {
  return { wish, startMs: sinceMs, number: dayAt(sinceMs, timeZone) };
}

export interface RoundScope {
  readonly plan: RoundPlan;
  readonly nowMs: number;
  readonly everyMs: number | undefined;
}

/** True when a content is still to be read in this round. Pure. */
export function isInRound(content: StoredContent, source: SourceInUse, { plan, nowMs, everyMs = never }: RoundScope): boolean {
  const { wish } = plan;
  // The owner's word is waited for, or carried out.
  if (content.isKeepAsked) return false;
  const question: DueQuestion = { round: plan, nowMs, everyMs };
  // Damage that is known is read again only when somebody asks: the disk may have been mended.
  if (content.brokenAtMs !== undefined && (wish.kind === 'due' || content.brokenAtMs >= plan.startMs)) return false;
  switch (wish.kind) {
    case 'due':
      return isProofAsked(source.config.proof, content.sha1) && isDue(content, question);
    case 'all':
    case 'source':
      return !isReadIn(plan, content, nowMs);
    case 'sample':
      // By the moment it was ordered: another sample each time, and the same one after a crash.
      return isInSample(content.sha1, { share: wish.share, offset: (plan.startMs % 9_973) / 9_973 }) && !isReadIn(plan, content, nowMs);
  }
}

/** The sources of an account that a round is about. */
export function sourcesOf(account: AccountInUse, sources: readonly SourceInUse[], { wish }: RoundPlan): readonly SourceInUse[] {
  return sources.filter((source) => source.account.id === account.id && (wish.kind !== 'source' || source.config.name === wish.name));
}

const perPage = 500;

/** What is to be read of an account, the oldest proof first, in pages; each content once, also if it could not be read. */
export function* pagesIn(
  account: AccountInUse,
  sources: readonly SourceInUse[],
  { journal, scope }: { readonly journal: Pick<Journal, 'verified'>; readonly scope: () => RoundScope },
): Generator<readonly StoredContent[]> {
  const sourceOf = new Map(sources.map((source) => [source.id, source]));
  const ids = [...sourceOf.keys()];
  for (let after = fromTheOldest; ; ) {
    const page = journal.verified.oldest(account.id, ids, { after, limit: perPage });
    const last = page.at(-1);
    if (!last) return;
    after = { provenAtMs: last.provenAtMs ?? 0, sha1: last.sha1 };
    const now = scope();
    yield page.filter((content) => {
      const source = sourceOf.get(content.sourceId);
      return source !== undefined && isInRound(content, source, now);
    });
  }
}
