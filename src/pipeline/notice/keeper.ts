/** Keeps one source under its eyes for as long as Homeroll runs: hints, sweeps, schedule, and whether its folder is there. */
import type { FileId, FileRecord } from '../../domain/index.ts';
import type { PathBytes, RootIdentity, StatIdentity, Watcher } from '../../files/index.ts';
import { isAtOrBelow, isShare, showPath, statIdentityOf } from '../../files/index.ts';
import { isAbort, type Log, sentenceOf, Waker } from '../../kernel/index.ts';
import { ignoreRulesOf } from '../left-alone.ts';
import type { NewsDesk } from '../news.ts';
import type { Outcome } from '../outcome.ts';
import type { SourceInUse } from '../step.ts';
import { Ear, type Heard } from './ear.ts';
import { type LookParts, lookAt } from './hints.ts';
import { MountedWatch } from './mounted.ts';
import { lookAtMounts, rememberMounts, settleMounts } from './mounts.ts';
import { lookAtRoot } from './root.ts';
import type { NoticeParts } from './sightings.ts';
import { type Swept, sweep } from './sweep.ts';
import { type Hearing, latestSweepAtMs, nextSweepAtMs } from './sweep-times.ts';
import { SweepWish } from './sweep-wish.ts';
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

export class Keeper {
  readonly source: SourceInUse;
  readonly #parts: KeeperParts;
  readonly #waker = new Waker();
  readonly #ear: Ear;
  readonly #wish: SweepWish;
  readonly #mountedWatch: MountedWatch;
  /** The folder came back, or stands on another disk: what was listened to may be deaf by now. */
  #isRootNew = false;
  /** Seen by us, in this life. What the journal says may have been written for another reason: a paused source is not called away. */
  #wasAway = false;
  #sweptSinceMs: number | undefined;
  /** What the last sweep could not read, for the owner. */
  #unreadable: readonly string[] = [];
  /** What was mounted below it at the last look, and now lies open or hides what was heard. */
  #mounted: string | undefined;
  #identity: StatIdentity = 'network';
  #isShare = true;

