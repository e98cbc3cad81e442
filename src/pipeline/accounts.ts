/**
 * Whether each account can be used, and whose it is. Immich being away is one fact about the server, a refused key one about its
 * account; neither is an error of a file. What is shut is knocked at until it opens.
 */
import { type StepName, tellKeyRefused, tellPermissionMissing } from '../domain/index.ts';
import { ImmichError } from '../immich/index.ts';
import type { Journal } from '../journal/index.ts';
import type { Clock, Log } from '../kernel/index.ts';
import { Hindrances, mendedByHandMs } from './hindrances.ts';
import { type AccountHolder, identify } from './identify.ts';
import { Knocking } from './knocking.ts';
import { type NewsDesk, putNews } from './news.ts';
import type { AccountInUse } from './step.ts';
import { isCertain, isOfServer, isPassing, knockAfterMs, neededBy, needsPerson, type Trouble } from './trouble.ts';

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

/** Whom a failure is to be laid to: everything of the account, this step of the account, or the file alone. */
export type Blame = 'account' | 'step' | 'file';

/** What is shut is known by the account's name; this is no account's. */
const theServer = '';

export class Accounts {
  readonly hindrances: Hindrances;
  readonly #parts: AccountsParts;
  readonly #holders: readonly AccountHolder[];
  readonly #shut = new Map<string, Trouble>();
  /** Came back, and nobody was served since: one goes ahead. */
  readonly #onTrial = new Set<string>();
  /** Accounts about which a failure raised a doubt, until it is settled. */
  readonly #doubts = new Map<string, Promise<boolean>>();
  readonly #calls = new Map<string, { readonly by: AbortSignal; readonly letGo: AbortController; readonly signal: AbortSignal }>();
  readonly #knocking: Knocking;

  constructor(holders: readonly AccountHolder[], parts: AccountsParts) {
    this.#holders = holders;
    this.#parts = parts;
    this.#knocking = new Knocking(parts);
    this.hindrances = new Hindrances(parts);
  }

  get all(): readonly AccountInUse[] {
    return this.#holders;
  }

  /** Nothing is known that would keep it from being asked. */
  isUsable({ name }: AccountInUse): boolean {
    return !this.#isShut(theServer) && !this.#isShut(name) && !this.#doubts.has(name);
  }

  /** How many files of an account a step may take now. `one`: after a trouble one goes ahead, and the rest follows if it comes through. */
  pace(account: AccountInUse, step: StepName): 'all' | 'one' | 'none' {
    const state = this.hindrances.stateOf(account, step);
    if (!this.isUsable(account) || state === 'off') return 'none';
    return state === 'trial' || this.isOnTrial(account) ? 'one' : 'all';
  }

  isOnTrial({ name }: AccountInUse): boolean {
    return this.#onTrial.has(name);
  }

