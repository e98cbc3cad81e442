/**
 * What an account cannot do at the moment, though Immich is there: a permission that its key lacks, a quota that is used up, a step that
 * fails for one file after the other. One fact, told once, instead of an error per file. After a while one goes ahead and tries.
 */
import type { StepName } from '../domain/index.ts';
import type { ImmichError } from '../immich/index.ts';
import type { Journal } from '../journal/index.ts';
import type { Clock, Log } from '../kernel/index.ts';
import { longestWaitMs } from './back-off.ts';
import { type NewsDesk, putNews } from './news.ts';
import type { AccountInUse } from './step.ts';

const features = [
  ...(['settle', 'judge', 'hash', 'check', 'upload', 'prove', 'organise'] satisfies readonly StepName[]),
  ...(['albums', 'new albums', 'tags', 'live photos', 'room'] as const),
] as const;
/** A whole step, or a part of one that the rest can do without. */
export type Feature = (typeof features)[number];

export interface Obstacle {
  /** What it is known by, and told once for: the permission, `quota`. */
  readonly cause: string;
  /** For the owner; also the reason of the files that wait for it. */
  readonly sentence: string;
  /** How long nobody tries. */
  readonly waitMs: number;
  /** For the household; without it there is only a line in the log. */
  readonly news?: string;
}

interface Hindrance extends Obstacle {
  readonly account: AccountInUse;
  readonly feature: Feature;
  /** By our elapsed time: setting the clock moves nothing. */
  triedAtMs: number;
}

export interface HindranceParts {
  readonly journal: Pick<Journal, 'facts' | 'outbox' | 'transaction'>;
  readonly clock: Clock;
  readonly log: Log;
  readonly news: NewsDesk;
}

// Three times in a row is no accident of single files.
const enoughFailures = 3;
const firstPauseMs = 5_000;
const longestPauseMs = 300_000;

export class Hindrances {
  readonly #parts: HindranceParts;
  readonly #all = new Map<string, Hindrance>();
  readonly #failuresInARow = new Map<string, number>();
  /** Since we began, or since the last trouble with it: what an earlier life noted of it holds no more. */
  readonly #seenWorking = new Set<string>();
  /** By our elapsed time. */
  readonly #workedAtMs = new Map<string, number>();

  constructor(parts: HindranceParts) {
    this.#parts = parts;
  }

  /** `off`: not now. `trial`: the time is over, and nobody came through since. */
  stateOf(account: AccountInUse, feature: Feature): 'on' | 'off' | 'trial' {
    const hindrance = this.#all.get(keyOf(account, feature));
    if (!hindrance) return 'on';
    return hindrance.triedAtMs > this.#parts.clock.elapsed() ? 'off' : 'trial';
  }

  /** Why it is off, and until when, unix ms: what a file that waits for it is told. */
  reasonOf(account: AccountInUse, feature: Feature): { readonly reason: string; readonly untilMs: number } | undefined {
    const hindrance = this.#all.get(keyOf(account, feature));
    if (!hindrance || this.stateOf(account, feature) !== 'off') return undefined;
    const { clock } = this.#parts;
    return { reason: hindrance.sentence, untilMs: clock.now() + hindrance.triedAtMs - clock.elapsed() };
  }

  note(account: AccountInUse, feature: Feature, obstacle: Obstacle): void {
    const isKnown = this.#of(account, obstacle.cause).length > 0;
    const triedAtMs = this.#parts.clock.elapsed() + obstacle.waitMs;
    this.#all.set(keyOf(account, feature), { ...obstacle, account, feature, triedAtMs });
    this.#remember(account, feature, obstacle.sentence);
    if (!isKnown) this.#parts.log.warn(obstacle.sentence, { account: account.name });
    this.#tell({ account, feature, isKnown }, obstacle);
  }

