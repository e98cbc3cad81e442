/** Announce: tells the household, once per batch and never per file, by way of the outbox. */
import { isOver, type SourceId } from '../../domain/index.ts';
import type { BatchRecord, Journal, Mention, Replaced } from '../../journal/index.ts';
import { type Clock, type CrashPoints, Waker } from '../../kernel/index.ts';
import { type NewsDesk, putNews } from '../news.ts';
import { type BatchVerdict, lookAtBatch } from './batches.ts';
import { dueAtMs, isDue, isTold, newsOf, type Told } from './mentions.ts';

export interface AnnouncerParts {
  readonly journal: Journal;
  readonly clock: Clock;
  readonly news: NewsDesk;
  readonly crashPoints: CrashPoints;
  /** What is told of: not a source that the owner took out of the configuration, or that this run is not about. */
  readonly isInUse: (sourceId: SourceId) => boolean;
  /** Its files are worked on: it is there, and nobody paused it. */
  readonly isGoing: (sourceId: SourceId) => boolean;
  /** Whether its folder was walked since then; if not, it will be. What was lost from sight may lie elsewhere. */
  readonly isLookedThrough: (sourceId: SourceId, sinceMs: number) => boolean;
}

export class Announcer {
  readonly #parts: AnnouncerParts;
  readonly #waker = new Waker();

  constructor(parts: AnnouncerParts) {
    this.#parts = parts;
  }

  /** Files came to rest: something may be told. */
  wake(): void {
    this.#waker.wake();
  }

  /** Until `signal` is aborted. */
  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      this.#waker.arm();
      const nextAtMs = this.tell();
      await this.#waker.wait(this.#parts.clock, nextAtMs, signal);
    }
  }

  /**
   * Tells what is due.
   * @param isLastWord nothing more will arrive in this run: all that is open is closed and told now
   * @returns when something will be due without anything happening
   */
  tell(isLastWord = false): number | undefined {
    const { journal, clock, crashPoints, isInUse, isGoing } = this.#parts;
    const nowMs = clock.now();
    const batches = journal.batches
      .untold()
      .filter(({ sourceId }) => isInUse(sourceId))
      .map((batch) => ({ batch, verdict: lookAtBatch(batch, journal, { nowMs, isLastWord, isGoing: isGoing(batch.sourceId) }) }));
    const losses = journal.mentions.pending().filter(isLoss);
    for (const sourceId of new Set(losses.map((loss) => loss.sourceId))) journal.mentions.forgetTurnedUp(sourceId);
    for (const sourceId of journal.earlier.sources()) journal.earlier.forgetTurnedUp(sourceId);
    const pending: readonly (Mention | Replaced)[] = [...journal.mentions.pending(), ...journal.earlier.pending()];
    const mentions = pending.filter(isTold);
    const dueMentions = mentions.filter((mention) => isLastWord || (isDue(mention, nowMs) && this.#isCertain(mention, nowMs)));
    const dueBatches = batches.filter(({ verdict }) => verdict.close || verdict.isEnd || verdict.isProgress);
    if (dueMentions.length + dueBatches.length > 0) {
      crashPoints.reach('before announcing');
      journal.durably(() => {
        for (const { batch, verdict } of dueBatches) this.#tellBatch(batch, verdict, nowMs);
        for (const mention of dueMentions) this.#tellMention(mention, nowMs);
      });
      crashPoints.reach('after announcing');
    }
    const times = [
      ...batches.flatMap(({ verdict }) => verdict.nextAtMs ?? []),
      ...mentions.filter((mention) => !dueMentions.includes(mention)).map((mention) => later(dueAtMs(mention), nowMs)),
      // What is to be read first may be read by then; that it was wakes nobody.
      ...(mentions.length < pending.length || journal.earlier.isSought() ? [nowMs + lookEveryMs] : []),
    ];
    return times.length === 0 ? undefined : Math.min(...times);
  }

  #isCertain({ kind, sourceId, firstAtMs, lastAtMs }: Told, nowMs: number): boolean {
    return (
      !mayLieElsewhere.has(kind) ||
      this.#parts.isLookedThrough(sourceId, lastAtMs) ||
      isOver({ sinceMs: firstAtMs, forMs: longestLookMs }, nowMs)
    );
  }

  #tellBatch(batch: BatchRecord, verdict: BatchVerdict, nowMs: number): void {
    const { journal, news } = this.#parts;
    if (verdict.close) journal.batches.close(batch.id, nowMs);
    if (verdict.isProgress) journal.batches.markProgress(batch.id, nowMs);
    if (verdict.isEnd) journal.batches.markTold(batch.id, nowMs);
    if (verdict.news) putNews(journal, news, { ...verdict.news, nowMs });
  }

  #tellMention(mention: Told, nowMs: number): void {
    const { journal, news } = this.#parts;
    putNews(journal, news, { ...newsOf(mention, journal), nowMs });
    if (mention.kind === 'replaced') journal.earlier.forgetTold(mention.sourceId);
    else journal.mentions.forgetTold(mention);
  }
}

const mayLieElsewhere: ReadonlySet<Told['kind']> = new Set(['lost', 'replaced']);

const isLoss = ({ kind }: Mention): boolean => kind === 'lost' || kind === 'perhaps lost';

// A walk may take longer, or never end well; then it is said all the same.
const longestLookMs = 600_000;
const lookEveryMs = 60_000;

/** What is due by its time waits for a walk, which wakes us. */
function later(dueMs: number, nowMs: number): number {
  return dueMs > nowMs ? dueMs : nowMs + lookEveryMs;
}
