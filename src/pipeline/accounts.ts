/** Whether each account can be used, and whose it is: Immich being away is one fact, not one error per file. Knocks until it is back. */
import { ImmichError } from '../immich/index.ts';
import type { Journal } from '../journal/index.ts';
import { type Clock, isAbort, type Log } from '../kernel/index.ts';
import { type AccountHolder, identify } from './identify.ts';
import type { NewsDesk } from './news.ts';
import type { AccountInUse } from './step.ts';

export interface AccountTrouble {
  readonly account: AccountInUse;
  readonly sinceMs: number;
  /** For the owner. */
  readonly sentence: string;
  readonly isKeyRefused: boolean;
}

export interface AccountsParts {
  readonly journal: Journal;
  readonly clock: Clock;
  readonly log: Log;
  readonly news: NewsDesk;
  /** Called when an account can be used again. */
  readonly onBack: () => void;
}

/** These say something of the whole account or server; all other failures are about one file. */
const meansAway: ReadonlySet<string> = new Set(['away', 'moved', 'certificate', 'key refused']);
// Five seconds at most between its return and ours.
const knockEveryMs = 5_000;

export class Accounts {
  readonly #parts: AccountsParts;
  readonly #holders: readonly AccountHolder[];
  readonly #troubles = new Map<string, AccountTrouble>();
  readonly #knocking = new Set<Promise<void>>();
  readonly #ending = new AbortController();

  constructor(holders: readonly AccountHolder[], parts: AccountsParts) {
    this.#holders = holders;
    this.#parts = parts;
  }

  get all(): readonly AccountInUse[] {
    return this.#holders;
  }

  isUsable(account: AccountInUse): boolean {
    return !this.#troubles.has(account.name);
  }

  troubles(): readonly AccountTrouble[] {
    return [...this.#troubles.values()];
  }

  /** Learns who each key belongs to. An Immich that is away is no reason to stop: its sources are looked at meanwhile. */
  async begin(signal: AbortSignal): Promise<void> {
    await Promise.all(
      this.#holders.map(async (holder) => {
        try {
          await this.#identify(holder, signal);
        } catch (error) {
          // Whatever it is, an account that does not tell whose it is cannot be used.
          if (signal.aborted || !(error instanceof ImmichError)) throw error;
          this.#shut(holder, error, signal);
        }
      }),
    );
  }

  /** @returns true when the failure shuts the whole account, so that no file is to blame */
  noteFailure(account: AccountInUse, error: unknown, signal: AbortSignal): boolean {
    if (!(error instanceof ImmichError) || !meansAway.has(error.kind)) return false;
    if (!this.#troubles.has(account.name)) this.#shut(account, error, signal);
    return true;
  }

  #shut(account: AccountInUse, error: ImmichError, signal: AbortSignal): void {
    const isKeyRefused = error.kind === 'key refused';
    this.#troubles.set(account.name, { account, sinceMs: this.#parts.clock.now(), sentence: error.message, isKeyRefused });
    this.#parts.log.warn(error.message, { account: account.name });
    const knocking = this.#knockUntilBack(account.name, AbortSignal.any([signal, this.#ending.signal])).finally(() =>
      this.#knocking.delete(knocking),
    );
    this.#knocking.add(knocking);
  }

  /** Knocks no more; resolves when no knock is under way. */
  async stop(): Promise<void> {
    this.#ending.abort();
    await Promise.allSettled(this.#knocking);
  }

  async #knockUntilBack(name: string, signal: AbortSignal): Promise<void> {
    const holder = this.#holders.find((one) => one.name === name);
    while (holder && !signal.aborted) {
      try {
        await this.#parts.clock.sleep(knockEveryMs, signal);
        await holder.immich.ping(signal);
        await this.#identify(holder, signal);
        this.#troubles.delete(name);
        this.#parts.log.info('Immich is back', { account: name });
        this.#parts.onBack();
        return;
      } catch (error) {
        if (isAbort(error) || signal.aborted) return;
      }
    }
  }

  async #identify(holder: AccountHolder, signal: AbortSignal): Promise<void> {
    await holder.immich.serverVersion(signal);
    await identify(holder, { ...this.#parts, namesInUse: this.#holders.map(({ name }) => name) }, signal);
  }
}
