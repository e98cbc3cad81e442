/** Drives every file's journey: claims what is ready, lets the steps run in their lanes, commits what they say. Never polls. */
import type { FileId, FileRecord } from '../domain/index.ts';
import { DiskError, joinPath } from '../files/index.ts';
import { isAbort, type Log, Waker } from '../kernel/index.ts';
import type { Blame } from './accounts.ts';
import { AnswersAwaited } from './answers-awaited.ts';
import { type Claim, type ClaimParts, Claims } from './claims.ts';
import { type Finished, releaseDue } from './commit.ts';
import { outcomeOfFailure } from './failure.ts';
import { Finishing, type FinishingParts } from './finishing.ts';
import { type Outcome, retry } from './outcome.ts';
import { Standstill } from './standstill.ts';
import type { FileIn, SourceInUse } from './step.ts';

export interface EngineParts extends ClaimParts, FinishingParts {
  readonly log: Log;
  /** Asked before a file is said to have vanished: a share that went away has lost nothing. */
  readonly isPresent: (source: SourceInUse, signal: AbortSignal) => Promise<boolean>;
  /** The same for a part of the source that is mounted below it. @returns what to do about such a file instead */
  readonly excuse: (files: readonly FileRecord[], source: SourceInUse, signal: AbortSignal) => Promise<ReadonlyMap<FileId, Outcome>>;
  /** No step and no retry ever waits longer. */
  readonly longestWaitMs: number;
}

/** What a step said of the files it was given. */
interface Said extends Claim, Pick<Finished, 'accountId'> {
  readonly outcomes: readonly Outcome[];
  readonly startedAtMs: number;
}

interface Failed {
  readonly claim: Claim;
  /** By our elapsed time. */
  readonly startedAtMs: number;
}

export class Engine {
  readonly #parts: EngineParts;
  readonly #claims: Claims;
  readonly #running = new Set<Promise<unknown>>();
  /** Of each call of a step that is under way. */
  readonly #standstills = new Set<Standstill>();
  readonly #answersAwaited: AnswersAwaited;
  readonly #finishing: Finishing;
  readonly #waker = new Waker();
  #isAtRest = false;
  #hasNothingToStart = false;
  /** What no step should ever throw at us; ends the run. */
  #bug: { readonly error: unknown } | undefined;

  constructor(parts: EngineParts) {
    this.#parts = parts;
    this.#claims = new Claims(parts);
    this.#finishing = new Finishing(parts, (finished) => this.#claims.release(finished.map(({ file }) => file)));
    this.#answersAwaited = new AnswersAwaited(parts);
  }

  /** Something may be ready that was not: look now. */
  wake(): void {
    this.#isAtRest = false;
    this.#hasNothingToStart = false;
    this.#waker.wake();
  }

  /** True when nothing is under way and nothing can be claimed; only time or a wake changes that. */
  get isAtRest(): boolean {
    return this.#isAtRest;
  }

  /** True when nothing is done but waiting for answers of Immich that do not come. */
  get isOnlyWaiting(): boolean {
    return this.#hasNothingToStart && this.#standstills.size > 0 && [...this.#standstills].every(({ isStill }) => isStill);
  }

  /** How many files came further so far: whoever waits for the end sees by it that something happens. */
  get advances(): number {
    return this.#finishing.advances;
  }

