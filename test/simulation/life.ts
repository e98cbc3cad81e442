/** One life of Homeroll in a simulation: its parts put together as the app does, and the crash that severs them from the world. */
import type { Config } from '../../src/config/index.ts';
import type { Hint, Watcher } from '../../src/files/index.ts';
import { connect, withCrashPoints } from '../../src/immich/index.ts';
import { type Journal, openJournal } from '../../src/journal/index.ts';
import { type Log, seededIds, silentLog } from '../../src/kernel/index.ts';
import { type HomePort, Household, type Step, stepsOf } from '../../src/pipeline/index.ts';
import { Deliveries, nameTellers } from '../../src/tell/index.ts';
import { streamOf } from './chance.ts';
import type { SimulatedDisk } from './disk.ts';
import type { SimulatedServer } from './immich.ts';
import type { FaultyPart } from './mutants/faulty-part.ts';
import type { Receiver } from './receiver.ts';
import { type OnCall, Severed } from './severed.ts';
import type { VirtualClock } from './virtual-clock.ts';

export interface LifeParts {
  readonly seed: number;
  /** Which life it is: each draws its own chance. */
  readonly number: number;
  readonly config: Config;
  readonly stateFolder: string;
  readonly disk: SimulatedDisk;
  readonly server: SimulatedServer;
  readonly receiver: Receiver;
  readonly clock: VirtualClock;
  readonly log?: Log;
  /** A mistake that is planted, to see whether it is found. */
  readonly faulty?: FaultyPart | undefined;
  /** Reads over its shoulder what it writes. */
  readonly onCall: OnCall;
  /** A step takes files of this source in hand. */
  readonly onStep: (step: string, source: string) => void;
  /** It listens to a folder, and to all that is in it. */
  readonly onListen: (root: string) => void;
  /** Left out: there is no Home Assistant. */
  readonly home?: HomePort | undefined;
}

export class Life {
  readonly household: Household;
  readonly journal: Journal;
  readonly #ports: Severed;
  readonly #deliveries: Deliveries;
  readonly #ending = new AbortController();
  #ears: { readonly root: string; readonly onHint: (hint: Hint) => void }[] = [];
  /** What made a life end that nobody ended: a bug. */
  failure: unknown;

  constructor(parts: LifeParts) {
    const { config, stateFolder, seed, number, server, receiver, faulty = {} } = parts;
    this.#ports = new Severed(parts.clock);
    const opened = openJournal(stateFolder, { durability: 'OFF' });
    faulty.atBirth?.(stateFolder);
    this.journal = this.#ports.journal(opened, parts.onCall);
    const journal = faulty.journal?.(this.journal, parts.disk) ?? this.journal;
    const clock = this.#ports.clock();
    const random = streamOf(seed, `life ${number}`);
    const ids = seededIds(streamOf(seed, `ids of life ${number}`));
    const log = parts.log ?? silentLog;
    const tellers = nameTellers(config.tell);
    const deliveries = new Deliveries({
      journal,
      tellers,
      post: (_, body) => this.#ports.orNever(receiver.post(body)),
      clock,
      random,
      ids,
      log,
    });
    const isAlive = (): boolean => this.isAlive;
    const disk = this.#ports.disk(parts.disk);
    const watcher = this.#watcher(parts.onListen);
    this.household = new Household({
      config: faulty.config?.(config) ?? config,
      journal,
      disk: faulty.disk?.(disk) ?? disk,
      watcher: faulty.watcher?.(watcher) ?? watcher,
      clock,
      random,
      ids,
      crashPoints: this.#ports.crashPoints,
      log,
      tellers,
      onNews: () => deliveries.wake(),
      ordersEveryMs: 600_000,
      stepsOf: (stepParts) => overheard(faulty.steps?.(stepsOf(stepParts), stepParts) ?? stepsOf(stepParts), parts.onStep),
      ...(parts.home && { home: this.#ports.home(parts.home) }),
      connect: (account) => {
        const immich = connect({
          url: 'http://immich.test',
          key: account.key.reveal(),
          transport: withCrashPoints(server.transport(isAlive), this.#ports.crashPoints),
          userAgent: 'homeroll/simulation',
          limits: { questions: 4, uploads: 12, proofs: 10 },
          clock,
          random,
          ids,
          log,
        });
        return faulty.immich?.(immich, { journal: this.journal, clock, signal: this.#ending.signal }) ?? immich;
      },
    });
    this.#deliveries = deliveries;
  }

  get isAlive(): boolean {
    return this.#ports.isAlive;
  }

  start(): void {
    const { signal } = this.#ending;
    const live = async (): Promise<void> => {
      await this.household.begin(signal);
      await Promise.all([this.household.run(signal), this.#deliveries.run(signal)]);
    };
    live().catch((error: unknown) => {
      if (this.isAlive && !signal.aborted) this.failure = error;
    });
  }

  /** The operating system says that something changed below `root`. */
  hint(root: string, hint: Hint): void {
    for (const ear of this.#ears) if (ear.root === root) ear.onHint(hint);
  }

  /** The process dies in the middle of whatever it does: no call returns any more. */
  crash(): void {
    this.#ports.sever();
    // Node.js keeps signals that somebody listens to, and the whole household with them, until they are aborted.
    this.#ending.abort();
  }

  /** It will die when the `reaches`-th crash point from now is reached. */
  crashAt(reaches: number): void {
    this.#ports.crashAt(reaches);
  }

  #watcher(onListen: LifeParts['onListen']): Watcher {
    return {
      subscribe: async (root, onHint) => {
        const ear = { root, onHint };
        this.#ears.push(ear);
        if (this.isAlive) onListen(root);
        return {
          [Symbol.asyncDispose]: async () => {
            this.#ears = this.#ears.filter((one) => one !== ear);
          },
        };
      },
    };
  }
}

function overheard(steps: readonly Step[], onStep: LifeParts['onStep']): readonly Step[] {
  return steps.map((step) => ({
    ...step,
    run: (files, source, signal) => {
      onStep(step.name, source.config.name);
      return step.run(files, source, signal);
    },
  }));
}
