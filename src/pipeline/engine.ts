/** Drives every file's journey: claims what is ready, lets the steps run in their lanes, commits what they say. Never polls. */
import type { FileId, FileRecord } from '../domain/index.ts';
import { joinPath } from '../files/index.ts';
import { type CrashPoints, isAbort, type Log, type Random, Waker } from '../kernel/index.ts';
import type { Blame } from './accounts.ts';
import { type Claim, type ClaimParts, Claims } from './claims.ts';
import { commitOutcomes, type Finished, releaseDue } from './commit.ts';
import { outcomeOfFailure } from './failure.ts';
import { type Outcome, retry } from './outcome.ts';
import type { FileIn, SourceInUse } from './step.ts';

export interface EngineParts extends ClaimParts {
  readonly random: Random;
  readonly crashPoints: CrashPoints;
  readonly log: Log;
  /** Asked before a file is said to have vanished: a share that went away has lost nothing. */
  readonly isPresent: (source: SourceInUse, signal: AbortSignal) => Promise<boolean>;
  /** The same for a part of the source that is mounted below it. @returns what to do about such a file instead */
  readonly excuse: (files: readonly FileRecord[], source: SourceInUse, signal: AbortSignal) => Promise<ReadonlyMap<FileId, Outcome>>;
  /** No step and no retry ever waits longer. */
  readonly longestWaitMs: number;
  /** Something was written; at the latest now others should look. */
  readonly onCommit: () => void;
}

/** What a step said of the files it was given. */
interface Said extends Claim, Pick<Finished, 'accountId'> {
  readonly outcomes: readonly Outcome[];
  readonly startedAtMs: number;
}

export class Engine {
  readonly #parts: EngineParts;
  readonly #claims: Claims;
  readonly #running = new Set<Promise<unknown>>();
  readonly #finished: Finished[] = [];
  #firstFinishedAtMs = 0;
  readonly #waker = new Waker();
  #isAtRest = false;
  /** What no step should ever throw at us; ends the run. */
  #bug: { readonly error: unknown } | undefined;

  constructor(parts: EngineParts) {
    this.#parts = parts;
    this.#claims = new Claims(parts);
  }

  /** Something may be ready that was not: look now. */
  wake(): void {
    this.#isAtRest = false;
    this.#waker.wake();
  }

  /** True when nothing is under way and nothing can be claimed; only time or a wake changes that. */
  get isAtRest(): boolean {
    return this.#isAtRest;
  }

