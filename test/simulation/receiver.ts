/** The household's phone: takes news by webhook, is away at times, and sometimes takes something without its answer arriving. */
import type { Random } from '../../src/kernel/index.ts';
import type { Posted } from '../../src/tell/index.ts';

export interface Heard {
  readonly id: string;
  readonly kind: string;
  readonly text: string;
  readonly facts: Readonly<Record<string, unknown>>;
}

export class Receiver {
  isAway = false;
  /** How often an answer is lost, 0 to 1. */
  lostAnswers = 0;
  /** Everything that arrived, repetitions too. */
  readonly heard: Heard[] = [];
  readonly #random: Random;

  constructor(random: Random) {
    this.#random = random;
  }

  async post(body: unknown): Promise<Posted> {
    if (this.isAway) return { kind: 'failed', problem: 'phone.test cannot be reached', isRefused: false };
    this.heard.push(body as Heard);
    if (this.#random.next() < this.lostAnswers) return { kind: 'failed', problem: 'phone.test does not answer', isRefused: false };
    return { kind: 'taken' };
  }
}
