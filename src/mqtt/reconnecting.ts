/** When the broker is asked again after a link ended, and whether somebody else seems to bear our name. Pure but for chance. */
import type { Random } from '../kernel/index.ts';

export interface Ending {
  /** By our elapsed time. */
  readonly atMs: number;
  /** How long it lasted; undefined: it was never made, since nobody was there or we were refused. */
  readonly lastedMs: number | undefined;
}

// Of two programs with one name each throws out the other as soon as it is let in.
const enoughThrownOut = 3;
const briefMs = 30_000;
const withinMs = 3_600_000;
const firstWaitMs = 1_000;
const longestWaitMs = 60_000;
const quarrelWaitMs = 300_000;

export class Reconnecting {
  readonly #random: Random;
  #failures = 0;
  #thrownOutAtMs: readonly number[] = [];

  constructor(random: Random) {
    this.#random = random;
  }

  /** Links are made, and ended by the broker at once, again and again. */
  get isQuarrel(): boolean {
    return this.#thrownOutAtMs.length >= enoughThrownOut;
  }

  note({ atMs, lastedMs }: Ending): void {
    const isBrief = lastedMs !== undefined && lastedMs < briefMs;
    this.#failures = lastedMs === undefined || isBrief ? this.#failures + 1 : 0;
    const recent = this.#thrownOutAtMs.filter((thrownMs) => atMs - thrownMs < withinMs);
    // A broker that cannot even be reached is away, and throws nobody out.
    this.#thrownOutAtMs = lastedMs === undefined ? [] : isBrief ? [...recent, atMs] : [];
  }

  /** Drawn around its length, so that those whom one broker lost do not come back all together. */
  waitMs(): number {
    const longestMs = this.isQuarrel ? quarrelWaitMs : longestWaitMs;
    const waitMs = this.isQuarrel ? quarrelWaitMs : firstWaitMs * 2 ** Math.min(Math.max(0, this.#failures - 1), 20);
    return Math.min(longestMs, waitMs) * (0.5 + this.#random.next() / 2);
  }
}
