/** One life of Homeroll in a simulation: its ports, and the crash that severs them. */
import type { Config } from '../../src/config/index.ts';
import type { Disk, Hint, OpenFile, Watcher } from '../../src/files/index.ts';
import { connect, withCrashPoints } from '../../src/immich/index.ts';
import { type Journal, openJournal } from '../../src/journal/index.ts';
import { type Clock, type CrashPoints, type Log, type Random, seededIds, silentLog } from '../../src/kernel/index.ts';
import { Household } from '../../src/pipeline/index.ts';
import type { SimulatedDisk } from './disk.ts';
import type { SimulatedServer } from './immich.ts';
import type { VirtualClock } from './virtual-clock.ts';

/** Thrown into whatever still runs of a crashed life; nothing it does after that reaches the world. */
class Crashed extends Error {}

export interface LifeParts {
  readonly config: Config;
  readonly stateFolder: string;
  readonly disk: SimulatedDisk;
  readonly server: SimulatedServer;
  readonly clock: VirtualClock;
  readonly random: Random;
  readonly log?: Log;
}

export class Life {
  readonly household: Household;
  readonly journal: Journal;
  readonly #parts: LifeParts;
  readonly #ending = new AbortController();
  #isAlive = true;
  #reachesLeft = Number.POSITIVE_INFINITY;
  #onHint: ((hint: Hint) => void)[] = [];
  /** What made a life end that nobody ended: a bug. */
  failure: unknown;

  constructor(parts: LifeParts) {
    this.#parts = parts;
    const { config, stateFolder, random, server } = parts;
    this.journal = this.#severable(openJournal(stateFolder, { durability: 'OFF' }));
    const clock = this.#clock();
    const ids = seededIds(random);
    const log = parts.log ?? silentLog;
    this.household = new Household({
      config,
      journal: this.journal,
      disk: this.#disk(),
      watcher: this.#watcher(),
      clock,
      random,
      ids,
      crashPoints: this.#crashPoints(),
      log,
      tellers: ['log'],
      onNews: () => undefined,
      ordersEveryMs: 600_000,
      connect: (account) =>
        connect({
          url: 'http://immich.test',
          key: account.key.reveal(),
          transport: withCrashPoints(
            server.transport(random, clock, () => this.#isAlive),
            this.#crashPoints(),
          ),
          userAgent: 'homeroll/simulation',
          limits: { questions: 4, uploads: 4, proofs: 2 },
          clock,
          random,
          ids,
          log,
        }),
    });
  }

  get isAlive(): boolean {
    return this.#isAlive;
  }

  start(): void {
    const { signal } = this.#ending;
    const live = async (): Promise<void> => {
      await this.household.begin(signal);
      await this.household.run(signal);
    };
    live().catch((error: unknown) => {
      if (this.#isAlive && !signal.aborted) this.failure = error;
    });
  }

  /** The operating system says that something changed. */
  hint(hint: Hint): void {
    for (const tell of this.#onHint) tell(hint);
  }

  /** The process dies in the middle of whatever it does: no call returns any more. */
  crash(): void {
    this.#isAlive = false;
    this.#parts.clock.forgetAll();
  }

  /** It will die when the `reaches`-th crash point from now is reached. */
  crashAt(reaches: number): void {
    this.#reachesLeft = reaches;
  }

  /** Ends it as SIGTERM does. */
  stop(): void {
    this.#ending.abort();
  }

  #crashPoints(): CrashPoints {
    return {
      reach: () => {
        this.#mustLive();
        this.#reachesLeft -= 1;
        if (this.#reachesLeft > 0) return;
        this.crash();
        throw new Crashed();
      },
    };
  }

  #mustLive(): void {
    if (!this.#isAlive) throw new Crashed();
  }

  /** Promises of a crashed life never settle: what was left over from before must not write into the new journal. */
  async #orNever<R>(promise: Promise<R>): Promise<R> {
    try {
      const result = await promise;
      if (!this.#isAlive) return await new Promise(() => undefined);
      return result;
    } catch (error) {
      if (!this.#isAlive) return await new Promise(() => undefined);
      throw error;
    }
  }

  #clock(): Clock {
    const { clock } = this.#parts;
    return {
      now: () => clock.now(),
      elapsed: () => clock.elapsed(),
      sleep: (delayMs, signal) => this.#orNever(clock.sleep(delayMs, signal)),
    };
  }

  #disk(): Disk {
    const { disk } = this.#parts;
    const life = this;
    const openFile = (file: OpenFile): OpenFile => ({
      stat: () => this.#orNever(file.stat()),
      read: (into, position, length) => this.#orNever(file.read(into, position, length)),
      close: () => this.#orNever(file.close()),
      [Symbol.asyncDispose]: () => this.#orNever(file.close()),
    });
    return {
      stat: (path) => this.#orNever(disk.stat(path)),
      open: async (path) => openFile(await this.#orNever(disk.open(path))),
      root: (path) => this.#orNever(disk.root(path)),
      freeSpace: () => this.#orNever(disk.freeSpace()),
      async *entries(folder, signal) {
        for await (const chunk of disk.entries(folder, signal)) yield await life.#orNever(Promise.resolve(chunk));
      },
    };
  }

  #watcher(): Watcher {
    return {
      subscribe: async (_root, onHint) => {
        this.#onHint.push(onHint);
        return {
          [Symbol.asyncDispose]: async () => {
            this.#onHint = this.#onHint.filter((one) => one !== onHint);
          },
        };
      },
    };
  }

  /** The journal of a crashed life can no longer be written, nor read. */
  #severable(journal: Journal): Journal {
    const guard = <T extends object>(table: T): T =>
      new Proxy(table, {
        get: (target, name) => {
          const value = Reflect.get(target, name) as unknown;
          if (typeof value !== 'function') return value;
          return (...args: unknown[]) => {
            this.#mustLive();
            return (value as (...given: unknown[]) => unknown).apply(target, args);
          };
        },
      });
    return new Proxy(journal, {
      get: (target, name) => {
        const value = Reflect.get(target, name) as unknown;
        if (typeof value === 'function') return name === 'close' ? value.bind(target) : Reflect.get(guard(target), name);
        return guard(value as object);
      },
    });
  }
}
