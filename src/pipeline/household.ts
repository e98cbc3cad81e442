/** The household at work: its accounts, its sources, the engine between them, and the announcer. Put together once, run, and let go. */
import type { AccountConfig, Config, SourceConfig } from '../config/index.ts';
import type { SourceId } from '../domain/index.ts';
import type { Disk, Watcher } from '../files/index.ts';
import type { Immich } from '../immich/index.ts';
import type { Journal } from '../journal/index.ts';
import type { Clock, CrashPoints, Ids, Log, Random } from '../kernel/index.ts';
import { Accounts } from './accounts.ts';
import { Announcer } from './announce/index.ts';
import { longestWaitMs } from './back-off.ts';
import { Calendars } from './calendars/index.ts';
import { Circumstances } from './circumstances.ts';
import { Engine } from './engine.ts';
import { followOrders } from './follow-orders.ts';
import { type HomePort, noHome } from './home-port.ts';
import { type AccountHolder, holdAccount, noteAccountOf } from './identify.ts';
import { Kinds } from './kinds.ts';
import type { Hearer, NewsDesk } from './news.ts';
import { Keeper, type Swept } from './notice/index.ts';
import { isPaused } from './orders.ts';
import { isLackingEntryAlbum } from './organise/index.ts';
import { workUntilNothingIsDue } from './patience.ts';
import { withOrderedProof } from './proof-order.ts';
import { noteCircumstances } from './remembered.ts';
import { noteRules } from './rules.ts';
import { type SteadySince, steadySince } from './steady.ts';
import type { LaneName, SourceInUse } from './step.ts';
import { stepsOf } from './steps.ts';
import { noteWish, type RoundTold, Verifier, type Wish } from './verify/index.ts';

export interface HouseholdParts {
  readonly config: Config;
  readonly journal: Journal;
  readonly disk: Disk;
  readonly watcher: Watcher;
  readonly clock: Clock;
  readonly random: Random;
  readonly ids: Ids;
  readonly crashPoints: CrashPoints;
  readonly log: Log;
  readonly connect: (account: AccountConfig) => Immich;
  /** Left out: nothing is known of the home. */
  readonly home?: HomePort;
  readonly laneSlots?: Readonly<Record<LaneName, number>>;
  /** How often orders are looked for; half a second unless told. */
  readonly ordersEveryMs?: number;
  /** The ways that news go. */
  readonly tellers: readonly Hearer[];
  /** There is something new in the outbox. */
  readonly onNews: () => void;
  readonly onSwept?: (source: SourceInUse, swept: Swept) => void;
  /** Others than the journey's own: faulty ones, to see whether a test finds them. */
  readonly stepsOf?: typeof stepsOf;
}

// Reading is what a disk does best one at a time; Immich takes four uploads at once without complaint (immich-go, #1271).
const laneSlotsByDefault: Readonly<Record<LaneName, number>> = { disk: 2, ask: 2, write: 4, read: 3 };

export class Household {
  readonly #parts: HouseholdParts;
  readonly #holders: ReadonlyMap<string, AccountHolder>;
  readonly #keepers: readonly Keeper[];
  readonly #steadySinceMs: SteadySince;
  readonly accounts: Accounts;
  readonly engine: Engine;
  readonly announcer: Announcer;
  readonly verifier: Verifier;
  readonly #kinds: Kinds;
  readonly #circumstances: Circumstances;
  readonly #calendars: Calendars;
  #chosen: ReadonlySet<string> | undefined;

