/** A whole household in one object: real files in a folder of its own, a practice Immich over HTTP, a journal, and Homeroll between them. */
import { mkdtempSync, rmSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Config } from '../../src/config/index.ts';
import { noteUnreadable } from '../../src/desk/index.ts';
import { numbersOf } from '../../src/domain/index.ts';
import { counting, type Disk, realDisk } from '../../src/files/index.ts';
import type { Immich } from '../../src/immich/index.ts';
import { type Journal, type OrderKind, openJournal } from '../../src/journal/index.ts';
import { type CrashPoints, type Log, noCrashPoints, systemClock, systemIds, systemRandom } from '../../src/kernel/index.ts';
import { findByPath, Household, noHome, pathOf, type RoundTold, type Wish } from '../../src/pipeline/index.ts';
import { type RunningPracticeImmich, startPracticeImmich } from '../../src/practice/index.ts';
import { configOf, type SourceWish } from './config.ts';
import { connectHeard } from './connect-heard.ts';
import { DiskByHand } from './disk-by-hand.ts';
import { HintingWatcher } from './hinting-watcher.ts';
import type { HouseholdWish } from './household-wish.ts';
import { LeapClock } from './leap-clock.ts';
import type { Live, OnceWish } from './once-wish.ts';

export type { HouseholdWish };

export class TestHousehold extends DiskByHand implements AsyncDisposable {
  readonly clock: LeapClock;
  /** What was asked of Immich, `POST /api/assets`, in order. */
  readonly asked: string[] = [];
  /** What the log said at `warn` and above, and what at `info`. */
  readonly warnings: string[] = [];
  readonly infos: string[] = [];
  readonly counts: { opens: number; stats: number; listings: number };
  /** Called before Immich is asked something, `POST /api/assets`. */
  onAsk: (question: string) => void | Promise<void> = () => undefined;
  /** Called before the disk is asked; what it throws is the disk's answer. */
  onLook: (question: 'open' | 'stat', path: string) => void | Promise<void> = () => undefined;
  readonly #wish: HouseholdWish;
  readonly #disk: Disk;
  readonly #transports: AsyncDisposableStack = new AsyncDisposableStack();
  #sources: readonly SourceWish[];
  #journal: Journal;
  readonly watcher = new HintingWatcher();

