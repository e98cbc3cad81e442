/** What the commands need built for them. The app builds it; the commands only ask. */
import type { Config, Loaded, Surroundings } from '../config/index.ts';
import type { Finding, Given, ImmichAnswer, Order } from '../desk/index.ts';
import type { EntryKind, PathBytes } from '../files/index.ts';
import type { Journal } from '../journal/index.ts';
import type { Clock, Log } from '../kernel/index.ts';
import type { AccountTrouble, RoundTold, Wish } from '../pipeline/index.ts';

/** What was done since this Homeroll was opened. */
export interface WorkDone {
  /** Files sent, finished or not. */
  uploads: number;
  uploadedBytes: number;
  /** Files of the owner's that were opened, for whatever reason. */
  filesOpened: number;
  proofs: number;
  provenBytes: number;
  /** Name of the file whose sending began last, while it lasts. */
  inHand: string | undefined;
}

/** A household that holds its journal until it is disposed of. */
export interface OpenHomeroll extends AsyncDisposable {
  readonly journal: Journal;
  readonly work: Readonly<WorkDone>;
  /** Sweeps, and works until nothing more can be done now. Rejects with the signal's reason when aborted. */
  once(wish: { readonly sources?: readonly string[]; readonly patienceMs: number }, signal: AbortSignal): Promise<void>;
  /** Until `signal` is aborted. */
  run(signal: AbortSignal): Promise<void>;
  /** Looks again at what Immich has, as wished, and ends. */
  verify(wish: Wish, signal: AbortSignal): Promise<RoundTold>;
  troubles(): readonly AccountTrouble[];
}

export interface LifeWish<R> {
  readonly config: Config;
  /** Followed as long as it lives, and a full disk is waited for. Left out: an errand, which ends with the trouble that it meets. */
  readonly configFile?: string;
  readonly logFor: (config: Config) => Log;
  /** One life: until its errand is done or `signal` is aborted. */
  work(life: { readonly open: OpenHomeroll; readonly config: Config; readonly log: Log }, signal: AbortSignal): Promise<R>;
  /** Called once, with what to call when the owner asks for the settings to be read again. */
  readonly whenAsked?: (readAgain: () => void) => void;
}

export interface PracticeHousehold extends AsyncDisposable {
  readonly configFile: string;
  readonly picturesFolder: string;
  readonly immichUrl: string;
  readonly immichFolder: string;
  readonly isNew: boolean;
  /** Resolves when the file that is still being written is whole. */
  readonly isWhole: Promise<void>;
}

export interface ServeWish {
  readonly port: number;
  readonly dataDir: string;
  readonly version: string;
  /** Text of a fault plan in JSON. */
  readonly faults?: string;
}

export interface ServedPractice extends AsyncDisposable {
  /** The one line that says that it is ready. */
  readonly ready: Readonly<Record<string, unknown>>;
}

export interface App {
  readonly clock: Clock;
  /** `0.1.0` */
  readonly version: string;
  readonly surroundings: Surroundings;
  /** Where `practice` lives when nobody says otherwise. */
  readonly practiceFolder: string;
  /** The JSON schema of the configuration. */
  configSchema(): Readonly<Record<string, unknown>>;
  load(configFile: string): Promise<Loaded>;
  /** What lies at a path now, looked at in passing; undefined: nothing. @throws DiskError also where nobody answers */
  kindAt(path: PathBytes, config: Config): Promise<EntryKind | undefined>;
  /** To be looked into at any time, also while a Homeroll runs; undefined when none ever ran. Whoever opened it closes it. */
  readJournal(config: Config): Promise<Journal | undefined>;
  /** Whether a Homeroll runs on this configuration's journal. */
  isAtWork(config: Config): Promise<boolean>;
  /**
   * Does the work of the wish with an open Homeroll; over again with another when its journal or its settings had to be replaced.
   * @throws OwnerError `journal held` when another Homeroll has it
   */
  live<R>(wish: LifeWish<R>, signal: AbortSignal): Promise<R>;
  giveOrder(config: Config, order: Order, signal: AbortSignal): Promise<Given>;
  /** @param withKeys also whether every account's key is taken */
  askImmich(config: Config, wish: { readonly withKeys: boolean }, signal: AbortSignal): Promise<ImmichAnswer>;
  examine(config: Config, configFile: string, signal: AbortSignal): AsyncIterable<Finding>;
  /** The household that all can be tried with; made where it is not there yet. */
  openPractice(folder: string, signal: AbortSignal): Promise<PracticeHousehold>;
  servePracticeImmich(wish: ServeWish): Promise<ServedPractice>;
}