  /** It works: whatever was in the way is not any more. */
  lift(account: AccountInUse, feature: Feature): void {
    const key = keyOf(account, feature);
    this.#workedAtMs.set(key, this.#parts.clock.elapsed());
    this.#failuresInARow.delete(key);
    const hindrance = this.#all.get(key);
    const isFirst = !this.#seenWorking.has(key);
    if (!hindrance && !isFirst) return;
    this.#seenWorking.add(key);
    this.#all.delete(key);
    this.#parts.journal.facts.forget(factOf(account, feature));
    this.#parts.journal.facts.forget(reasonFactOf(account, feature));
    if (!hindrance || this.#of(account, hindrance.cause).length > 0) return;
    this.#parts.log.info('it works again', { account: account.name, after: hindrance.sentence });
  }

  /**
   * A step failed for a single file in a way that may pass, while Immich itself is well. One after the other is no accident of
   * files: asking Immich hundreds of times would not help. A file that was not answered while others were is one, though, however many
   * of them fall silent side by side.
   * @param startedAtMs when the work on it began, by our elapsed time
   */
  countFailure(account: AccountInUse, step: StepName, error: ImmichError, startedAtMs: number): void {
    const key = keyOf(account, step);
    if (error.kind === 'silent' && (this.#workedAtMs.get(key) ?? Number.NEGATIVE_INFINITY) >= startedAtMs) return;
    const failures = (this.#failuresInARow.get(key) ?? 0) + 1;
    this.#failuresInARow.set(key, failures);
    const isTrial = this.#all.has(key);
    if (failures < enoughFailures && !isTrial) return;
    const waitMs = Math.min(longestPauseMs, firstPauseMs * 2 ** Math.max(0, failures - enoughFailures));
    const sentence = `${error.message} So it is with one file after the other; Homeroll tries again by itself.`;
    this.note(account, step, { cause: step, sentence, waitMs });
  }

  /** A person says: now. */
  tryNow(): void {
    for (const hindrance of this.#all.values()) hindrance.triedAtMs = 0;
  }

  /** When the next one is tried, unix ms; undefined: nothing is off. */
  nextAtMs(): number | undefined {
    const { clock } = this.#parts;
    const elapsedMs = clock.elapsed();
    const waitsMs = [...this.#all.values()].flatMap(({ triedAtMs }) => (triedAtMs > elapsedMs ? [triedAtMs - elapsedMs] : []));
    return waitsMs.length === 0 ? undefined : clock.now() + Math.min(...waitsMs);
  }

  /** Only the files that met it have it as their reason: whoever asks about another looks here. */
  #remember(account: AccountInUse, feature: Feature, sentence: string): void {
    const { facts } = this.#parts.journal;
    const name = reasonFactOf(account, feature);
    if (facts.get(name) !== sentence) facts.set(name, sentence);
  }

  #of(account: AccountInUse, cause: string): readonly Hindrance[] {
    return [...this.#all.values()].filter((one) => one.account.name === account.name && one.cause === cause);
  }

  /** A `once` every hour does not tell the same every hour: the journal remembers. */
  #tell({ account, feature, isKnown }: Hindered, { cause, news: text }: Obstacle): void {
    const { journal, clock, news } = this.#parts;
    this.#seenWorking.delete(keyOf(account, feature));
    if (text === undefined || journal.facts.get(factOf(account, feature)) === cause) return;
    journal.transaction(() => {
      journal.facts.set(factOf(account, feature), cause);
      const facts = { account: account.name, cause };
      if (!isKnown) putNews(journal, news, { kind: 'account hindered', text, facts, nowMs: clock.now() });
    });
  }
}

interface Hindered {
  readonly account: AccountInUse;
  readonly feature: Feature;
  /** For another feature. */
  readonly isKnown: boolean;
}

/** A permission or a quota is mended by a person: asked for once in a while, and at once after `homeroll retry`. */
export const mendedByHandMs = longestWaitMs;

function keyOf(account: AccountInUse, feature: Feature): string {
  return `${account.name} ${feature}`;
}

function factOf(account: Pick<AccountInUse, 'name'>, feature: Feature): string {
  return `hindered: ${account.name} ${feature}`;
}

function reasonFactOf(account: Pick<AccountInUse, 'name'>, feature: Feature): string {
  return `rests: ${account.name} ${feature}`;
}

/** What was in the way of a step for all files of an account when it was tried last, in a sentence; undefined: nothing. */
export function whyStepRests(journal: Pick<Journal, 'facts'>, account: string, step: StepName): string | undefined {
  return journal.facts.get(reasonFactOf({ name: account }, step));
}

/** All that was in the way for files of an account when it was tried last: each cause once, as {@link Obstacle} names it. */
export function restsNow(journal: Pick<Journal, 'facts'>, account: string): readonly Pick<Obstacle, 'cause' | 'sentence'>[] {
  const found = new Map<string, string>();
  for (const feature of features) {
    const sentence = journal.facts.get(reasonFactOf({ name: account }, feature));
    const cause = journal.facts.get(factOf({ name: account }, feature)) ?? feature;
    if (sentence !== undefined && !found.has(cause)) found.set(cause, sentence);
  }
  return [...found].map(([cause, sentence]) => ({ cause, sentence }));
}