  private constructor(wish: HouseholdWish, parts: { folder: string; server: RunningPracticeImmich }) {
    super(parts);
    this.#wish = wish;
    this.clock = wish.clock ?? new LeapClock();
    this.#sources = wish.sources ?? [{}];
    const { disk, counts } = counting(wish.disk ?? realDisk);
    this.#disk = {
      ...disk,
      stat: async (path) => {
        await this.onLook('stat', path.toString());
        return disk.stat(path);
      },
      open: async (path) => {
        await this.onLook('open', path.toString());
        return disk.open(path);
      },
    };
    this.counts = counts;
    this.#journal = openJournal(this.stateFolder, { durability: 'OFF' });
  }

  static async open(wish: HouseholdWish = {}): Promise<TestHousehold> {
    const folder = mkdtempSync(join(tmpdir(), 'homeroll-household-'));
    const { version = '3.1.0', faults = [] } = wish;
    const server = await startPracticeImmich({ port: 0, dataDir: join(folder, 'immich'), version, faults: { faults: [...faults] } });
    const household = new TestHousehold(wish, { folder, server });
    for (const source of household.config.sources) await mkdir(source.folder, { recursive: true }).catch(() => undefined);
    return household;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    try {
      this.#journal.close();
    } catch {
      // A crash closed it.
    }
    await this.#transports.disposeAsync();
    await this.server.close();
    rmSync(this.tempFolder, { recursive: true, force: true });
  }

  get stateFolder(): string {
    return join(this.tempFolder, 'state');
  }

  get journal(): Journal {
    return this.#journal;
  }

  get config(): Config {
    const { events = [], verify, disk, areHalfFilesReplaced = false } = this.#wish;
    const { url } = this.server;
    const isRealDisk = disk === undefined;
    return configOf({
      url,
      keys: this.keys,
      sources: this.#sources,
      events,
      verify,
      folder: this.tempFolder,
      isRealDisk,
      areHalfFilesReplaced,
    });
  }

  // The owner's configuration.

  reconfigure(...sources: readonly SourceWish[]): void {
    this.#sources = sources;
  }

  // Homeroll.

  /** One whole run, as `homeroll once`: a new life on the same journal. */
  async once({ patienceMs = 0, ...wish }: OnceWish = {}): Promise<void> {
    const { household, signal } = this.#bear(wish.crashPoints ?? noCrashPoints, wish.signal);
    await household.begin(signal);
    await household.once({ patienceMs, ...(wish.only && { sources: wish.only }) }, signal);
  }

  /** As `homeroll verify` where no other runs. */
  async verify(
    wish: Wish = { kind: 'all' },
    { crashPoints = noCrashPoints, signal: called }: Pick<OnceWish, 'crashPoints' | 'signal'> = {},
  ): Promise<RoundTold> {
    const { household, signal } = this.#bear(crashPoints, called);
    await household.begin(signal);
    return household.verify(wish, signal);
  }

  /** An order of the owner's, carried out by one whole run. @returns the answer */
  async order(kind: OrderKind, subject?: string): Promise<string | undefined> {
    const id = this.#journal.orders.give(kind, subject, this.clock.now());
    await this.once();
    return this.#journal.orders.answer(id);
  }

  /** A run that dies when the named crash point is reached for the `nth` time: nothing it does after that is kept. */
  async onceUntilCrash(point: string, nth = 1): Promise<void> {
    await this.crash(point, nth, (how) => this.once(how));
  }

  /** The same for another life than one whole run. */
  async crash(point: string, nth: number, live: Live): Promise<void> {
    const end = (): void => {
      this.#journal.close();
      throw new Error(`crashed at ${point}`);
    };
    await this.#until(point, { nth, end, live });
    this.#journal = openJournal(this.stateFolder, { durability: 'OFF' });
  }

  /** A run that somebody stops, as by SIGINT, when the named crash point is reached for the `nth` time. */
  async onceUntilStopped(point: string, nth = 1): Promise<void> {
    await this.#until(point, { nth, end: () => undefined, live: (how) => this.once(how) });
  }

  async #until(point: string, { nth, end, live }: { nth: number; end: () => void; live: Live }): Promise<void> {
    const ending = new AbortController();
    let left = nth;
    const reach = (name: string): void => {
      if (name !== point || --left !== 0) return;
      ending.abort();
      end();
    };
    const how = await live({ crashPoints: { reach }, signal: ending.signal }).then(
      () => 'by itself',
      () => 'early',
    );
    if (left > 0) throw new Error(`the crash point ${point} was never reached; the run ended ${how}`);
  }

  /** Homeroll as it runs for weeks; `stop` ends it as SIGTERM does. Hints are given with `hint`. */
  async run(): Promise<{ readonly household: Household; stop(): Promise<void> }> {
    const ending = new AbortController();
    const { household, signal } = this.#bear(noCrashPoints, ending.signal);
    await household.begin(signal);
    const running = household.run(signal).catch((error: unknown) => {
      if (!ending.signal.aborted) throw error;
    });
    const stop = (): Promise<void> => {
      ending.abort();
      return running;
    };
    return { household, stop };
  }

  /** Waits for what a running Homeroll is to do. */
  async until(isSo: () => boolean): Promise<void> {
    const giveUpMs = performance.now() + 8_000;
    while (!isSo()) {
      if (performance.now() > giveUpMs) throw new Error(`it never became so: ${isSo}`);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }

  /** What the operating system would say of a change at this path. */
  hint(name: string | Buffer): void {
    this.watcher.hint(Buffer.from(name));
  }

  // What became of it.

  file(name: string | Buffer, source = 'Phone') {
    return findByPath(this.path(name, source), this.#journal);
  }

  state(name: string | Buffer, source = 'Phone') {
    return this.file(name, source)?.state;
  }

  /** Every path that is on disk, below its source's folder, with its state. */
  states(): Readonly<Record<string, string>> {
    const all = this.#journal.sources.all().flatMap(({ id, root }) =>
      this.#journal.files.page(id, undefined, { afterId: 0, limit: 10_000 }).map((file) => {
        const path = pathOf(file, this.#journal)
          .subarray(root.length + 1)
          .toString();
        return [path, file.state] as const;
      }),
    );
    return Object.fromEntries(all.filter(([, state]) => state !== 'gone'));
  }

  history(name: string): readonly string[] {
    const file = this.file(name);
    return file ? this.#journal.history.of(file.id).map(({ to }) => to) : [];
  }

  numbers() {
    return numbersOf(this.#journal.tally.all().map(({ state, files }) => ({ state, count: files })));
  }

  /** What the household was told: kind and text. */
  news(): readonly { readonly kind: string; readonly text: string }[] {
    return this.#journal.outbox.all().map(({ kind, text }) => ({ kind, text }));
  }

  /** How often Immich was asked this. */
  timesAsked(question: string): number {
    return this.asked.filter((asked) => asked.startsWith(question)).length;
  }

  #bear(crashPoints: CrashPoints, signal = new AbortController().signal): { readonly household: Household; readonly signal: AbortSignal } {
    const { config, clock } = this;
    const say = (sentence: string): void => void this.warnings.push(sentence);
    const log: Log = { debug: () => undefined, info: (sentence) => void this.infos.push(sentence), warn: say, error: say };
    const ports = { clock, random: systemRandom, ids: systemIds, log };
    const household = new Household({
      ...ports,
      config,
      journal: this.#journal,
      disk: this.#disk,
      ...(this.#wish.secondReader && { secondReader: this.#wish.secondReader }),
      watcher: this.watcher,
      crashPoints,
      home: this.#wish.home ?? noHome,
      connect: ({ key }) => this.#connect(key.reveal(), { log, crashPoints }),
      tellers: (this.#wish.tellers ?? ['log']).map((name) => ({ name, wants: () => true })),
      onNews: () => undefined,
      onSwept: ({ id }, { unreadable }) => noteUnreadable(this.#journal, id, unreadable),
      ordersEveryMs: 50,
      ...(this.#wish.stepsOf && { stepsOf: this.#wish.stepsOf }),
    });
    return { household, signal };
  }

  #connect(key: string, { log, crashPoints }: { log: Log; crashPoints: CrashPoints }): Immich {
    const { immich, close } = connectHeard({
      url: this.server.url,
      key,
      clock: this.clock,
      wireClock: this.#wish.wireClock ?? systemClock,
      log,
      crashPoints,
      around: this.#wish.around,
      hear: async (question) => {
        this.asked.push(question);
        await this.onAsk(question);
      },
    });
    this.#transports.defer(close);
    return immich;
  }
}
