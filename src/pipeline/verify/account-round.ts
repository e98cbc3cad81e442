/** One account's part of a round: first what Immich has no longer, then one original after the other is read back, while all else rests. */
import { tellNothingReadable } from '../../domain/index.ts';
import { ImmichError } from '../../immich/index.ts';
import type { Journal, StoredContent } from '../../journal/index.ts';
import type { Clock, CrashPoints, Log } from '../../kernel/index.ts';
import type { Accounts } from '../accounts.ts';
import { type NewsDesk, putNews } from '../news.ts';
import { isAnyOtherReadable, type Reading, readOriginal } from '../original.ts';
import type { AccountInUse, SourceInUse } from '../step.ts';
import { look } from './look.ts';
import { noteDamaged, noteEqual } from './note.ts';
import { noteProgress } from './progress.ts';
import { pagesIn, type RoundPlan, type RoundTold, sourcesOf } from './round.ts';
import { orderedWish } from './wish.ts';

/** The round may not go on now: it is paused, the night is over, or something else was ordered. */
export class NotNow extends Error {}

export interface AccountRoundParts {
  readonly journal: Journal;
  readonly clock: Clock;
  readonly log: Log;
  readonly news: NewsDesk;
  readonly crashPoints: CrashPoints;
  readonly accounts: Accounts;
  /** Those that nobody paused; a folder that is away is no reason not to look into Immich. */
  readonly sources: () => readonly SourceInUse[];
  readonly whenAtRest: (signal: AbortSignal) => Promise<void>;
  /** Files were moved: somebody may have something to do, or to tell. */
  readonly onChange: () => void;
}

interface Round {
  readonly account: AccountInUse;
  readonly plan: RoundPlan;
  /** Counted on. */
  readonly told: RoundTold;
  /** `verify every`; undefined: nothing is verified by itself. */
  readonly everyMs: number | undefined;
  /** Is aborted at the end of the night, too: what is being read then is read to its end. */
  readonly resting: AbortSignal;
}

// Three in a row that cannot be read are no accident of single pictures.
const enoughUnreadable = 3;

export class AccountRound {
  readonly #round: Round;
  readonly #parts: AccountRoundParts;

  constructor(round: Round, parts: AccountRoundParts) {
    this.#round = round;
    this.#parts = parts;
  }

