/** Looks again at what is done: in the quiet hours a slice of all, at once what somebody orders. Beside the engine, and only while that rests. */
import type { VerifyConfig } from '../../config/index.ts';
import { nightAt } from '../../domain/index.ts';
import { ImmichError } from '../../immich/index.ts';
import { Waker } from '../../kernel/index.ts';
import { AccountRound, type AccountRoundParts, NotNow } from './account-round.ts';
import { forgetProgress } from './progress.ts';
import { orderedRound, type RoundPlan, type RoundTold, sourcesOf } from './round.ts';
import { forgetWish, orderedWish } from './wish.ts';

export { type VerifyProgress, verifyProgress } from './progress.ts';
export { isInRound, type RoundTold } from './round.ts';
export { noteWish, type Wish } from './wish.ts';

export interface VerifierParts extends AccountRoundParts {
  /** Left out: nothing is looked at again by itself. */
  readonly verify?: VerifyConfig | undefined;
  readonly timeZone: string;
}

interface CarriedOut {
  readonly told: RoundTold;
  /** False: it cannot go on now, and will when somebody wakes it. */
  readonly isOver: boolean;
}

// The clock may be set, or the summer may begin: not longer than this it is believed when the night comes.
const longestNapMs = 3_600_000;

export class Verifier {
  readonly #parts: VerifierParts;
  readonly #waker = new Waker();

  constructor(parts: VerifierParts) {
    this.#parts = parts;
  }

  /** Something was ordered, or resumed, or an account is back. */
  wake(): void {
    this.#waker.wake();
  }

  /** Until `signal` is aborted. */
  async run(signal: AbortSignal): Promise<void> {
    const { clock, journal } = this.#parts;
    forgetProgress(journal);
    try {
      while (!signal.aborted) {
        this.#waker.arm();
        const plan = this.#nextPlan();
        if (plan && (await this.#carryOut(plan, signal)).isOver) continue;
        const nextMs = plan?.untilMs ?? this.#nextNightMs();
        await this.#waker.wait(clock, nextMs && Math.min(nextMs, clock.now() + longestNapMs), signal);
      }
    } catch (error) {
      if (!signal.aborted) throw error;
    } finally {
      forgetProgress(journal);
    }
  }

  /** Carries out what was ordered, as far as it can be now. */
  async once(signal: AbortSignal): Promise<RoundTold> {
    const ordered = orderedWish(this.#parts.journal);
    if (!ordered) throw new Error('nothing was ordered to be verified');
    try {
      const { told, isOver } = await this.#carryOut(orderedRound(ordered, this.#parts.timeZone), signal);
      return isOver ? told : { ...told, problem: this.#whyNot() };
    } finally {
      // Nobody waits for it any more.
      forgetWish(this.#parts.journal);
      forgetProgress(this.#parts.journal);
    }
  }

  #nextPlan(): RoundPlan | undefined {
    const { journal, clock, verify, timeZone } = this.#parts;
    const ordered = orderedWish(journal);
    if (ordered) return orderedRound(ordered, timeZone);
    if (!verify) return undefined;
    const night = nightAt(clock.now(), verify.quietHours, timeZone);
    const isNow = clock.now() >= night.startMs && journal.facts.get(nightName) !== String(night.number);
    return isNow ? { wish: { kind: 'due' }, number: night.number, startMs: night.startMs, untilMs: night.endMs } : undefined;
  }

  /** When something may be due without an order: the next night that is not done yet. */
  #nextNightMs(): number | undefined {
    const { clock, verify, timeZone } = this.#parts;
    if (!verify) return undefined;
    const night = nightAt(clock.now(), verify.quietHours, timeZone);
    return clock.now() < night.startMs ? night.startMs : night.endMs;
  }

  /** Goes through all accounts; one that cannot be used now keeps no other from being looked at. */
  async #carryOut(plan: RoundPlan, signal: AbortSignal): Promise<CarriedOut> {
    const { journal, accounts, sources, verify, log } = this.#parts;
    const told = noneTold();
    const ending = new AbortController();
    const resting = AbortSignal.any([signal, ending.signal]);
    const night = plan.untilMs === undefined ? undefined : this.#endAt(plan.untilMs, ending, resting);
    let isOver = accounts.all.some((account) => sourcesOf(account, sources(), plan).length > 0);
    try {
      for (const account of accounts.all) {
        const round = new AccountRound({ account, plan, told, everyMs: verify?.everyMs, resting }, this.#parts);
        const isThrough = await round.run(signal).then(
          () => true,
          (error: unknown) => {
            if (signal.aborted) throw error;
            if (error instanceof NotNow || ending.signal.aborted) return false;
            if (!(error instanceof ImmichError)) throw error;
            log.warn(`Looking again has to wait: ${error.message}`, { account: account.name });
            told.problem = error.message;
            return true;
          },
        );
        isOver &&= isThrough;
      }
      if (isOver && plan.untilMs === undefined) forgetWish(journal);
      else if (isOver) journal.facts.set(nightName, String(plan.number));
      return { told, isOver };
    } finally {
      ending.abort();
      await night;
      forgetProgress(journal);
    }
  }

  async #endAt(untilMs: number, ending: AbortController, signal: AbortSignal): Promise<void> {
    const { clock } = this.#parts;
    await clock.sleep(Math.max(0, untilMs - clock.now()), signal).then(
      () => ending.abort(),
      () => undefined,
    );
  }

  /** Why nothing could be done, for somebody who waits for it. */
  #whyNot(): string {
    const [trouble] = this.#parts.accounts.troubles();
    return trouble?.sentence ?? 'It is paused: `homeroll resume` goes on.';
  }
}

const nightName = 'verified night';

function noneTold(): RoundTold {
  return { total: 0, done: 0, equal: 0, damaged: 0, letGo: 0, asked: 0 };
}
