/**
 * The story of lives: one household after the other in one process, which holds the state folder all the while. A life ends when its
 * errand is done or it is told to stop; when the owner wrote other settings; or when its journal cannot go on. Then what is wrong is
 * mended or waited for, and the next life begins. What the last one had in hand it let go of, as at any end; nothing is lost by that.
 */
import type { LifeWish } from '../cli/index.ts';
import { type Config, ConfigFollower, type Reading, type Surroundings } from '../config/index.ts';
import { type Hold, holdState, type Journal, JournalTrouble } from '../journal/index.ts';
import { type Clock, type CrashPoints, type Log, OwnerError, sentenceOf } from '../kernel/index.ts';
import { JournalCare } from './journal-care.ts';
import { NewSettings } from './new-settings.ts';
import { type OtherSettings, openHousehold } from './open-household.ts';
import type { Sight } from './sight.ts';

export interface LivesParts {
  readonly stateDir: string;
  readonly userAgent: string;
  readonly version: string;
  readonly crashPoints: CrashPoints;
  readonly clock: Clock;
  readonly surroundings: Surroundings;
  readonly stampOf: (path: string) => Promise<string>;
  readonly sight: Sight;
}

type End<R> =
  | { readonly kind: 'done'; readonly result: R }
  | { readonly kind: 'trouble'; readonly trouble: JournalTrouble }
  | OtherSettings
  | { readonly kind: 'failed'; readonly error: unknown };

const lookAtJournalEveryMs = 2_000;
// A life that lasts so long goes on: until then nobody is told that it does.
const provenAfterMs = 3_000;

export class Lives<R> {
  readonly #wish: LifeWish<R>;
  readonly #parts: LivesParts;
  readonly #care: JournalCare;
  readonly #settings: NewSettings;
  #config: Config;
  /** In force before the settings that no life has begun with yet. */
  #fallback: Config | undefined;
  #hold: Hold | undefined;
  #ending = new AbortController();

  constructor(wish: LifeWish<R>, parts: LivesParts) {
    this.#wish = wish;
    this.#parts = parts;
    this.#config = wish.config;
    const log = (): Log => this.#log;
    this.#care = new JournalCare({ ...parts, log, isPatient: wish.configFile !== undefined });
    this.#settings = new NewSettings({ ...parts, log });
  }

  async live(signal: AbortSignal): Promise<R> {
    const over = new AbortController();
    const following = this.#followSettings(AbortSignal.any([signal, over.signal]));
    try {
      for (;;) {
        const end = await this.#oneLife(signal);
        if (end.kind === 'done') return end.result;
        if (end.kind === 'failed') throw end.error;
        if (end.kind === 'trouble') await this.#care.mend(end.trouble, signal);
      }
    } finally {
      over.abort();
      await following;
      this.#hold?.release();
    }
  }

  async #oneLife(signal: AbortSignal): Promise<End<R>> {
    const ending = new AbortController();
    this.#ending = ending;
    const both = AbortSignal.any([signal, ending.signal]);
    const [config, log] = [this.#config, this.#log];
    const end = (why: End<R>): void => ending.abort(why);
    try {
      this.#holdFolder();
      await using open = await openHousehold({
        ...this.#parts,
        config,
        log,
        isSupervised: this.#parts.surroundings.environment.SUPERVISOR_TOKEN !== undefined,
        anew: this.#care.anew,
        onTrouble: (trouble) => end({ kind: 'trouble', trouble }),
      });
      this.#care.begun();
      this.#fallback = undefined;
      await using beside = new AsyncDisposableStack();
      const over = new AbortController();
      const watching = this.#watchJournal(open.journal, end, AbortSignal.any([both, over.signal]));
      beside.defer(() => {
        over.abort();
        return watching;
      });
      const result = await this.#wish.work({ open, config, log }, both);
      if (signal.aborted || !ending.signal.aborted) return { kind: 'done', result };
    } catch (error) {
      if (signal.aborted || !ending.signal.aborted) return this.#endBy(error);
    }
    return ending.signal.reason as End<R>;
  }

  /** Nobody had a reason to end this life, and it ended. */
  #endBy(error: unknown): End<R> {
    if (error instanceof JournalTrouble) return { kind: 'trouble', trouble: error };
    if (!this.#fallback || !(error instanceof OwnerError)) return { kind: 'failed', error };
    this.#log.error(`The new settings cannot be used, and those before stay in force: ${error.message}`);
    this.#config = this.#fallback;
    this.#fallback = undefined;
    return { kind: 'other settings', next: this.#config };
  }

  get #log(): Log {
    return this.#wish.logFor(this.#config);
  }

  /** @throws OwnerError `journal held` when another Homeroll holds it */
  #holdFolder(): void {
    if (this.#hold?.isInPlace()) return;
    const before = this.#hold;
    this.#hold = holdState(this.#parts.stateDir);
    before?.release();
  }

  /** A file that was deleted can still be written, and what is written is lost: only a look at its path tells. */
  async #watchJournal(journal: Journal, end: (why: End<R>) => void, signal: AbortSignal): Promise<void> {
    const { clock } = this.#parts;
    const beganAtMs = clock.elapsed();
    while (!signal.aborted) {
      await clock.sleep(lookAtJournalEveryMs, signal).catch(() => undefined);
      if (signal.aborted) return;
      try {
        if (clock.elapsed() - beganAtMs >= provenAfterMs) this.#care.goesOn();
        if (!journal.isInPlace()) end({ kind: 'trouble', trouble: this.#care.gone() });
        else this.#holdFolder();
      } catch (error) {
        end({ kind: 'failed', error });
      }
    }
  }

  async #followSettings(signal: AbortSignal): Promise<void> {
    const { configFile, whenAsked } = this.#wish;
    if (configFile === undefined) return;
    const { clock, surroundings, stampOf } = this.#parts;
    const follower = new ConfigFollower({ configFile, surroundings, clock, stampOf });
    whenAsked?.(() => follower.lookNow());
    await follower
      .follow((reading) => this.#hear(reading), signal)
      .catch((error: unknown) => {
        if (!signal.aborted) this.#log.error('The settings are no longer followed', { error: sentenceOf(error) });
      });
  }

  async #hear(reading: Reading): Promise<void> {
    const weighed = await this.#settings.weigh(reading, this.#config);
    if (!weighed) return;
    if (weighed.isLifeNew) this.#fallback ??= this.#config;
    this.#config = weighed.config;
    if (weighed.isLifeNew) this.#ending.abort({ kind: 'other settings', next: weighed.config } satisfies End<R>);
  }
}
