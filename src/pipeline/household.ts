/** The household at work: its accounts, its sources, the engine between them, and the announcer. Put together once, run, and let go. */
import type { FileRecord, NamingEntry, SourceId } from '../domain/index.ts';
import { Accounts } from './accounts.ts';
import { Announcer } from './announce/index.ts';
import { longestWaitMs } from './back-off.ts';
import { Calendars } from './calendars/index.ts';
import { Circumstances } from './circumstances.ts';
import { Engine } from './engine.ts';
import { followOrders } from './follow-orders.ts';
import { HalfFiles } from './half-files/index.ts';
import { noHome } from './home-port.ts';
import type { HouseholdParts } from './household-parts.ts';
import { holdAccount, noteAccountOf } from './identify.ts';
import { Keepers } from './keepers.ts';
import { Kinds } from './kinds.ts';
import type { NewsDesk } from './news.ts';
import type { Keeper } from './notice/index.ts';
import { entryLackedBy } from './organise/index.ts';
import { workUntilNothingIsDue } from './patience.ts';
import { noteCircumstances } from './remembered.ts';
import { noteRules } from './rules.ts';
import { steadySince } from './steady.ts';
import type { LaneName, SourceInUse } from './step.ts';
import { stepsOf } from './steps.ts';
import { Strangers } from './strangers/index.ts';
import { noteWish, type RoundTold, Verifier, type Wish } from './verify/index.ts';

// Reading is what a disk does best one at a time; Immich takes four uploads at once without complaint (immich-go, #1271).
const laneSlotsByDefault: Readonly<Record<LaneName, number>> = { disk: 2, ask: 2, write: 4, read: 3 };

export class Household {
  readonly accounts: Accounts;
  readonly engine: Engine;
  readonly announcer: Announcer;
  readonly verifier: Verifier;
  readonly #parts: HouseholdParts;
  readonly #keepers: Keepers;
  readonly #kinds: Kinds;
  readonly #circumstances: Circumstances;
  readonly #calendars: Calendars;
  readonly #strangers: Strangers;
  readonly #halfFiles: HalfFiles;