  /** Resolves when the engine comes to rest. */
  async whenAtRest(signal: AbortSignal): Promise<void> {
    while (!this.#isAtRest) await this.#waker.nextRest(signal);
  }

  /** Works until `signal` is aborted, then waits for the steps in flight to let go. */
  async run(signal: AbortSignal): Promise<void> {
    const { journal, clock, accounts } = this.#parts;
    while (!signal.aborted) {
      this.#waker.arm();
      if (this.#bug) throw this.#bug.error;
      const commitAtMs = this.#commitIfDue();
      const released = releaseDue(journal, clock.now(), this.#parts.longestWaitMs);
      const started = this.#startAll(signal);
      if (released > 0 || started > 0) continue;
      const gatheredInMs = this.#claims.gatheredInMs();
      this.#isAtRest = this.#running.size === 0 && this.#finished.length === 0 && gatheredInMs === undefined;
      if (this.#isAtRest) this.#waker.tellRest();
      const gatheredAtMs = gatheredInMs === undefined ? undefined : clock.now() + gatheredInMs;
      const dueAtMs = earliest(commitAtMs, gatheredAtMs, accounts.hindrances.nextAtMs(), journal.files.nextDueAtMs());
      await this.#waker.wait(clock, dueAtMs, signal);
    }
    await Promise.allSettled(this.#running);
    this.#commit();
  }

  /** Resolves when no step is under way: those in flight let go only when their signal is aborted. */
  async whenLetGo(): Promise<void> {
    await Promise.allSettled(this.#running);
  }

  /**
   * Several answers in one transaction cost little more than one, so a commit waits a moment for more of them: unless nobody works.
   * @returns when to commit at the latest, unix ms
   */
  #commitIfDue(): number | undefined {
    const { clock } = this.#parts;
    if (this.#finished.length === 0) return undefined;
    const waitedMs = clock.elapsed() - this.#firstFinishedAtMs;
    if (this.#running.size > 0 && this.#finished.length < enoughForCommit && waitedMs < longestCommitWaitMs) {
      return clock.now() + longestCommitWaitMs - waitedMs;
    }
    this.#commit();
    return undefined;
  }

  #finish(one: Finished): void {
    if (this.#finished.length === 0) this.#firstFinishedAtMs = this.#parts.clock.elapsed();
    this.#finished.push(one);
  }

  #commit(): void {
    const { journal, clock, random, crashPoints } = this.#parts;
    while (this.#finished.length > 0) {
      const finished = this.#finished.splice(0, mostPerTransaction);
      crashPoints.reach('before commit');
      journal.transaction(() => commitOutcomes(finished, { journal, nowMs: clock.now(), random }));
      crashPoints.reach('after commit');
      this.#parts.onCommit();
      this.#claims.release(finished.map(({ file }) => file));
    }
  }

  #startAll(signal: AbortSignal): number {
    let started = 0;
    for (const claim of this.#claims.take()) {
      this.#start(claim, signal);
      started += 1;
    }
    return started;
  }

  #start(claim: Claim, signal: AbortSignal): void {
    const leave = this.#claims.enter(claim);
    const noteBug = (error: unknown): void => {
      this.#bug ??= { error };
    };
    const working = claim.step.isOneByOne ? this.#workOneByOne(claim, signal) : this.#work(claim, signal);
    const work: Promise<unknown> = working.catch(noteBug).finally(() => {
      leave();
      this.#running.delete(work);
      this.#waker.wake();
    });
    this.#running.add(work);
  }

  async #work(claim: Claim, signal: AbortSignal): Promise<void> {
    const { step, source, files } = claim;
    const { journal, clock, log, accounts, crashPoints } = this.#parts;
    const { account } = source;
    const asksImmich = step.lane !== 'disk';
    const asked = { ...(asksImmich && { accountId: account.id }), startedAtMs: clock.elapsed() };
    const inputs: FileIn[] = files.map((file) => ({
      file,
      path: joinPath(source.root, joinPath(journal.sources.folderPath(file.folderId), file.name)),
    }));
    try {
      const outcomes = await step.run(inputs, source, asksImmich ? accounts.signalFor(account, signal) : signal);
      crashPoints.reach(`after ${step.name}`);
      await this.#note({ ...claim, ...asked, outcomes }, signal);
      if (asksImmich) accounts.noteSuccess(account, step.name);
    } catch (error) {
      const blame = await this.#blameFor(error, claim, signal);
      if (blame === 'step') await this.#note({ ...claim, ...asked, outcomes: this.#waitFor(claim) }, signal);
      else if (blame !== 'file') this.#claims.release(files);
      else if (files.length > 1) await this.#workOneByOne(claim, signal);
      else await this.#note({ ...claim, ...asked, outcomes: [outcomeOfFailure(error, log)] }, signal);
    }
  }

  /** The account may not do this at the moment: that is no file's failure, but its reason. */
  #waitFor({ step, source, files }: Claim): readonly Outcome[] {
    const why = this.#parts.accounts.hindrances.reasonOf(source.account, step.name);
    return files.map(() => (why ? { kind: 'wait', ...why } : retry('the account may not do this at the moment')));
  }

  /** `nobody`: it was called off. */
  async #blameFor(error: unknown, { step, source, files }: Claim, signal: AbortSignal): Promise<Blame | 'nobody'> {
    if (signal.aborted || isAbort(error)) return 'nobody';
    const failing = { account: source.account, step: step.name, isSingle: files.length === 1 };
    try {
      return await this.#parts.accounts.blameFor(error, failing, signal);
    } catch (interruption) {
      if (signal.aborted) return 'nobody';
      throw interruption;
    }
  }

  /**
   * Small files share a claim, and a lane's slot, but each is worked on alone; and so is each of a run that failed, since one bad
   * file must not hold up those it was taken along with. When the account or the step gets into trouble on the way, the rest waits.
   */
  async #workOneByOne({ step, source, files }: Claim, signal: AbortSignal): Promise<void> {
    const { accounts } = this.#parts;
    for (const [index, file] of files.entries()) {
      await this.#work({ step, source, files: [file] }, signal);
      const isOver = signal.aborted || (step.lane !== 'disk' && accounts.pace(source.account, step.name) === 'none');
      if (isOver) return this.#claims.release(files.slice(index + 1));
    }
  }

  /** Takes down what a step said, for the next commit; unless files are said to be gone because the whole source is away. */
  async #note({ step, source, files, outcomes, startedAtMs, ...asked }: Said, signal: AbortSignal): Promise<void> {
    const { clock, log } = this.#parts;
    const isAnyGone = outcomes.some((outcome) => outcome.kind === 'event' && outcome.event === 'vanished');
    if (isAnyGone && !(await this.#parts.isPresent(source, signal))) return this.#claims.release(files);
    const excused = isAnyGone ? await this.#parts.excuse(files, source, signal) : undefined;
    for (const [index, file] of files.entries()) {
      const said = outcomes[index];
      const outcome = said?.kind === 'event' && said.event === 'vanished' ? (excused?.get(file.id) ?? said) : said;
      if (!outcome) throw new Error(`step ${step.name} gave ${outcomes.length} outcomes for ${files.length} files`);
      this.#finish({ ...asked, file, outcome, source });
      log.debug('stepped', {
        file: file.id,
        step: step.name,
        outcome: outcome.kind === 'event' ? outcome.event : outcome.kind,
        ms: Math.round(clock.elapsed() - startedAtMs),
      });
    }
  }
}

// 500 rows: more would hold the event loop longer than a person's patience (5,000 rows take 150 ms).
const mostPerTransaction = 500;
// 5 ms: nobody waits for that, and under load a hundred answers fall into it.
const longestCommitWaitMs = 5;
const enoughForCommit = 100;

export function earliest(...times: readonly (number | undefined)[]): number | undefined {
  const known = times.filter((time) => time !== undefined);
  return known.length === 0 ? undefined : Math.min(...known);
}