  constructor(source: Omit<SourceInUse, 'identity' | 'ignoring'>, parts: KeeperParts) {
    this.#parts = parts;
    this.source = {
      ...source,
      identity: () => (source.config.identity === 'auto' ? this.#identity : source.config.identity),
      ignoring: () => ignoreRulesOf(source.config, { id: source.id, journal: parts.journal }),
    };
    this.#wish = new SweepWish(parts.clock);
    this.#mountedWatch = new MountedWatch(this.source, parts);
    this.#ear = new Ear(this.source, { ...parts, onHeard: (what) => this.#heed(what) });
  }

  /** Sweeps as soon as it can. */
  askForSweep(): void {
    this.#wish.ask();
    this.#waker.wake();
  }

  /** After a pause. What waits for a schedule, for somebody to come, or for a word goes on waiting for it. */
  goOn(): void {
    if (this.source.config.when.kind === 'new media') this.askForSweep();
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
    const { journal, clock } = this.#parts;
    const root = await this.#lookAtRoot(signal);
    if (!root) return undefined;
    const sinceMs = clock.now();
    await rememberMounts(this.source, root, this.#parts, signal);
    const seen = await sweep(this.source, this.#parts, signal);
    this.#sayUnreadable(seen.unreadable);
    // Asked again: a share that went away in the middle makes everything look deleted.
    if (seen.missing > 0 && !(await this.isRootPresent(signal))) return undefined;
    const looks = await lookAtMounts(this.source, this.#parts, signal);
    const isWhole = seen.unreadable.length === 0;
    const { excused, sentences } = settleMounts(this.source, { looks, isWhole, mountedBefore: root.mountsBelow }, this.#parts);
    const swept = { ...seen, missing: seen.missing - excused, unreadable: [...new Set([...seen.unreadable, ...sentences])] };
    if ((await settleMissing(this.source, swept, this.#vanishParts(signal), signal)) === 'away') return undefined;
    journal.transaction(() => {
      const nowMs = clock.now();
      const isFirst = journal.sources.byId(this.source.id).backlogAtMs === undefined;
      const backlog = isFirst ? journal.batches.open(this.source.id) : undefined;
      if (backlog) journal.batches.close(backlog.id, nowMs);
      journal.sources.update(this.source.id, { sweptAtMs: nowMs, ...(isFirst && { backlogAtMs: nowMs }) });
    });
    // What is watched changes with it.
    if (seen.areMarksNew) this.askForSweep();
    this.#sweptSinceMs = sinceMs;
    this.#parts.onSwept?.(this.source, swept);
    this.#parts.onNoticed();
    return swept;
  }

  /** Until `signal` is aborted. */
  async run(signal: AbortSignal): Promise<void> {
    const { clock, log } = this.#parts;
    const { when } = this.source.config;
    const isListenedTo = when.kind === 'new media';
    let sweepAtMs = nextSweepAtMs(this.source, this.#hearing, this.#parts);
    try {
      while (!signal.aborted) {
        this.#waker.arm();
        // The clock may have been set back meanwhile.
        sweepAtMs = Math.min(sweepAtMs, latestSweepAtMs(this.source, this.#hearing, this.#parts));
        // What came before it listens, only a sweep finds. To be refused costs as much as a sweep, so it is not tried at other times.
        if (isListenedTo && !this.#ear.isListening && !this.#ear.isDeaf) this.#wish.ask();
        if (this.#wish.isDue || clock.now() >= sweepAtMs) {
          this.#wish.begin();
          // First: what comes while the sweep goes on must be heard.
          if (isListenedTo) await this.#listen(signal);
          const swept = await this.sweepNow(signal);
          this.#wish.end(swept?.news ?? 0);
          // A folder that is away is looked for each minute anyway.
          sweepAtMs = swept ? nextSweepAtMs(this.source, this.#hearing, this.#parts) : clock.now() + rootEveryMs;
        }
        await this.#lookAtHints(signal);
        await this.#waker.wait(clock, Math.min(sweepAtMs, clock.now() + Math.min(rootEveryMs, this.#wish.dueInMs)), signal);
        if (isListenedTo) await this.#watchRoot(signal);
        else if (this.#mountedWatch.isLookNeeded()) await this.isRootPresent(signal);
      }
    } catch (error) {
      if (!signal.aborted && !isAbort(error))
        log.error('a source can no longer be watched', { source: this.source.config.name, error: sentenceOf(error) });
      if (!signal.aborted && !isAbort(error)) throw error;
    } finally {
      await this.#ear.close();
    }
  }

  /** Whoever asks, it is here that the folder is looked at: that it came back is told only once. */
  async isRootPresent(signal: AbortSignal): Promise<boolean> {
    return (await this.#lookAtRoot(signal)) !== undefined;
  }

  /** Of files that a step did not find, those that only lie on something that is not mounted now: they wait for it. */
  async excuse(files: readonly FileRecord[], signal: AbortSignal): Promise<ReadonlyMap<FileId, Outcome>> {
    const { journal, clock } = this.#parts;
    const looks = (await lookAtMounts(this.source, this.#parts, signal)).filter(({ state }) => state !== 'mounted');
    const untilMs = clock.now() + mountEveryMs;
    return new Map(
      files.flatMap(({ id, folderId }) => {
        const on = looks.find(({ path }) => isAtOrBelow(journal.sources.folderPath(folderId), path));
        return on ? [[id, { kind: 'wait', reason: on.why ?? 'what it lies on is not mounted now', untilMs }] as const] : [];
      }),
    );
  }

  get #hearing(): Hearing {
    return { isShare: this.#isShare, isDeaf: this.#ear.isDeaf };
  }

  async #lookAtRoot(signal: AbortSignal): Promise<RootIdentity | undefined> {
    const present = await lookAtRoot(this.source, this.#parts, signal);
    if (!present) {
      this.#wasAway = true;
      return undefined;
    }
    const { root, isNews } = present;
    this.#mountedWatch.notePresent();
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

  /** What stays as it was is in the log already. */
  #sayUnreadable(sentences: readonly string[]): void {
    const isNew = (sentence: string): boolean => !this.#unreadable.includes(sentence);
    for (const sentence of sentences.filter(isNew)) this.#parts.log.warn(sentence, { source: this.source.config.name });
    this.#unreadable = sentences;
  }

  /** A folder that is new is swept and heard anew. */
  async #watchRoot(signal: AbortSignal): Promise<void> {
    await this.isRootPresent(signal);
    if (!this.#isRootNew) return;
    this.#isRootNew = false;
    await this.#ear.close();
    this.askForSweep();
  }

  /** Anew before each sweep: the system drops events when there are too many, without a word, and a folder among them is never heard. */
  async #listen(signal: AbortSignal): Promise<void> {
    if (!(await this.isRootPresent(signal))) return;
    this.#isRootNew = false;
    await this.#ear.listen(signal);
  }

  #heed(heard: Heard): void {
    const { log } = this.#parts;
    if (heard.kind === 'sweep') this.#wish.askSoon();
    if (heard.kind === 'unsure' && this.#wish.doubt()) {
      const sentence = `${showPath(this.source.root)} is looked through once more: ${heard.why}, and the system may have dropped changes meanwhile`;
      log.info(sentence, { source: this.source.config.name });
    }
    this.#waker.wake();
  }

  async #lookAtHints(signal: AbortSignal): Promise<void> {
    const paths = this.#ear.take();
    if (paths.length === 0) return;
    const looked = await lookAt(this.source, paths, { ...this.#vanishParts(signal), signal });
    if (looked === 'sweep needed') this.askForSweep();
    this.#parts.onNoticed();
  }
}
