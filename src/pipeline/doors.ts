/**
 * The doors to the server and to each account: shut by a trouble, told once, knocked at until they open. Whoever comes back is
 * tried with one file first.
 */
import { tellKeyRefused } from '../domain/index.ts';
import { ImmichError } from '../immich/index.ts';
import type { Journal } from '../journal/index.ts';
import type { Clock, Log } from '../kernel/index.ts';
import { type AccountHolder, identify } from './identify.ts';
import { Knocking } from './knocking.ts';
import { type NewsDesk, putNews } from './news.ts';
import { isOfServer, isPassing, knockAfterMs, needsPerson, type Trouble } from './trouble.ts';

export interface DoorParts {
  readonly journal: Journal;
  readonly clock: Clock;
  readonly log: Log;
  readonly news: NewsDesk;
  /** Called when an account can be used again. */
  readonly onBack: () => void;
}

/** A door is known by the account's name; this is no account's. */
const theServer = '';

export class Doors {
  readonly #parts: DoorParts;
  readonly #holders: readonly AccountHolder[];
  readonly #onShut: (account: string) => void;
  readonly #shut = new Map<string, Trouble>();
  /** Came back, and nobody was served since: one goes ahead. */
  readonly #onTrial = new Set<string>();
  readonly #knocking: Knocking;

  /** @param onShut what is under way for this account is to be let go */
  constructor(holders: readonly AccountHolder[], parts: DoorParts, onShut: (account: string) => void) {
    this.#holders = holders;
    this.#parts = parts;
    this.#onShut = onShut;
    this.#knocking = new Knocking(parts);
  }

  /** Why an account cannot be used; undefined: its door is open, and so is the server's. */
  troubleOf(account: string): Trouble | undefined {
    const about = [theServer, account].find((one) => this.#isShut(one));
    return about === undefined ? undefined : this.#shut.get(about);
  }

  isOnTrial(account: string): boolean {
    return this.#onTrial.has(account);
  }

  noteSuccess(account: string): void {
    if (this.#shut.get(account)?.isTrying) this.#open(account);
    this.#onTrial.delete(account);
  }

  knockNow(): void {
    this.#knocking.knockNow();
  }

  /** Knocks no more; resolves when no knock is under way. */
  stop(): Promise<void> {
    return this.#knocking.stop();
  }

  /** Asks; when it is not there its door is shut. */
  async isServerThere(signal: AbortSignal): Promise<boolean> {
    const [first] = this.#holders;
    return first === undefined || this.#isFine(undefined, () => first.immich.ping(signal), signal);
  }

  /** Learns who the key belongs to; when it is not taken the account's door is shut. */
  isWelcome(holder: AccountHolder, signal: AbortSignal): Promise<boolean> {
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
      this.close(holder, error, signal);
      return false;
    }
  }

  #isShut(about: string): boolean {
    const trouble = this.#shut.get(about);
    return trouble !== undefined && !trouble.isTrying;
  }

  /** Shuts the account, or all of them when it is the server that is in trouble. */
  close(holder: AccountHolder | undefined, error: ImmichError, signal: AbortSignal): void {
    const about = holder === undefined || isOfServer(error) ? theServer : holder.name;
    const known = this.#shut.get(about);
    const trouble = this.#tell(about, known, error);
    this.#shut.set(about, trouble);
    for (const { name } of this.#holders) if (about === theServer || about === name) this.#onShut(name);
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
    const text = tellKeyRefused({ account, why });
    journal.transaction(() => {
      journal.facts.set(refusedFact(account), text);
      putNews(journal, news, { kind: 'key refused', text, facts: { account }, nowMs: clock.now() });
    });
  }

  async #knockAt(about: string, signal: AbortSignal): Promise<void> {
    if (about === theServer) return this.#knockAtServer(signal);
    // Who knows that the whole server is away asks for no single account.
    const holder = this.#holders.find(({ name }) => name === about);
    if (!holder || this.#isShut(theServer) || !(await this.isWelcome(holder, signal))) return;
    if (this.#shut.get(about)?.retryAfterMs === undefined) this.#open(about);
    else this.#try(about);
    this.#parts.onBack();
  }

  async #knockAtServer(signal: AbortSignal): Promise<void> {
    if (!(await this.isServerThere(signal))) return;
    const complaints = new Map<AccountHolder, ImmichError>();
    // One after the other: a server that just came back is not overrun.
    for (const holder of this.#holders) {
      const complaint = await this.#complaintOf(holder, signal);
      if (complaint && isOfServer(complaint)) return this.close(undefined, complaint, signal);
      if (complaint) complaints.set(holder, complaint);
    }
    // It answers, and serves nobody: it is not back yet.
    if (complaints.size === this.#holders.length && [...complaints.values()].every(isPassing)) return;
    for (const [holder, complaint] of complaints) this.close(holder, complaint, signal);
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

/** Less than that is nobody's trouble, unless it is asked for again and again. */
const briefMs = 60_000;

function refusedFact(account: string): string {
  return `key refused: ${account}`;
}

/** What the household was told of a key that Immich does not take; undefined: it takes it, as far as is known. */
export function whyKeyRefused(journal: Pick<Journal, 'facts'>, account: string): string | undefined {
  return journal.facts.get(refusedFact(account));
}
