/** When a sweep is asked for besides the regular ones: at once by people, soon by what was heard, and seldom on suspicion. */
import type { Clock } from '../../kernel/index.ts';

// 10 s: a folder tree being copied in would otherwise have us sweep anew for each of its folders.
const heardAtMostEveryMs = 10_000;
const doubtAtMostEveryMs = 60_000;
// While suspicion finds nothing it is heeded more seldom; beyond this the regular sweep comes sooner.
const doubtAtLeastEveryMs = 3_600_000;

/** All times by the clock that is never set. */
export class SweepWish {
  readonly #clock: Pick<Clock, 'elapsed'>;
  #dueAtMs = Number.POSITIVE_INFINITY;
  #beganAtMs = Number.NEGATIVE_INFINITY;
  #doubtPauseMs = doubtAtMostEveryMs;
  /** When a sweep last began that suspicion asked for. */
  #doubtedAtMs = Number.NEGATIVE_INFINITY;
  #isDoubted = false;

  constructor(clock: Pick<Clock, 'elapsed'>) {
    this.#clock = clock;
  }

  get isDue(): boolean {
    return this.dueInMs === 0;
  }

  get dueInMs(): number {
    return Math.max(0, this.#dueAtMs - this.#clock.elapsed());
  }

  ask(): void {
    this.#dueAtMs = this.#clock.elapsed();
  }

  /** Single paths will not do. */
  askSoon(): void {
    this.#dueAtMs = Math.min(this.#dueAtMs, Math.max(this.#clock.elapsed(), this.#beganAtMs + heardAtMostEveryMs));
  }

  /** Something may have gone unheard. @returns false when that is suspected already */
  doubt(): boolean {
    if (this.#isDoubted) return false;
    const nowMs = this.#clock.elapsed();
    if (nowMs - this.#doubtedAtMs > doubtAtLeastEveryMs) this.#doubtPauseMs = doubtAtMostEveryMs;
    this.#isDoubted = true;
    this.#dueAtMs = Math.min(this.#dueAtMs, Math.max(nowMs, this.#doubtedAtMs + this.#doubtPauseMs));
    return true;
  }

  /** A sweep begins, whoever asked for it. What is suspected while it goes on is for another. */
  begin(): void {
    this.#dueAtMs = Number.POSITIVE_INFINITY;
    this.#beganAtMs = this.#clock.elapsed();
    if (this.#isDoubted) this.#doubtedAtMs = this.#beganAtMs;
    this.#isDoubted = false;
  }

  /** @param news how many files it found that were new or changed */
  end(news: number): void {
    if (this.#doubtedAtMs !== this.#beganAtMs) return;
    this.#doubtPauseMs = news > 0 ? doubtAtMostEveryMs : Math.min(doubtAtLeastEveryMs, 2 * this.#doubtPauseMs);
  }
}