  troubles(): readonly AccountTrouble[] {
    return this.#holders.flatMap((account) => {
      const trouble = [theServer, account.name].filter((about) => this.#isShut(about)).map((about) => this.#shut.get(about))[0];
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
    if (await this.#isServerThere(signal)) await Promise.all(this.#holders.map((holder) => this.#isWelcome(holder, signal)));
  }

  /** A step came through: what was in its way is not any more. */
  noteSuccess(account: AccountInUse, step: StepName): void {
    if (this.#shut.get(account.name)?.isTrying) this.#open(account.name);
    this.#onTrial.delete(account.name);
    this.hindrances.lift(account, step);
  }

  /**
   * Finds out whose failure it was. Where that is not plain Immich is asked whether it is there: a film that is too much for a proxy
   * and a server that just fell look the same from here.
   */
  async blameFor(error: unknown, { account, step, isSingle }: Failing, signal: AbortSignal): Promise<Blame> {
    const holder = this.#holders.find(({ name }) => name === account.name);
    if (!(error instanceof ImmichError) || !holder) return 'file';
    const isShut = this.#isShut(theServer) || this.#isShut(account.name);
    if (isShut && (isPassing(error) || isCertain(error))) return 'account';
    if (error.permission !== undefined && error.permission === neededBy[step]) {
      const news = tellPermissionMissing({ account: account.name, permission: error.permission });
      this.hindrances.note(account, step, { cause: error.permission, sentence: error.message, news, waitMs: mendedByHandMs });
      return 'step';
    }
    if (isCertain(error)) {
      this.#close(holder, error, signal);
      return 'account';
    }
    if (!isPassing(error)) return 'file';
    if (!(await this.#isWell(holder, signal))) return 'account';
    if (isSingle) this.hindrances.countFailure(account, step, error);
    return 'file';
  }

  /** A person says: now. */
  tryNow(): void {
    this.hindrances.tryNow();
    this.#knocking.knockNow();
  }

  /** Knocks no more; resolves when no knock is under way. */
  stop(): Promise<void> {
    return this.#knocking.stop();
  }

  /** True when Immich is there for this account. Asked once, however many wonder at the same time. */
  #isWell(holder: AccountHolder, signal: AbortSignal): Promise<boolean> {
    const known = this.#doubts.get(holder.name);
    if (known !== undefined) return known;
    const doubt = this.#isServerThere(signal)
      .then((isThere) => isThere && this.#isWelcome(holder, signal))
      .finally(() => this.#doubts.delete(holder.name));
    this.#doubts.set(holder.name, doubt);
    return doubt;
  }

  async #isServerThere(signal: AbortSignal): Promise<boolean> {
    const [first] = this.#holders;
    return first === undefined || this.#isFine(undefined, () => first.immich.ping(signal), signal);
  }

  #isWelcome(holder: AccountHolder, signal: AbortSignal): Promise<boolean> {
    return this.#isFine(holder, () => this.#identify(holder, signal), signal);
  }

  /** @returns false when it failed: what that is about is shut then */
  async #isFine(holder: AccountHolder | undefined, ask: () => Promise<void>, signal: AbortSignal): Promise<boolean> {
    try {
      await ask();
      return true;
    } catch (error) {
      // Whatever it is, an account that does not tell whose it is cannot be used.
      if (signal.aborted || !(error instanceof ImmichError)) throw error;
      this.#close(holder, error, signal);
      return false;
    }
  }

  #isShut(about: string): boolean {
    const trouble = this.#shut.get(about);
    return trouble !== undefined && !trouble.isTrying;
  }

  /** Shuts the account, or all of them when it is the server that is in trouble. */
  #close(holder: AccountHolder | undefined, error: ImmichError, signal: AbortSignal): void {
    const about = holder === undefined || isOfServer(error) ? theServer : holder.name;
    const known = this.#shut.get(about);
    const trouble = this.#tell(about, known, error);
    this.#shut.set(about, trouble);
    for (const { name } of this.#holders) if (about === theServer || about === name) this.#calls.get(name)?.letGo.abort();
    if (known !== undefined && !known.isTrying) return;
    const waitMs = (): number | undefined => {
      const now = this.#shut.get(about);
      return now === undefined || now.isTrying ? undefined : knockAfterMs(now);
    };
    this.#knocking.begin({ waitMs, knock: (by) => this.#knockAt(about, by) }, signal);
  }

  /** One line when it begins, whatever the knocks say later; another only when it turns out that a person is needed. */
  #tell(about: string, known: Trouble | undefined, { kind, message: sentence, retryAfterMs }: ImmichError): Trouble {
    const { log, clock } = this.#parts;
    const isSame = known !== undefined && needsPerson(known.kind) === needsPerson(kind);
    const isBrief = known === undefined && retryAfterMs !== undefined && retryAfterMs < briefMs;
    const isToldOfOther = [...this.#shut.values()].some((other) => other !== known && other.sentence === sentence && !needsPerson(kind));
    const isNews = !(isSame && known.isTold) && !isBrief && !isToldOfOther;
    if (isNews) log.warn(sentence, about === theServer ? {} : { account: about });
    if (isNews && needsPerson(kind)) this.#tellHousehold(about, sentence);
    const isTold = isNews || (isSame && known.isTold);
    return {
      kind,
      sentence,
      retryAfterMs,
      isTold,
      isTrying: false,
      sinceMs: known?.sinceMs ?? clock.now(),
      knocks: isSame ? known.knocks + 1 : 0,
    };
  }

  /** Once, however often we are started meanwhile. */
  #tellHousehold(account: string, why: string): void {
    const { journal, news, clock } = this.#parts;
    if (journal.facts.get(refusedFact(account)) !== undefined) return;
    const nowMs = clock.now();
    journal.transaction(() => {
      journal.facts.set(refusedFact(account), String(nowMs));
      putNews(journal, news, { kind: 'key refused', text: tellKeyRefused({ account, why }), facts: { account }, nowMs });
    });
  }

  async #knockAt(about: string, signal: AbortSignal): Promise<void> {
    if (about === theServer) return this.#knockAtServer(signal);
    // Who knows that the whole server is away asks for no single account.
    const holder = this.#holders.find(({ name }) => name === about);
    if (!holder || this.#isShut(theServer) || !(await this.#isWelcome(holder, signal))) return;
    if (this.#shut.get(about)?.retryAfterMs === undefined) this.#open(about);
    else this.#try(about);
    this.#parts.onBack();
  }

  async #knockAtServer(signal: AbortSignal): Promise<void> {
    if (!(await this.#isServerThere(signal))) return;
    const complaints = new Map<AccountHolder, ImmichError>();
    // One after the other: a server that just came back is not overrun.
    for (const holder of this.#holders) {
      const complaint = await this.#complaintOf(holder, signal);
      if (complaint && isOfServer(complaint)) return this.#close(undefined, complaint, signal);
      if (complaint) complaints.set(holder, complaint);
    }
    // It answers, and serves nobody: it is not back yet.
    if (complaints.size === this.#holders.length && [...complaints.values()].every(isPassing)) return;
    for (const [holder, complaint] of complaints) this.#close(holder, complaint, signal);
    const welcome = this.#holders.filter((holder) => !complaints.has(holder));
    for (const { name } of welcome) this.#open(name);
    this.#open(theServer);
    this.#parts.onBack();
  }

  async #complaintOf(holder: AccountHolder, signal: AbortSignal): Promise<ImmichError | undefined> {
    try {
      await this.#identify(holder, signal);
      return undefined;
    } catch (error) {
      if (signal.aborted || !(error instanceof ImmichError)) throw error;
      return error;
    }
  }

  #open(about: string): void {
    const trouble = this.#shut.get(about);
    for (const { name } of this.#holders) if (about === theServer || about === name) this.#onTrial.add(name);
    this.#shut.delete(about);
    if (!trouble?.isTold) return;
    const sentence = needsPerson(trouble.kind) ? 'Immich takes the key again' : 'Immich is back';
    this.#parts.log.info(sentence, about === theServer ? {} : { account: about });
  }

  /** It asked for time, and had it. Whether that was enough is seen by what happens to one file. */
  #try(about: string): void {
    const trouble = this.#shut.get(about);
    if (trouble) this.#shut.set(about, { ...trouble, isTrying: true });
    this.#onTrial.add(about);
  }

  async #identify(holder: AccountHolder, signal: AbortSignal): Promise<void> {
    await holder.immich.serverVersion(signal);
    await identify(holder, { ...this.#parts, namesInUse: this.#holders.map(({ name }) => name) }, signal);
    this.#parts.journal.facts.forget(refusedFact(holder.name));
  }
}

interface Failing {
  readonly account: AccountInUse;
  readonly step: StepName;
  /** It was about one file only. */
  readonly isSingle: boolean;
}

/** Less than that is nobody's trouble, unless it is asked for again and again. */
const briefMs = 60_000;

function refusedFact(account: string): string {
  return `key refused: ${account}`;
}
