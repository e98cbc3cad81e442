/** Keeps one source under its eyes for as long as Homeroll runs: hints, sweeps, schedule, and whether its folder is there. */
import type { FileId, FileRecord } from '../../domain/index.ts';
import type { Hint, PathBytes, RootIdentity, StatIdentity, Subscription, Watcher } from '../../files/index.ts';
import { isAtOrBelow, isShare, statIdentityOf } from '../../files/index.ts';
import { isAbort, type Log, nextRun, sentenceOf } from '../../kernel/index.ts';
import type { NewsDesk } from '../news.ts';
import type { Outcome } from '../outcome.ts';
import type { SourceInUse } from '../step.ts';
import { Waker } from '../waker.ts';
import { type LookParts, lookAt } from './hints.ts';
import { lookAtMounts, rememberMounts, settleMounts } from './mounts.ts';
import { lookAtRoot } from './root.ts';
import type { NoticeParts } from './sightings.ts';
import { type Swept, sweep } from './sweep.ts';
import { settleMissing, type VanishParts } from './vanish.ts';

export interface KeeperParts extends NoticeParts {
  readonly watcher: Watcher;
  readonly news: NewsDesk;
  readonly log: Log;
  /** New work may be there. */
  readonly onNoticed: () => void;
  readonly onSwept?: (source: SourceInUse, swept: Swept) => void;
}

const rootEveryMs = 60_000;
// Looked for by the sweep that its return asks for; this is for what was in a step's hands.
const mountEveryMs = 300_000;
const localSweepEveryMs = 3_600_000;
const networkSweepEveryMs = 300_000;
// A local folder that we may not listen to is as good as a share, and walks through it cost more: it has many folders.
const deafSweepEveryMs = 900_000;
// Hints gather while a long sweep goes on; beyond so many one more sweep is cheaper, and nothing grows.
const mostPaths = 2_000;

export class Keeper {
  readonly source: SourceInUse;
  readonly #parts: KeeperParts;
  readonly #waker = new Waker();
  /** By their bytes, each once. */
  readonly #paths = new Map<string, PathBytes>();
  #isSweepAsked = false;
  /** The folder came back, or stands on another disk: what was listened to may be deaf by now. */
  #isRootNew = false;
  /** Seen by us, in this life. What the journal says may have been written for another reason: a paused source is not called away. */
  #wasAway = false;
  #sweptSinceMs: number | undefined;
  /** What was mounted below it at the last look, and now lies open or hides what was heard. */
  #mounted: string | undefined;
  /** The system did not let us listen. */
  #isDeaf = false;
  #subscription: Subscription | undefined;
  #identity: StatIdentity = 'network';
  #isShare = true;

