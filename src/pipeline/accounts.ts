/**
 * Whether each account can be used, and whose it is. Immich being away is one fact about the server, a refused key one about its
 * account; neither is an error of a file. What is shut is knocked at until it opens.
 */
import { type StepName, tellPermissionMissing } from '../domain/index.ts';
import { ImmichError } from '../immich/index.ts';
import { type DoorParts, Doors } from './doors.ts';
import { Hindrances, mendedByHandMs } from './hindrances.ts';
import type { AccountHolder } from './identify.ts';
import type { AccountInUse } from './step.ts';
import { isCertain, isPassing, neededBy, needsPerson } from './trouble.ts';

export interface AccountTrouble {
  readonly account: AccountInUse;
  readonly sinceMs: number;
  /** For the owner. */
  readonly sentence: string;
  readonly isKeyRefused: boolean;
}

/** Whom a failure is to be laid to: everything of the account, this step of the account, or the file alone. */
export type Blame = 'account' | 'step' | 'file';

export class Accounts {
  readonly hindrances: Hindrances;
  readonly #holders: readonly AccountHolder[];
  readonly #doors: Doors;
  /** Accounts about which a failure raised a doubt, until it is settled. */
  readonly #doubts = new Map<string, Promise<boolean>>();
  readonly #calls = new Map<string, { readonly by: AbortSignal; readonly letGo: AbortController; readonly signal: AbortSignal }>();

  constructor(holders: readonly AccountHolder[], parts: DoorParts) {
    this.#holders = holders;
    this.#doors = new Doors(holders, parts, (account) => this.#calls.get(account)?.letGo.abort());
    this.hindrances = new Hindrances(parts);
  }

  get all(): readonly AccountInUse[] {
    return this.#holders;
  }

  /** Nothing is known that would keep it from being asked. */
  isUsable({ name }: AccountInUse): boolean {
    return this.#doors.troubleOf(name) === undefined && !this.#doubts.has(name);
  }

  /** How many files of an account a step may take now. `one`: after a trouble one goes ahead, and the rest follows if it comes through. */
  pace(account: AccountInUse, step: StepName): 'all' | 'one' | 'none' {
    const state = this.hindrances.stateOf(account, step);
    if (!this.isUsable(account) || state === 'off') return 'none';
    return state === 'trial' || this.isOnTrial(account) ? 'one' : 'all';
  }

  isOnTrial({ name }: AccountInUse): boolean {
    return this.#doors.isOnTrial(name);
  }

  troubles(): readonly AccountTrouble[] {
    return this.#holders.flatMap((account) => {
      const trouble = this.#doors.troubleOf(account.name);
      return trouble ? [{ account, ...trouble, isKeyRefused: needsPerson(trouble.kind) }] : [];
    });
  }

  /** What a step of this account asks ends with it: when the account is shut, whatever is under way is let go. */
  signalFor({ name }: AccountInUse, by: AbortSignal): AbortSignal {
    const known = this.#calls.get(name);
    if (known?.by === by && !known.letGo.signal.aborted) return known.signal;
    const letGo = new AbortController();
    const signal = AbortSignal.any([by, letGo.signal]);
    this.#calls.set(name, { by, letGo, signal });
    return signal;
  }

  /** Learns who each key belongs to. An Immich that is away is no reason to stop: its sources are looked at meanwhile. */
  async begin(signal: AbortSignal): Promise<void> {
    if (await this.#doors.isServerThere(signal)) await Promise.all(this.#holders.map((holder) => this.#doors.isWelcome(holder, signal)));
  }

  /** A step came through: what was in its way is not any more. */
  noteSuccess(account: AccountInUse, step: StepName): void {
    this.#doors.noteSuccess(account.name);
    this.hindrances.lift(account, step);
  }

  /**
   * Finds out whose failure it was. Where that is not plain Immich is asked whether it is there: a film that is too much for a proxy
   * and a server that just fell look the same from here.
   */
  async blameFor(error: unknown, { account, step, isSingle, startedAtMs }: Failing, signal: AbortSignal): Promise<Blame> {
    const holder = this.#holders.find(({ name }) => name === account.name);
    if (!(error instanceof ImmichError) || !holder) return 'file';
    if (this.#doors.troubleOf(account.name) && (isPassing(error) || isCertain(error))) return 'account';
    if (error.permission !== undefined && error.permission === neededBy[step]) {
      const news = tellPermissionMissing({ account: account.name, permission: error.permission });
      this.hindrances.note(account, step, { cause: error.permission, sentence: error.message, news, waitMs: mendedByHandMs });
      return 'step';
    }
    if (isCertain(error)) {
      this.#doors.close(holder, error, signal);
      return 'account';
    }
    if (!isPassing(error)) return 'file';
    if (!(await this.#isWell(holder, signal))) return 'account';
    if (isSingle) this.hindrances.countFailure(account, step, error, startedAtMs);
    return 'file';
  }

  /** A person says: now. */
  tryNow(): void {
    this.hindrances.tryNow();
    this.#doors.knockNow();
  }

  /** Knocks no more; resolves when no knock is under way. */
  stop(): Promise<void> {
    return this.#doors.stop();
  }

  /** True when Immich is there for this account. Asked once, however many wonder at the same time. */
  #isWell(holder: AccountHolder, signal: AbortSignal): Promise<boolean> {
    const known = this.#doubts.get(holder.name);
    if (known !== undefined) return known;
    const doubt = this.#doors
      .isServerThere(signal)
      .then((isThere) => isThere && this.#doors.isWelcome(holder, signal))
      .finally(() => this.#doubts.delete(holder.name));
    this.#doubts.set(holder.name, doubt);
    return doubt;
  }
}

interface Failing {
  readonly account: AccountInUse;
  readonly step: StepName;
  /** It was about one file only. */
  readonly isSingle: boolean;
  /** By our elapsed time. */
  readonly startedAtMs: number;
}
