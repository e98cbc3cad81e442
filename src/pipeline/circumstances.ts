/** Watches what is so in the home: starts sources whose time has come, and lets others move only while they may. */
import {
  isSo,
  type LastingCircumstance,
  lookAtCircumstance as look,
  type SourceId,
  type Use,
  unwatched,
  type Watched,
} from '../domain/index.ts';
import type { Journal } from '../journal/index.ts';
import { type Clock, type Log, Waker } from '../kernel/index.ts';
import { earliest } from './engine.ts';
import type { HomePort } from './home-port.ts';
import { noteHomeAway, noteHomeBack, recall, remember } from './remembered.ts';
import type { SourceInUse } from './step.ts';

export interface CircumstanceParts {
  readonly journal: Journal;
  readonly clock: Clock;
  readonly log: Log;
  readonly home: HomePort;
  readonly sources: () => readonly SourceInUse[];
  /** It is to be looked through now. */
  readonly onTrigger: (id: SourceId) => void;
  /** Others may move now, or some may no more. */
  readonly onLimit: () => void;
}

interface Watch {
  readonly use: Use;
  readonly source: SourceInUse;
  readonly circumstance: LastingCircumstance;
  watched: Watched;
}

export class Circumstances {
  readonly #parts: CircumstanceParts;
  readonly #waker = new Waker();
  /** Empty until it runs: what somebody starts by hand knows no limits. */
  #watches: readonly Watch[] = [];
  /** What Home Assistant was said to be; undefined: nothing yet. Until then what was so before may be so no more. */
  #isHomeUp: boolean | undefined;

  constructor(parts: CircumstanceParts) {
    this.#parts = parts;
  }

  /** Whether files of a source may move, as far as the home is concerned. */
  mayMove(id: SourceId): boolean {
    const limits = this.#watches.filter(({ use, source }) => use === 'limit' && source.id === id);
    return limits.every(({ watched }) => watched.settled === true && this.#isHomeUp !== undefined);
  }

  /** Until `signal` is aborted. What was remembered holds from the moment it is called. */
  async run(signal: AbortSignal): Promise<void> {
    const { home, clock, sources } = this.#parts;
    this.#watches = sources().flatMap((source) => this.#watchesOf(source));
    if (this.#watches.length === 0) return;
    const entities = [...new Set(this.#watches.map(({ circumstance }) => circumstance.entity))];
    const stops = [
      home.follow(entities, () => this.#waker.wake()),
      home.onUp((isUp) => {
        const isFirst = this.#isHomeUp === undefined;
        this.#isHomeUp = isUp;
        this.#waker.wake();
        // What was known last holds from now on.
        if (isFirst) this.#parts.onLimit();
      }),
    ];
    try {
      while (!signal.aborted) {
        this.#waker.arm();
        this.#noteHome();
        const dueInMs = earliest(...this.#watches.map((watch) => this.#look(watch)));
        await this.#waker.wait(clock, dueInMs === undefined ? undefined : clock.now() + dueInMs, signal);
      }
    } finally {
      for (const stop of stops) stop();
    }
  }

  #watchesOf(source: SourceInUse): readonly Watch[] {
    const { when, onlyWhile } = source.config;
    const watch = (use: Use, circumstance: LastingCircumstance): Watch => {
      const settled = recall(this.#parts.journal, { use, id: source.id }, circumstance);
      return { use, source, circumstance, watched: unwatched(settled) };
    };
    return [
      ...(when.kind === 'circumstance' ? [watch('trigger', when.circumstance)] : []),
      ...(onlyWhile ? [watch('limit', onlyWhile)] : []),
    ];
  }

  #noteHome(): void {
    const { home, journal, clock } = this.#parts;
    if (home.isUp) noteHomeBack(journal);
    else if (this.#isHomeUp === false) noteHomeAway(journal, clock.now());
  }

  /** @returns in how many milliseconds something will count */
  #look(watch: Watch): number | undefined {
    const { home, clock } = this.#parts;
    const { use, circumstance, watched: before } = watch;
    // What it said before it went away, or says while it starts, may not be so any more.
    const state = home.isUp ? home.entity(circumstance.entity)?.state : undefined;
    const sight = { isSo: isSo(circumstance, state), atMs: clock.elapsed() };
    const { watched, hasBegun, dueInMs } = look(before, sight, { use, forMs: circumstance.forMs });
    watch.watched = watched;
    if (watched.settled !== before.settled) this.#settle(watch, hasBegun);
    return dueInMs;
  }

  #settle({ use, source, circumstance, watched }: Watch, hasBegun: boolean): void {
    const { journal, clock, log, onTrigger, onLimit } = this.#parts;
    const { id, config } = source;
    const isStarting = use === 'trigger' && hasBegun;
    journal.transaction(() => {
      remember(journal, { use, id }, { of: circumstance, isSo: watched.settled });
      // Whoever dies before the sweep has ended makes up for it, as for a schedule.
      if (isStarting) journal.sources.update(id, { runDueAtMs: clock.now() });
    });
    const { name } = config;
    if (isStarting) log.info(`${name} is looked through: ${circumstance.said}`, { source: name });
    if (isStarting) onTrigger(id);
    if (use === 'trigger') return;
    log.info(hasBegun ? `${name} goes on: ${circumstance.said}` : `${name} rests until ${circumstance.said}`, { source: name });
    onLimit();
  }
}
