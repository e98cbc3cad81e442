/** Devices that take questions and never answer, and what Homeroll's readers make of that: after 20 s an error, and from then on at once. */
import { DiskError, NoAnswer, type PathBytes } from '../../src/files/index.ts';
import type { Clock } from '../../src/kernel/index.ts';

const silentAfterMs = 20_000;
const lookEveryMs = 1_000;

export class Silences {
  readonly #clock: Clock;
  /** Since when each is asked in vain; undefined: not yet. */
  readonly #askedAtMs = new Map<PathBytes, number | undefined>();
  /** How many reasons each has to be silent. */
  readonly #reasons = new Map<PathBytes, number>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  begin(point: PathBytes): void {
    this.#reasons.set(point, (this.#reasons.get(point) ?? 0) + 1);
    if (!this.#askedAtMs.has(point)) this.#askedAtMs.set(point, undefined);
  }

  /** @returns whether it answers again: not while it has another reason to be silent */
  end(point: PathBytes): boolean {
    const left = (this.#reasons.get(point) ?? 1) - 1;
    this.#reasons.set(point, left);
    if (left === 0) this.#askedAtMs.delete(point);
    return left === 0;
  }

  /** Resolves when the path's device answers. @throws DiskError when it is known not to */
  async answer(path: PathBytes): Promise<void> {
    for (;;) {
      const point = [...this.#askedAtMs.keys()].find((one) => path.subarray(0, one.length).equals(one));
      if (point === undefined) return;
      const sinceMs = this.#askedAtMs.get(point) ?? this.#clock.elapsed();
      this.#askedAtMs.set(point, sinceMs);
      if (this.#clock.elapsed() - sinceMs >= silentAfterMs) throw new DiskError('away', path, new NoAnswer(point, 0, () => '21:04'));
      await this.#clock.sleep(lookEveryMs, new AbortController().signal);
    }
  }
}