  /** Resolves when the engine comes to rest. */
  async whenAtRest(signal: AbortSignal): Promise<void> {
    while (!this.#isAtRest) await this.#waker.nextRest(signal);
  }

  /** Resolves also when only answers of Immich are missing. */
  async whenAtRestOrWaiting(signal: AbortSignal): Promise<void> {
    while (!this.#isAtRest && !this.isOnlyWaiting) await this.#waker.nextRest(signal);
  }

  /** Works until `signal` is aborted, then waits for the steps in flight to let go. */
  async run(signal: AbortSignal): Promise<void> {
    const { journal, clock, accounts } = this.#parts;
    this.#answersAwaited.begin();
    while (!signal.aborted) {
      this.#waker.arm();
      if (this.#bug) throw this.#bug.error;
      const commitAtMs = this.#finishing.commitIfDue(this.#running.size > 0);
      const released = releaseDue(journal, clock.now(), this.#parts.longestWaitMs);
      const started = this.#startAll(signal);
      if (released > 0 || started > 0) continue;
      const gatheredInMs = this.#claims.gatheredInMs();
      this.#hasNothingToStart = this.#finishing.isEmpty && gatheredInMs === undefined;
      this.#isAtRest = this.#hasNothingToStart && this.#running.size === 0;
      if (this.#isAtRest || this.isOnlyWaiting) this.#waker.tellRest();
      const gatheredAtMs = gatheredInMs === undefined ? undefined : clock.now() + gatheredInMs;
      const dueAtMs = earliest(commitAtMs, gatheredAtMs, accounts.hindrances.nextAtMs(), journal.files.nextDueAtMs());
      await this.#waker.wait(clock, dueAtMs, signal);
    }
    await Promise.allSettled(this.#running);
    this.#finishing.commit();
  }

  /** Resolves when no step is under way: those in flight let go only when their signal is aborted. */
  async whenLetGo(): Promise<void> {
    await Promise.allSettled(this.#running);
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
    const working = claim.step.isOneByOne ? this.#workOneByOne(claim, signal) : this.#workUnlessStill(claim, signal);
    void this.#noteRun(working.finally(leave));
  }

  /** Takes a run into the books until it ends; rejects never. */
  #noteRun(run: Promise<void>): Promise<void> {
    const noteBug = (error: unknown): void => {
      this.#bug ??= { error };
    };
    const noted: Promise<void> = run.catch(noteBug).finally(() => {
      this.#running.delete(noted);
      this.#waker.wake();
    });
    this.#running.add(noted);
    return noted;
  }

  /**
   * Resolves when the claim is worked on. If Immich does not answer, it resolves before that: others may have the slot then, and the rest
   * of the portion goes on, while this one waits beside them.
   * @param mayGoOn false: nothing else of this step may run meanwhile
   */
  #workUnlessStill(claim: Claim, signal: AbortSignal, mayGoOn = true): Promise<void> {
    const { clock } = this.#parts;
    const standstill = new Standstill(clock);
    this.#standstills.add(standstill);
    let comeBack: (() => void) | undefined;
    const run = this.#work(claim, signal, standstill).finally(() => {
      standstill.end();
      this.#standstills.delete(standstill);
      for (const { id } of claim.files) this.#answersAwaited.forget(id);
    });
    // One bad file must not hold up those it was taken along with.
    const whole = this.#noteRun(
      run.then((isToSplit) => (isToSplit ? this.#workOneByOne(claim, signal) : undefined)).finally(() => comeBack?.()),
    );
    if (claim.step.lane === 'disk') return whole;
    return new Promise((resolve, reject) => {
      whole.then(resolve, reject);
      const onStill = (): void => {
        for (const { id } of claim.files) this.#answersAwaited.note(id, standstill.awaited);
        if (mayGoOn) comeBack ??= this.#claims.standAside(claim);
        if (comeBack) resolve();
        this.#waker.wake();
      };
      standstill.watch(onStill).catch(reject);
    });
  }

  /** @returns true when each of its files is to be worked on by itself */
  async #work(claim: Claim, signal: AbortSignal, standstill: Standstill): Promise<boolean> {
    const { step, source, files } = claim;
    const { journal, clock, log, accounts, crashPoints } = this.#parts;
    const { account } = source;
    const asksImmich = step.lane !== 'disk';
    const asked = { ...(asksImmich && { accountId: account.id }), startedAtMs: clock.elapsed() };
    const inputs: FileIn[] = files.map((file) => ({
      file,
      path: joinPath(source.root, joinPath(journal.sources.folderPath(file.folderId), file.name)),
      standstill,
    }));
    try {
      const outcomes = await step.run(inputs, source, asksImmich ? accounts.signalFor(account, signal) : signal);
      crashPoints.reach(`after ${step.name}`);
      await this.#note({ ...claim, ...asked, outcomes }, signal);
      if (asksImmich) accounts.noteSuccess(account, step.name);
    } catch (error) {
      if (await this.#isDiskAway(error, claim, signal)) return false;
      // Whoever comes next asks for it first.
      const isUnanswered = signal.aborted && standstill.awaited !== undefined;
      const blame = await this.#blameFor(error, { claim, startedAtMs: asked.startedAtMs }, signal);
      if (isUnanswered) await this.#note({ ...claim, ...asked, outcomes: files.map(() => retry(unanswered)) }, signal);
      else if (blame === 'step') await this.#note({ ...claim, ...asked, outcomes: this.#waitFor(claim) }, signal);
      else if (blame !== 'file') this.#claims.release(files);
      else if (files.length > 1) return true;
      else await this.#note({ ...claim, ...asked, outcomes: [outcomeOfFailure(error, log)] }, signal);
    }
    return false;
  }

  /** The account may not do this at the moment: that is no file's failure, but its reason. */
  #waitFor({ step, source, files }: Claim): readonly Outcome[] {
    const why = this.#parts.accounts.hindrances.reasonOf(source.account, step.name);
    return files.map(() => (why ? { kind: 'wait', ...why } : retry('the account may not do this at the moment')));
  }

  /**
   * Where the whole source does not answer, or the part that they lie on, no file has failed: they wait, and none of them collects tries.
   * @returns true when all is said about these files
   */
  async #isDiskAway(error: unknown, { source, files }: Claim, signal: AbortSignal): Promise<boolean> {
    if (!(error instanceof DiskError) || error.kind !== 'away' || signal.aborted) return false;
    try {
      const isPresent = await this.#parts.isPresent(source, signal);
      const excused = isPresent ? await this.#parts.excuse(files, source, signal) : new Map<FileId, Outcome>();
      if (isPresent && excused.size < files.length) return false;
      for (const file of files) {
        const outcome = excused.get(file.id);
        if (outcome) this.#finishing.add({ file, outcome, source });
      }
      if (!isPresent) this.#claims.release(files);
      return true;
    } catch (interruption) {
      if (!signal.aborted && !isAbort(interruption)) throw interruption;
      return false;
    }
  }

  /** `nobody`: it was called off. */
  async #blameFor(error: unknown, { claim, startedAtMs }: Failed, signal: AbortSignal): Promise<Blame | 'nobody'> {
    if (signal.aborted || isAbort(error)) return 'nobody';
    const { step, source, files } = claim;
    const failing = { account: source.account, step: step.name, isSingle: files.length === 1, startedAtMs };
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
      await this.#workUnlessStill({ step, source, files: [file] }, signal, !step.isAlone);
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
      this.#finishing.add({ ...asked, file, outcome, source });
      log.debug('stepped', {
        file: file.id,
        step: step.name,
        outcome: outcome.kind === 'event' ? outcome.event : outcome.kind,
        ms: Math.round(clock.elapsed() - startedAtMs),
      });
    }
  }
}

const unanswered =
  'it was sent, and Immich had not answered when Homeroll ended: Immich is asked whether it has the file before it is sent again';

export function earliest(...times: readonly (number | undefined)[]): number | undefined {
  const known = times.filter((time) => time !== undefined);
  return known.length === 0 ? undefined : Math.min(...known);
}
