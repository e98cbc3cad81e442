/** Looks at the household for the device: at what costs nothing each time, at the rest now and then. */
import type { SourceConfig } from '../config/index.ts';
import { glanceAt, type ImmichAnswer, problemsNow, seldomLookedAt } from '../desk/index.ts';
import type { Journal } from '../journal/index.ts';
import type { Clock } from '../kernel/index.ts';
import { type Look, type Moved, speedOf } from './states.ts';

export interface LookoutParts {
  readonly journal: Journal;
  readonly clock: Clock;
  readonly sources: readonly Pick<SourceConfig, 'name' | 'account'>[];
  /** Sent and read back since this Homeroll was opened. */
  readonly movedBytes: () => number;
  readonly isWorking: () => boolean;
  readonly immich: () => ImmichAnswer;
}

const memoryMs = 5_000;
const seldomMs = 1_000;
// Of a huge household a hundredth of the time, and no more.
const restPerWork = 100;

export class Lookout {
  readonly #parts: LookoutParts;
  readonly #names: readonly string[];
  #moved: readonly Moved[] = [];
  #seldom: Pick<Look, 'oldestWaitingSince' | 'lastSafeAt' | 'problems'> = { oldestWaitingSince: null, lastSafeAt: null, problems: [] };
  #seldomAtMs = Number.NEGATIVE_INFINITY;

  constructor(parts: LookoutParts) {
    this.#parts = parts;
    this.#names = parts.sources.map(({ name }) => name);
  }

  look(): Look {
    const { journal, clock, movedBytes, isWorking, immich } = this.#parts;
    const atMs = clock.elapsed();
    // However long ago the last look was: what was moved since then was moved.
    const remembered = this.#moved.filter((one, index) => atMs - one.atMs <= memoryMs || index === this.#moved.length - 1);
    this.#moved = [...remembered, { atMs, bytes: movedBytes() }];
    if (atMs >= this.#seldomAtMs) this.#lookSeldom();
    const glance = glanceAt(journal, this.#names);
    return {
      ...glance,
      ...this.#seldom,
      // Seen a moment ago it may wait no more, and would contradict the number beside it.
      ...(glance.files.waiting === 0 && { oldestWaitingSince: null }),
      immich: immich(),
      isWorking: isWorking(),
      bytesPerSecond: speedOf(this.#moved),
    };
  }

  #lookSeldom(): void {
    const { journal, clock, sources } = this.#parts;
    const beganMs = clock.elapsed();
    this.#seldom = { ...seldomLookedAt(journal, this.#names), problems: problemsNow(journal, { sources }) };
    const endedMs = clock.elapsed();
    this.#seldomAtMs = endedMs + Math.max(seldomMs, restPerWork * (endedMs - beganMs));
  }
}