  constructor(parts: HouseholdParts) {
    this.#parts = parts;
    const { config, journal, clock, log, ids, tellers, onNews } = parts;
    this.#steadySinceMs = steadySince(clock);
    const news: NewsDesk = { ids, tellers, onNews };
    this.#holders = new Map(
      config.immich.accounts.map((account) => [account.name, holdAccount(account.name, parts.connect(account), journal)]),
    );
    this.accounts = new Accounts([...this.#holders.values()], { journal, clock, log, news, onBack: () => this.#goOn() });
    this.#kinds = new Kinds({ ...parts, accounts: this.accounts, sources: () => this.sources, onMore: () => this.#lookAnew() });
    const { hindrances } = this.accounts;
    this.announcer = new Announcer({
      ...parts,
      news,
      isInUse: (id) => this.sources.some((source) => source.id === id && this.#isChosen(source)),
      isLookedThrough: (id, sinceMs) => this.#keeperOf(id)?.isLookedThrough(sinceMs) ?? true,
      isGoing: (id) => this.#workable().some((source) => source.id === id),
    });
    journal.transaction(() => journal.sources.noteRenames(config.sources.map(({ name, folder }) => ({ name, root: Buffer.from(folder) }))));
    this.#keepers = config.sources.map((source) => this.#keep(source, news));
    const onMonthWanted = (): void => this.#calendars.wake();
    this.engine = new Engine({
      ...parts,
      accounts: this.accounts,
      laneSlots: parts.laneSlots ?? laneSlotsByDefault,
      workable: () => this.#workable(),
      isPresent: async (source, signal) => (await this.#keeperOf(source.id)?.isRootPresent(signal)) ?? false,
      excuse: async (files, source, signal) => (await this.#keeperOf(source.id)?.excuse(files, signal)) ?? new Map(),
      longestWaitMs: Math.max(longestWaitMs, ...config.sources.map(({ settleMs }) => settleMs)),
      onCommit: () => {
        this.announcer.wake();
        this.#kinds.wakeIfOld();
      },
      steps: (parts.stepsOf ?? stepsOf)({ ...parts, news, hindrances, steadySinceMs: this.#steadySinceMs, onMonthWanted }),
    });
    this.#calendars = new Calendars({
      ...parts,
      ...config,
      home: parts.home ?? noHome,
      accounts: this.accounts,
      sources: () => this.sources,
      isLackingAlbum: (file, source) => isLackingEntryAlbum(file, { journal, source, settings: config }),
      onChange: () => this.#lookAnew(),
    });
    this.#circumstances = new Circumstances({
      ...parts,
      home: parts.home ?? noHome,
      sources: () => this.sources,
      onTrigger: (id) => this.#keeperOf(id)?.askForSweep(),
      onLimit: () => this.#lookAnew(),
    });
    this.verifier = new Verifier({
      ...parts,
      news,
      accounts: this.accounts,
      verify: config.verify,
      timeZone: config.timeZone,
      sources: () => (isPaused(journal) ? [] : this.sources.filter(({ id }) => journal.sources.stateOf(id) !== 'paused')),
      whenAtRest: (signal) => this.engine.whenAtRest(signal),
      onChange: () => this.#lookAnew(),
    });
  }

  get sources(): readonly SourceInUse[] {
    return this.#keepers.map(({ source }) => source);
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
      this.announcer.run(both),
      this.#kinds.run(both),
      this.#calendars.run(both),
      this.verifier.run(both),
      this.#followOrders(both),
      ...this.#keepers.map((keeper) => keeper.run(both)),
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
    this.#chosen = sources && new Set(sources);
    const chosen = this.#keepers.filter(({ source }) => this.#isChosen(source));
    await this.#besideEngine(async (both) => {
      const lookThrough = async (keepers: readonly Keeper[]): Promise<void> => {
        await Promise.all(keepers.map((keeper) => keeper.sweepNow(both)));
        await workUntilNothingIsDue({ ...this.#parts, engine, accounts, calendars, sources: this.sources, patienceMs }, both);
      };
      await lookThrough(chosen);
      // What a step did not find may lie elsewhere by now: looked for before anybody is told that it is lost.
      const missed = chosen.filter(({ source }) => journal.mentions.isAny('lost', source.id));
      if (missed.length > 0) await lookThrough(missed);
    }, signal);
  }

  /** Looks again at what was stored before, as asked, and ends. What that means for files is done as far as it can be now. */
  async verify(wish: Wish, signal: AbortSignal): Promise<RoundTold> {
    const { journal, clock } = this.#parts;
    noteWish(JSON.stringify(wish), { journal, nowMs: clock.now() });
    return this.#besideEngine(async (both) => {
      const told = await this.verifier.once(both);
      await this.engine.whenAtRest(both);
      return told;
    }, signal);
  }

  /** Lets engine, announcer and orders live for as long as `work` takes, and tells all that is to be told at its end. */
  async #besideEngine<R>(work: (signal: AbortSignal) => Promise<R>, signal: AbortSignal): Promise<R> {
    const ending = new AbortController();
    const both = AbortSignal.any([signal, ending.signal]);
    const engine = this.engine.run(both);
    const others = [this.announcer.run(both), this.#kinds.run(both), this.#calendars.run(both), this.#followOrders(both)];
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
  }

  #noteAccounts(): void {
    for (const source of this.sources) noteAccountOf(source, this.#parts);
  }

  #isChosen(source: SourceInUse): boolean {
    return this.#chosen === undefined || this.#chosen.has(source.config.name);
  }

  /** Sources that are there, not paused, not waiting for an answer, and allowed to move by what is so in the home. */
  #workable(): readonly SourceInUse[] {
    const { journal } = this.#parts;
    if (isPaused(journal)) return [];
    return this.sources.filter(
      (source) => this.#isChosen(source) && journal.sources.stateOf(source.id) === 'present' && this.#circumstances.mayMove(source.id),
    );
  }

  #followOrders(signal: AbortSignal): Promise<void> {
    const onTaken = (): void => {
      this.#lookAnew();
      this.verifier.wake();
      this.#calendars.wake();
    };
    const askForSweep = (id: SourceId): void => this.#keeperOf(id)?.askForSweep();
    const tryNow = (): void => this.accounts.tryNow();
    return followOrders({ ...this.#parts, everyMs: this.#parts.ordersEveryMs, askForSweep, tryNow, onTaken }, signal);
  }

  #keeperOf(id: SourceId): Keeper | undefined {
    return this.#keepers.find(({ source }) => source.id === id);
  }

  #keep(source: SourceConfig, news: NewsDesk): Keeper {
    const { journal } = this.#parts;
    const root = Buffer.from(source.folder);
    const record = journal.sources.ensure(source.name, root);
    const account = this.#holders.get(source.account);
    if (!account) throw new Error(`source ${source.name} names an account that is not configured`);
    const onNoticed = (): void => this.#lookAnew();
    return new Keeper(
      { id: record.id, config: withOrderedProof(source, journal), root, account },
      { ...this.#parts, news, kinds: () => this.#kinds.table, steadySinceMs: this.#steadySinceMs, onNoticed },
    );
  }
}