  /** @throws NotNow when it has to be gone on with later; ImmichError when this account cannot be verified */
  async run(signal: AbortSignal): Promise<void> {
    if (this.#sources().length === 0) return;
    await this.#whenFree();
    try {
      if (!this.#isLooked()) await this.#look(signal);
      await this.#count(signal);
      await this.#readAll(signal);
    } catch (error) {
      if (signal.aborted || error instanceof NotNow) throw error;
      const { accounts, clock } = this.#parts;
      const failing = { account: this.#round.account, step: 'prove', isSingle: false, startedAtMs: clock.elapsed() } as const;
      // Whoever is back wakes us.
      if ((await accounts.blameFor(error, failing, signal)) === 'account') throw new NotNow();
      throw error;
    }
  }

  #sources(): readonly SourceInUse[] {
    return sourcesOf(this.#round.account, this.#parts.sources(), this.#round.plan);
  }

  /** Asked about once in a round: after a crash it goes on with the reading. */
  #isLooked(): boolean {
    const { account, plan } = this.#round;
    const lookedMs = Number(this.#parts.journal.facts.get(lookedName(account)) ?? Number.NaN);
    return lookedMs >= plan.startMs && lookedMs <= this.#parts.clock.now();
  }

  async #look(signal: AbortSignal): Promise<void> {
    const { account, plan, told } = this.#round;
    const { journal, clock, onChange } = this.#parts;
    const parts = { ...this.#parts, now: () => clock.now(), whenFree: () => this.#whenFree() };
    const { letGo, asked } = await look(account, this.#sources(), parts, signal);
    told.letGo += letGo;
    told.asked += asked;
    if (plan.wish.kind !== 'source') journal.facts.set(lookedName(account), String(clock.now()));
    onChange();
  }

  async #count(signal: AbortSignal): Promise<void> {
    for await (const page of this.#pages(signal)) this.#round.told.total += page.length;
  }

  async *#pages(signal: AbortSignal): AsyncGenerator<readonly StoredContent[]> {
    const { plan, everyMs, account } = this.#round;
    const { journal, clock } = this.#parts;
    for (const page of pagesIn(account, this.#sources(), { journal, scope: () => ({ plan, nowMs: clock.now(), everyMs }) })) {
      // Hundreds of thousands are a moment's work, in which others want their turn.
      await clock.sleep(0, signal);
      yield page;
    }
  }

  async #readAll(signal: AbortSignal): Promise<void> {
    const { account, plan, told } = this.#round;
    const { journal, clock, crashPoints } = this.#parts;
    const before = told.done;
    const unreadable: StoredContent[] = [];
    let silent = 0;
    for await (const page of this.#pages(signal)) {
      for (const content of page) {
        await this.#whenFree();
        if (!this.#isStillToRead(content)) {
          told.total -= 1;
          continue;
        }
        noteProgress(journal, { sinceMs: plan.startMs, atMs: clock.now(), ...told });
        const reading = await this.#read(content, signal);
        crashPoints.reach('content read back');
        silent = reading instanceof ImmichError ? silent + 1 : 0;
        if (reading instanceof ImmichError) {
          // It stays due. One that is never answered keeps no other from being read; several in a row are Immich's trouble.
          if (silent >= enoughUnreadable) throw reading;
          told.problem = reading.message;
          continue;
        }
        told.done += 1;
        if (reading === 'unreadable') unreadable.push(content);
        else this.#note(content, reading);
        if (unreadable.length >= enoughUnreadable) return this.#noteNothingReadable();
        // Immich's disk is there: what could not be read is judged by itself.
        if (reading === 'equal' || reading === 'other bytes') this.#noteUnreadable(unreadable.splice(0));
      }
    }
    const isNothingRead = unreadable.length > 0 && told.done === before + unreadable.length;
    // Too few were due to tell: what is not due bears witness.
    if (isNothingRead && !(await isAnyOtherReadable(unreadable, { account, journal }, signal))) return this.#noteNothingReadable();
    this.#noteUnreadable(unreadable);
    journal.facts.forget(nothingReadableName(account));
  }

  /** @returns the failure when Immich answered others, and not this, twice */
  async #read(content: StoredContent, signal: AbortSignal): Promise<Reading | ImmichError> {
    const { account } = this.#round;
    const { accounts, clock } = this.#parts;
    for (let isFirst = true; ; isFirst = false) {
      const failing = { account, step: 'prove', isSingle: false, startedAtMs: clock.elapsed() } as const;
      try {
        return await readOriginal(content, account, signal);
      } catch (error) {
        if (!(error instanceof ImmichError) || error.kind !== 'silent') throw error;
        if ((await accounts.blameFor(error, failing, signal)) === 'account') throw error;
        if (!isFirst) return error;
      }
    }
  }

  /** Its source may be paused by now, or its file came by on the journey and was proven there. */
  #isStillToRead({ sourceId, sha1, provenAtMs }: StoredContent): boolean {
    const known = this.#parts.journal.contents.find(this.#round.account.id, sha1);
    return known?.provenAtMs === provenAtMs && this.#sources().some(({ id }) => id === sourceId);
  }

  #noteUnreadable(contents: readonly StoredContent[]): void {
    for (const content of contents) this.#note(content, 'unreadable');
  }

  #note(content: StoredContent, reading: Reading): void {
    const { account, told } = this.#round;
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
  #noteNothingReadable(): void {
    const { account, told } = this.#round;
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
  async #whenFree(): Promise<void> {
    const { account, plan, resting } = this.#round;
    const { accounts, journal, clock, whenAtRest, sources } = this.#parts;
    await whenAtRest(resting);
    const ordered = orderedWish(journal);
    const isOvertaken = plan.untilMs === undefined ? ordered?.sinceMs !== plan.startMs : ordered !== undefined;
    const isOver = plan.untilMs !== undefined && clock.now() >= plan.untilMs;
    if (isOvertaken || isOver || !accounts.isUsable(account) || sources().length === 0) throw new NotNow();
  }
}

const lookedName = ({ id }: AccountInUse): string => `looked again: ${id}`;
const nothingReadableName = ({ id }: AccountInUse): string => `nothing readable: ${id}`;