  constructor(parts: HouseholdParts) {
    const { config, journal, clock, log, ids, tellers, onNews, home = noHome } = parts;
    this.#parts = parts;
    const news: NewsDesk = { ids, tellers, onNews };
    const steadySinceMs = steadySince(clock);
    const sources = (): readonly SourceInUse[] => this.sources;
    const onChange = (): void => this.#lookAnew();
    const holders = config.immich.accounts.map((account) => holdAccount(account.name, parts.connect(account), journal));
    this.accounts = new Accounts(holders, { journal, clock, log, news, onBack: () => this.#goOn() });
    const { accounts } = this;
    this.#kinds = new Kinds({ ...parts, accounts, sources, onMore: onChange });
    this.#keepers = new Keepers({
      ...parts,
      news,
      steadySinceMs,
      accounts: holders,
      kinds: () => this.#kinds.table,
      mayMove: (id) => this.#circumstances.mayMove(id),
      onNoticed: onChange,
    });
    const keeperOf = (id: SourceId): Keeper | undefined => this.#keepers.of(id);
    this.announcer = new Announcer({
      ...parts,
      news,
      isInUse: (id) => this.#keepers.isMeant(id),
      isLookedThrough: (id, sinceMs) => keeperOf(id)?.isLookedThrough(sinceMs) ?? true,
      isGoing: (id) => this.#keepers.workable().some((source) => source.id === id),
    });
    const onMonthWanted = (): void => this.#calendars.wake();
    this.engine = new Engine({
      ...parts,
      accounts,
      laneSlots: parts.laneSlots ?? laneSlotsByDefault,
      workable: () => this.#keepers.workable(),
      isPresent: async (source, signal) => (await keeperOf(source.id)?.isRootPresent(signal)) ?? false,
      excuse: async (files, source, signal) => (await keeperOf(source.id)?.excuse(files, signal)) ?? new Map(),
      longestWaitMs: Math.max(longestWaitMs, ...config.sources.map(({ settleMs }) => settleMs)),
      onCommit: () => {
        this.announcer.wake();
        this.#kinds.wakeIfOld();
        this.#halfFiles.wakeIfAny();
      },
      steps: (parts.stepsOf ?? stepsOf)({ ...parts, news, hindrances: accounts.hindrances, steadySinceMs, onMonthWanted }),
    });
    const lackedEntry = (file: FileRecord, source: SourceInUse): NamingEntry | undefined =>
      entryLackedBy(file, { journal, source, settings: config });
    this.#calendars = new Calendars({ ...parts, ...config, home, accounts, sources, lackedEntry, onChange });
    const onTrigger = (id: SourceId): void => keeperOf(id)?.askForSweep();
    this.#circumstances = new Circumstances({ ...parts, home, sources, onTrigger, onLimit: onChange });
    const whenAtRest = (signal: AbortSignal): Promise<void> => this.engine.whenAtRest(signal);
    this.#strangers = new Strangers({
      ...parts,
      timeZone: config.timeZone,
      news,
      accounts,
      sources: () => this.#keepers.workable(),
      whenAtRest,
      onChange,
    });
    this.#halfFiles = new HalfFiles({
      ...parts,
      news,
      accounts,
      areReplaced: config.areHalfFilesReplaced ?? false,
      sources: () => this.#keepers.workable(),
      whenAtRest,
    });
    this.verifier = new Verifier({
      ...parts,
      ...config,
      news,
      accounts,
      sources: () => this.#keepers.awake(),
      // What is waited for may be silent for a quarter of an hour, and is disturbed by nobody who reads.
      whenAtRest: (signal) => this.engine.whenAtRestOrWaiting(signal),
      onChange,
    });
  }

  get sources(): readonly SourceInUse[] {
    return this.#keepers.sources;
  }

  /** Everything that must be known before the first file moves. An Immich that is away stops nothing here. */
  async begin(signal: AbortSignal): Promise<void> {
    const { journal, clock, config } = this.#parts;
    await this.accounts.begin(signal);
    this.#noteAccounts();
    await this.#kinds.learn(signal);
    for (const source of this.sources) noteRules(source, { journal, clock, timeZone: config.timeZone });
    noteCircumstances(journal, this.sources);
    journal.verified.adopt(this.sources.map(({ id }) => id));
  }

  /** Works until `signal` is aborted, then lets go of everything in hand. */
  async run(signal: AbortSignal): Promise<void> {
    const ending = new AbortController();
    const both = AbortSignal.any([signal, ending.signal]);
    const lives = [
      // First: its limits hold before the engine looks for work.
      this.#circumstances.run(both),
      this.engine.run(both),
      this.verifier.run(both),
      this.#strangers.run(both),
      this.#halfFiles.run(both),
      ...this.#besides(both),
      ...this.#keepers.all.map((keeper) => keeper.run(both)),
    ];
    try {
      await Promise.all(lives);
    } finally {
      ending.abort();
      await Promise.allSettled(lives);
      // An engine that failed has not waited for its steps.
      await Promise.all([this.engine.whenLetGo(), this.accounts.stop()]);
    }
  }

  /**
   * Looks through every source once and works until nothing more can be done now.
   * @param patienceMs how long to wait for retries that are due by then
   */
  async once(
    { sources, patienceMs }: { readonly sources?: readonly string[]; readonly patienceMs: number },
    signal: AbortSignal,
  ): Promise<void> {
    const { engine, accounts } = this;
    const [{ journal }, calendars] = [this.#parts, this.#calendars];
    this.#keepers.mean(sources);
    const { meant } = this.#keepers;
    await this.#besideEngine(async (both) => {
      const lookThrough = async (keepers: readonly Keeper[]): Promise<void> => {
        await Promise.all(keepers.map((keeper) => sweepWhole(keeper, both)));
        await workUntilNothingIsDue({ ...this.#parts, engine, accounts, calendars, sources: this.sources, patienceMs }, both);
      };
      await lookThrough(meant);
      // What an earlier version hid by mistake: only after an update.
      if (await this.#strangers.look(both)) await lookThrough([]);
      await this.#halfFiles.look(both);
      // What a step did not find may lie elsewhere by now: looked for before anybody is told that it is lost.
      const missed = meant.filter(({ source: { id } }) => journal.mentions.isAny('lost', id) || journal.earlier.isAny(id));
      if (missed.length > 0) await lookThrough(missed);
    }, signal);
  }

  /** Looks again at what was stored before, as asked, and ends. What that means for files is done as far as it can be now. */
  async verify(wish: Wish, signal: AbortSignal): Promise<RoundTold> {
    const { journal, clock } = this.#parts;
    noteWish(JSON.stringify(wish), { journal, nowMs: clock.now() });
    return this.#besideEngine(async (both) => {
      const told = await this.verifier.once(both);
      await this.engine.whenAtRestOrWaiting(both);
      return told;
    }, signal);
  }

  /** What lives beside the engine whatever it is about: it serves the engine, or the household. */
  #besides(signal: AbortSignal): readonly Promise<void>[] {
    return [this.announcer.run(signal), this.#kinds.run(signal), this.#calendars.run(signal), this.#followOrders(signal)];
  }

  /** Lets the engine live, and what lives beside it, for as long as `work` takes; tells all that is to be told at its end. */
  async #besideEngine<R>(work: (signal: AbortSignal) => Promise<R>, signal: AbortSignal): Promise<R> {
    const ending = new AbortController();
    const both = AbortSignal.any([signal, ending.signal]);
    const engine = this.engine.run(both);
    const others = this.#besides(both);
    const working = work(both);
    try {
      // The others end first only by failing.
      await Promise.race([engine, working, ...others]);
    } finally {
      ending.abort();
      await Promise.allSettled([engine, working, ...others]);
      await Promise.all([this.engine.whenLetGo(), this.accounts.stop()]);
    }
    signal.throwIfAborted();
    const done = await working;
    this.announcer.tell(true);
    return done;
  }

  /** Something was written that no step said: there may be work, and there may be something to tell. */
  #lookAnew(): void {
    this.engine.wake();
    this.announcer.wake();
  }

  /** An account can be used again, or for the first time. */
  #goOn(): void {
    this.#noteAccounts();
    this.#kinds.wake();
    this.#calendars.wake();
    this.engine.wake();
    this.verifier.wake();
    this.#strangers.wake();
  }

  #noteAccounts(): void {
    for (const source of this.sources) noteAccountOf(source, this.#parts);
  }

  #followOrders(signal: AbortSignal): Promise<void> {
    const onTaken = (): void => {
      this.#lookAnew();
      this.verifier.wake();
      this.#calendars.wake();
    };
    const askForSweep = (id: SourceId): void => this.#keepers.of(id)?.askForSweep();
    const onResumed = (id: SourceId): void => this.#keepers.of(id)?.goOn();
    const askCalendars = (): void => this.#calendars.askAnew();
    const tryNow = (): void => this.accounts.tryNow();
    return followOrders(
      { ...this.#parts, everyMs: this.#parts.ordersEveryMs, askForSweep, askCalendars, onResumed, tryNow, onTaken },
      signal,
    );
  }
}

/** A mark that leaves less alone than before opens folders that the walk has passed by: they are walked before anybody says that all is done. */
async function sweepWhole(keeper: Keeper, signal: AbortSignal): Promise<void> {
  const swept = await keeper.sweepNow(signal);
  if (swept?.areMarksNew) await keeper.sweepNow(signal);
}
