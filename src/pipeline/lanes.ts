/** How much runs at the same time: a bounded number of slots for each kind of work, and room aside for what waits for an answer. */
import type { LaneName, Step } from './step.ts';

// Beside a lane of four that makes twelve requests at the most that Immich has not answered, each with a buffer and an open file.
const mostAside = 8;

export class Lanes {
  readonly #slots: Readonly<Record<LaneName, number>>;
  readonly #taken: Record<LaneName, number> = { disk: 0, ask: 0, write: 0, read: 0 };
  readonly #aside: Record<LaneName, number> = { disk: 0, ask: 0, write: 0, read: 0 };
  readonly #runs = new Map<Step, number>();

  constructor(slots: Readonly<Record<LaneName, number>>) {
    this.#slots = slots;
  }

  hasRoom(step: Step): boolean {
    if (step.isAlone && (this.#runs.get(step) ?? 0) > 0) return false;
    return this.#taken[step.lane] < this.#slots[step.lane];
  }

  /** How many more runs of the step fit now. */
  room(step: Step): number {
    return Math.max(0, this.#slots[step.lane] - this.#taken[step.lane]);
  }

  /** Takes a slot until the function it returns is called. */
  enter(step: Step): () => void {
    return this.#count(step, this.#taken);
  }

  /**
   * Takes room beside the slots, so that the slot can be left before the work is done.
   * @returns what gives it back; undefined: there is none, and who waits keeps its slot
   */
  standAside(step: Step): (() => void) | undefined {
    if (step.lane === 'disk' || this.#aside[step.lane] >= mostAside) return undefined;
    return this.#count(step, this.#aside);
  }

  #count(step: Step, counts: Record<LaneName, number>): () => void {
    counts[step.lane] += 1;
    this.#runs.set(step, (this.#runs.get(step) ?? 0) + 1);
    return () => {
      counts[step.lane] -= 1;
      this.#runs.set(step, (this.#runs.get(step) ?? 1) - 1);
    };
  }
}