  constructor(source: Omit<SourceInUse, 'identity'>, parts: KeeperParts) {
    this.#parts = parts;
    this.source = { ...source, identity: () => (source.config.identity === 'auto' ? this.#identity : source.config.identity) };
  }

  /** Sweeps as soon as it can. */
  askForSweep(): void {
    this.#isSweepAsked = true;
    this.#waker.wake();
  }

  /** Whether a whole look began after that moment; if none did, one will. */
  isLookedThrough(sinceMs: number): boolean {
    // A moment in the future is one before the clock was set back.
    const isSo = this.#sweptSinceMs !== undefined && (this.#sweptSinceMs >= sinceMs || sinceMs > this.#parts.clock.now());
    if (!isSo) this.askForSweep();
    return isSo;
  }

  /** One whole look at the source. @returns undefined when its folder is away */
  async sweepNow(signal: AbortSignal): Promise<Swept | undefined> {
    const { journal, clock, log } = this.#parts;
    const root = await this.#lookAtRoot(signal);
    if (!root) return undefined;
    const sinceMs = clock.now();
    await rememberMounts(this.source, root, this.#parts, signal);
    const seen = await sweep(this.source, this.#parts, signal);
    for (const sentence of seen.unreadable) log.warn(sentence, { source: this.source.config.name });
    // Asked again: a share that went away in the middle makes everything look deleted.
    if (seen.missing > 0 && !(await this.isRootPresent(signal))) return undefined;
    const looks = await lookAtMounts(this.source, this.#parts, signal);
    const { excused, sentences } = settleMounts(this.source, { looks, isWhole: seen.unreadable.length === 0 }, this.#parts);
    const swept = { ...seen, missing: seen.missing - excused, unreadable: [...seen.unreadable, ...sentences] };
    if ((await settleMissing(this.source, swept, this.#vanishParts(signal), signal)) === 'away') return undefined;
    journal.transaction(() => {
      const nowMs = clock.now();
      const isFirst = journal.sources.byId(this.source.id).backlogAtMs === undefined;
      const backlog = isFirst ? journal.batches.open(this.source.id) : undefined;
      if (backlog) journal.batches.close(backlog.id, nowMs);
      journal.sources.update(this.source.id, { sweptAtMs: nowMs, ...(isFirst && { backlogAtMs: nowMs }) });
    });
    this.#sweptSinceMs = sinceMs;
    this.#parts.onSwept?.(this.source, swept);
    this.#parts.onNoticed();
    return swept;
  }

  /** Until `signal` is aborted. */
  async run(signal: AbortSignal): Promise<void> {
    const { clock, log } = this.#parts;
    const { when } = this.source.config;
    this.#isSweepAsked = when.kind === 'new media';
    let sweepAtMs = this.#nextSweepAtMs();
    try {
      while (!signal.aborted) {
        this.#waker.arm();
        // The clock may have been set back meanwhile.
        sweepAtMs = Math.min(sweepAtMs, this.#latestSweepAtMs());
        const isSweepDue = (): boolean => this.#isSweepAsked || clock.now() >= sweepAtMs;
        // To be refused costs as much as a walk.
        if (when.kind === 'new media' && !this.#subscription && (!this.#isDeaf || isSweepDue())) await this.#subscribe(signal);
        if (isSweepDue()) {
          this.#isSweepAsked = false;
          const swept = await this.sweepNow(signal);
          // A folder that is away is looked for each minute anyway.
          sweepAtMs = swept ? this.#nextSweepAtMs() : clock.now() + rootEveryMs;
        }
        await this.#lookAtHints(signal);
        await this.#waker.wait(clock, Math.min(sweepAtMs, clock.now() + rootEveryMs), signal);
        if (when.kind === 'new media') await this.#watchRoot(signal);
      }
    } catch (error) {
      if (!signal.aborted && !isAbort(error))
        log.error('a source can no longer be watched', { source: this.source.config.name, error: sentenceOf(error) });
      if (!signal.aborted && !isAbort(error)) throw error;
    } finally {
      await this.#subscription?.[Symbol.asyncDispose]();
    }
  }

  /** Whoever asks, it is here that the folder is looked at: that it came back is told only once. */
  async isRootPresent(signal: AbortSignal): Promise<boolean> {
    return (await this.#lookAtRoot(signal)) !== undefined;
  }

  /** Of files that a step did not find, those that only lie on something that is not mounted now: they wait for it. */
  async excuse(files: readonly FileRecord[], signal: AbortSignal): Promise<ReadonlyMap<FileId, Outcome>> {
    const { journal, clock } = this.#parts;
    const lost = await this.#lostMounts(signal);
    const isAway = ({ folderId }: FileRecord): boolean =>
      lost.length > 0 && lost.some((mount) => isAtOrBelow(journal.sources.folderPath(folderId), mount));
    const waits: Outcome = { kind: 'wait', reason: 'what it lies on is not mounted now', untilMs: clock.now() + mountEveryMs };
    return new Map(files.filter(isAway).map(({ id }) => [id, waits]));
  }

  async #lookAtRoot(signal: AbortSignal): Promise<RootIdentity | undefined> {
    const present = await lookAtRoot(this.source, this.#parts, signal);
    if (!present) {
      this.#wasAway = true;
      return undefined;
    }
    const { root, isNews } = present;
    const { identity } = this.source.config;
    this.#identity = statIdentityOf(root.filesystem);
    this.#isShare = identity === 'auto' ? isShare(root.filesystem) : identity === 'network';
    const mounted = (root.mountsBelow ?? []).map((path) => path.toString('latin1')).join('\n');
    if (isNews || this.#wasAway || mounted !== (this.#mounted ?? mounted)) {
      this.#isRootNew = true;
      this.#waker.wake();
    }
    this.#wasAway = false;
    this.#mounted = mounted;
    return root;
  }

  async #lostMounts(signal: AbortSignal): Promise<readonly PathBytes[]> {
    const looks = await lookAtMounts(this.source, this.#parts, signal);
    return looks.flatMap(({ path, state }) => (state === 'mounted' ? [] : [path]));
  }

  #vanishParts(signal: AbortSignal): LookParts & VanishParts {
    return { ...this.#parts, isRootPresent: () => this.isRootPresent(signal), lostMounts: () => this.#lostMounts(signal) };
  }

  /** A folder that is new is swept and heard anew. */
  async #watchRoot(signal: AbortSignal): Promise<void> {
    await this.isRootPresent(signal);
    if (!this.#isRootNew) return;
    this.#isRootNew = false;
    await this.#unsubscribe();
    this.askForSweep();
  }

  async #lookAtHints(signal: AbortSignal): Promise<void> {
    const paths = [...this.#paths.values()];
    this.#paths.clear();
    if (paths.length === 0) return;
    const looked = await lookAt(this.source, paths, { ...this.#vanishParts(signal), signal });
    if (looked === 'sweep needed') this.askForSweep();
    this.#parts.onNoticed();
  }

  async #subscribe(signal: AbortSignal): Promise<void> {
    const { watcher, log } = this.#parts;
    const root = this.source.root.toString('utf8');
    if (!(await this.isRootPresent(signal))) return;
    this.#isRootNew = false;
    try {
      this.#subscription = await watcher.subscribe(root, (hint) => this.#hear(hint), signal);
      this.#isSweepAsked = true;
      this.#isDeaf = false;
    } catch (error) {
      if (isAbort(error) || signal.aborted) throw error;
      if (!this.#isDeaf) log.warn(sentenceOf(error), { source: this.source.config.name });
      this.#isDeaf = true;
    }
  }

  async #unsubscribe(): Promise<void> {
    const subscription = this.#subscription;
    this.#subscription = undefined;
    await subscription?.[Symbol.asyncDispose]();
  }

  #hear(hint: Hint): void {
    if (hint.kind === 'path') this.#paths.set(hint.path.toString('latin1'), hint.path);
    else this.#isSweepAsked = true;
    if (this.#paths.size > mostPaths) {
      this.#paths.clear();
      this.#isSweepAsked = true;
    }
    if (hint.kind === 'lost') void this.#unsubscribe();
    this.#waker.wake();
  }

  #nextSweepAtMs(): number {
    const { clock, journal } = this.#parts;
    const { when } = this.source.config;
    if (when.kind === 'manual') return Number.POSITIVE_INFINITY;
    if (when.kind === 'schedule') return this.#nextRunAtMs(when);
    const sweptAtMs = journal.sources.byId(this.source.id).sweptAtMs ?? clock.now();
    return Math.min(sweptAtMs, clock.now()) + this.#everyMs;
  }

  get #everyMs(): number {
    const { sweepEveryMs } = this.source.config;
    if (sweepEveryMs !== undefined) return sweepEveryMs;
    if (this.#isShare) return networkSweepEveryMs;
    return this.#isDeaf ? deafSweepEveryMs : localSweepEveryMs;
  }

  /** As far off as the next sweep can be from now on. */
  #latestSweepAtMs(): number {
    const { clock } = this.#parts;
    const { when } = this.source.config;
    if (when.kind === 'manual') return Number.POSITIVE_INFINITY;
    return when.kind === 'schedule' ? nextRun(when.cron, when.timeZone, clock.now()) : clock.now() + this.#everyMs;
  }

  /** A run that fell due while Homeroll was not running is made up for at once. */
  #nextRunAtMs({ cron, timeZone }: { cron: string; timeZone: string }): number {
    const { clock, journal } = this.#parts;
    const record = journal.sources.byId(this.source.id);
    const missedAtMs = record.runDueAtMs;
    const isMissed = missedAtMs !== undefined && missedAtMs > (record.sweptAtMs ?? 0) && missedAtMs <= clock.now();
    // What is still to come is asked anew: the owner may have changed the schedule.
    const dueAtMs = isMissed ? missedAtMs : nextRun(cron, timeZone, clock.now());
    journal.sources.update(this.source.id, { runDueAtMs: dueAtMs });
    return dueAtMs;
  }
}
