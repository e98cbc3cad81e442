/** Looks again at what is done: in the quiet hours a slice of all, at once what somebody orders. Beside the engine, and only while that rests. */
import type { VerifyConfig } from '../../config/index.ts';
import { nightAt, tellNothingReadable } from '../../domain/index.ts';
import { ImmichError } from '../../immich/index.ts';
import type { Journal, StoredContent } from '../../journal/index.ts';
import type { Clock, CrashPoints, Log } from '../../kernel/index.ts';
import type { Accounts } from '../accounts.ts';
import { type NewsDesk, putNews } from '../news.ts';
import type { AccountInUse, SourceInUse } from '../step.ts';
import { Waker } from '../waker.ts';
import { look } from './look.ts';
import { noteDamaged, noteEqual } from './note.ts';
import { forgetProgress, noteProgress } from './progress.ts';
import { type Reading, read } from './read.ts';
import { orderedRound, pagesIn, type RoundPlan, type RoundScope, type RoundTold, sourcesOf } from './round.ts';
import { forgetWish, orderedWish } from './wish.ts';

export { type VerifyProgress, verifyProgress } from './progress.ts';
export { isInRound, type RoundTold } from './round.ts';
export { noteWish, type Wish } from './wish.ts';

export interface VerifierParts {
  readonly journal: Journal;
  readonly clock: Clock;
  readonly log: Log;
  readonly news: NewsDesk;
  readonly crashPoints: CrashPoints;
  readonly accounts: Accounts;
  /** Left out: nothing is looked at again by itself. */
  readonly verify?: VerifyConfig | undefined;
  readonly timeZone: string;
  /** Those that nobody paused; a folder that is away is no reason not to look into Immich. */
  readonly sources: () => readonly SourceInUse[];
  readonly whenAtRest: (signal: AbortSignal) => Promise<void>;
  /** Files were moved: somebody may have something to do, or to tell. */
  readonly onChange: () => void;
}

interface CarriedOut {
  readonly told: RoundTold;
  /** False: it cannot go on now, and will when somebody wakes it. */
  readonly isOver: boolean;
}

/** The round may not go on now: it is paused, the night is over, or something else was ordered. */
class NotNow extends Error {}

