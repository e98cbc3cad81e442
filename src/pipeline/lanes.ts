/** How much runs at the same time: a bounded number of slots for each kind of work. */
import type { LaneName, Step } from './step.ts';

export class Lanes {
  readonly #slots: Readonly<Record<LaneName, number>>;
  readonly #taken: Record<LaneName, number> = { disk: 0, ask: 0, write: 0, read: 0 };
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
    this.#taken[step.lane] += 1;
    this.#runs.set(step, (this.#runs.get(step) ?? 0) + 1);
    return () => {
      this.#taken[step.lane] -= 1;
      this.#runs.set(step, (this.#runs.get(step) ?? 1) - 1);
    };
  }
}
