/** Gathers what steps said and writes it, several answers in one transaction: each commit costs little more than one answer. */
import type { Journal } from '../journal/index.ts';
import type { Clock, CrashPoints, Random } from '../kernel/index.ts';
import { commitOutcomes, type Finished } from './commit.ts';

export interface FinishingParts {
  readonly journal: Journal;
  readonly clock: Clock;
  readonly random: Random;
  readonly crashPoints: CrashPoints;
  /** Something was written; at the latest now others should look. */
  readonly onCommit: () => void;
}

// 500 rows: more would hold the event loop longer than a person's patience (5,000 rows take 150 ms).
const mostPerTransaction = 500;
// 5 ms: nobody waits for that, and under load a hundred answers fall into it.
const longestCommitWaitMs = 5;
const enoughForCommit = 100;

const isAdvance: ReadonlySet<string> = new Set(['stored', 'storedUnasked', 'storedAndProven', 'proven', 'organised']);

export class Finishing {
  readonly #parts: FinishingParts;
  readonly #onWritten: (finished: readonly Finished[]) => void;
  readonly #finished: Finished[] = [];
  #firstFinishedAtMs = 0;
  #advances = 0;

  /** @param onWritten what was said of these is in the journal */
  constructor(parts: FinishingParts, onWritten: (finished: readonly Finished[]) => void) {
    this.#parts = parts;
    this.#onWritten = onWritten;
  }

  get isEmpty(): boolean {
    return this.#finished.length === 0;
  }

  /** How many files came a step further towards being done, since the beginning. */
  get advances(): number {
    return this.#advances;
  }

  add(one: Finished): void {
    if (this.#finished.length === 0) this.#firstFinishedAtMs = this.#parts.clock.elapsed();
    this.#finished.push(one);
  }

  /**
   * A commit waits a moment for more answers, unless nobody works who could give one.
   * @returns when to commit at the latest, unix ms
   */
  commitIfDue(isAnybodyWorking: boolean): number | undefined {
    const { clock } = this.#parts;
    if (this.#finished.length === 0) return undefined;
    const waitedMs = clock.elapsed() - this.#firstFinishedAtMs;
    if (isAnybodyWorking && this.#finished.length < enoughForCommit && waitedMs < longestCommitWaitMs) {
      return clock.now() + longestCommitWaitMs - waitedMs;
    }
    this.commit();
    return undefined;
  }

  commit(): void {
    const { journal, clock, random, crashPoints, onCommit } = this.#parts;
    while (this.#finished.length > 0) {
      const finished = this.#finished.splice(0, mostPerTransaction);
      crashPoints.reach('before commit');
      journal.transaction(() => commitOutcomes(finished, { journal, nowMs: clock.now(), random }));
      crashPoints.reach('after commit');
      onCommit();
      this.#advances += finished.filter(({ outcome }) => outcome.kind === 'event' && isAdvance.has(outcome.event)).length;
      this.#onWritten(finished);
    }
  }
}