// The clock may be set, or the summer may begin: not longer than this it is believed when the night comes.
const longestNapMs = 3_600_000;
// Three in a row that cannot be read are no accident of single pictures.
const enoughUnreadable = 3;

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
    const { journal, accounts, sources } = this.#parts;
    const told = noneTold();
    const ending = new AbortController();
    const resting = AbortSignal.any([signal, ending.signal]);
    const night = plan.untilMs === undefined ? undefined : this.#endAt(plan.untilMs, ending, resting);
    let isOver = accounts.all.some((account) => sourcesOf(account, sources(), plan).length > 0);
    try {
      for (const account of accounts.all) {
        const isThrough = await this.#verifyAccount(account, { plan, told }, { signal, resting }).catch((error: unknown) => {
          if (signal.aborted) throw error;
          if (error instanceof NotNow || ending.signal.aborted) return false;
          if (!(error instanceof ImmichError)) throw error;
          this.#parts.log.warn(`Looking again has to wait: ${error.message}`, { account: account.name });
          told.problem = error.message;
          return true;
        });
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

  async #verifyAccount(
    account: AccountInUse,
    { plan, told }: { readonly plan: RoundPlan; readonly told: RoundTold },
    { signal, resting }: { readonly signal: AbortSignal; readonly resting: AbortSignal },
  ): Promise<true> {
    const { journal, clock } = this.#parts;
    const sources = (): readonly SourceInUse[] => sourcesOf(account, this.#parts.sources(), plan);
    if (sources().length === 0) return true;
    const whenFree = (): Promise<void> => this.#whenFree(account, plan, resting);
    await whenFree();
    try {
      if (!this.#isLooked(account, plan)) await this.#look(account, { plan, told, sources: sources(), whenFree }, signal);
      const scope = (): RoundScope => ({ plan, nowMs: clock.now(), everyMs: this.#parts.verify?.everyMs });
      for (const page of pagesIn(account, sources(), { journal, scope })) {
        told.total += page.length;
        // Hundreds of thousands are a moment's work, in which others want their turn.
        await clock.sleep(0, signal);
      }
      const unreadable: StoredContent[] = [];
      for (const page of pagesIn(account, sources(), { journal, scope })) {
        await clock.sleep(0, signal);
        for (const content of page) {
          await whenFree();
          if (!sources().some(({ id }) => id === content.sourceId)) continue;
          noteProgress(journal, { sinceMs: plan.startMs, atMs: clock.now(), ...told });
          const reading = await read(content, account, signal);
          this.#parts.crashPoints.reach('content read back');
          told.done += 1;
          if (reading === 'unreadable') unreadable.push(content);
          else this.#note(content, reading, account, told);
          if (unreadable.length >= enoughUnreadable) {
            this.#noteNothingReadable(account, told);
            return true;
          }
          if (reading === 'equal' || reading === 'other bytes') this.#judge(unreadable.splice(0), account, told);
        }
      }
      this.#judge(unreadable, account, told);
      journal.facts.forget(nothingReadableName(account));
      return true;
    } catch (error) {
      if (signal.aborted || error instanceof NotNow) throw error;
      // Whoever is back wakes us.
      if ((await this.#parts.accounts.blameFor(error, { account, step: 'prove', isSingle: false }, signal)) === 'account')
        throw new NotNow();
      throw error;
    }
  }

  async #look(
    account: AccountInUse,
    { plan, told, sources, whenFree }: { plan: RoundPlan; told: RoundTold; sources: readonly SourceInUse[]; whenFree: () => Promise<void> },
    signal: AbortSignal,
  ): Promise<void> {
    const { journal, clock, onChange } = this.#parts;
    const { letGo, asked } = await look(account, sources, { ...this.#parts, now: () => clock.now(), whenFree }, signal);
    told.letGo += letGo;
    told.asked += asked;
    if (plan.wish.kind !== 'source') journal.facts.set(lookedName(account), String(clock.now()));
    onChange();
  }

  /** Asked about once in a round: after a crash it goes on with the reading. */
  #isLooked(account: AccountInUse, { startMs }: RoundPlan): boolean {
    const lookedMs = Number(this.#parts.journal.facts.get(lookedName(account)) ?? Number.NaN);
    return lookedMs >= startMs && lookedMs <= this.#parts.clock.now();
  }

  #judge(unreadable: readonly StoredContent[], account: AccountInUse, told: RoundTold): void {
    for (const content of unreadable) this.#note(content, 'unreadable', account, told);
  }

  #note(content: StoredContent, reading: Reading, account: AccountInUse, told: RoundTold): void {
    const { journal, news, clock, crashPoints, onChange } = this.#parts;
    const parts = { journal, news, accountId: account.id, nowMs: clock.now() };
    if (reading === 'equal') {
      told.equal += 1;
      journal.transaction(() => noteEqual(content, parts));
    } else if (reading !== 'elsewhere') {
      told.damaged += 1;
      journal.transaction(() => noteDamaged(content, reading, parts));
    }
    crashPoints.reach('content verified');
    if (reading !== 'equal' || content.provenAtMs === undefined) onChange();
  }

  /** Told once, until something can be read again. */
  #noteNothingReadable(account: AccountInUse, told: RoundTold): void {
    const { journal, news, clock, log, onChange } = this.#parts;
    const text = tellNothingReadable({ account: account.name });
    told.problem = text;
    log.warn(text, { account: account.name });
    if (journal.facts.get(nothingReadableName(account)) !== undefined) return;
    const nowMs = clock.now();
    journal.durably(() => {
      journal.facts.set(nothingReadableName(account), String(nowMs));
      putNews(journal, news, { kind: 'nothing readable', text, facts: { account: account.name }, nowMs });
    });
    onChange();
  }

  /** @throws NotNow when the round may not go on */
  async #whenFree(account: AccountInUse, plan: RoundPlan, signal: AbortSignal): Promise<void> {
    const { accounts, journal, clock, whenAtRest } = this.#parts;
    await whenAtRest(signal);
    const ordered = orderedWish(journal);
    const isOvertaken = plan.untilMs === undefined ? ordered?.sinceMs !== plan.startMs : ordered !== undefined;
    const isOver = plan.untilMs !== undefined && clock.now() >= plan.untilMs;
    if (isOvertaken || isOver || !accounts.isUsable(account) || this.#parts.sources().length === 0) throw new NotNow();
  }

  /** Why nothing could be done, for somebody who waits for it. */
  #whyNot(): string {
    const [trouble] = this.#parts.accounts.troubles();
    return trouble?.sentence ?? 'It is paused: `homeroll resume` goes on.';
  }
}

const nightName = 'verified night';
const lookedName = ({ id }: AccountInUse): string => `looked again: ${id}`;
const nothingReadableName = ({ id }: AccountInUse): string => `nothing readable: ${id}`;

function noneTold(): RoundTold {
  return { total: 0, done: 0, equal: 0, damaged: 0, letGo: 0, asked: 0 };
}
