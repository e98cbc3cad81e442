/** Who wants to hear of something. One that fails keeps no other from hearing it, and is logged. */
import { type Log, sentenceOf } from '../kernel/index.ts';

export class Listeners<L> {
  readonly #log: Log;
  readonly #all = new Set<{ readonly listener: L }>();

  constructor(log: Log) {
    this.#log = log;
  }

  /** @returns stops it */
  add(listener: L): () => void {
    const one = { listener };
    this.#all.add(one);
    return () => void this.#all.delete(one);
  }

  get all(): readonly L[] {
    return [...this.#all].map(({ listener }) => listener);
  }

  tell(say: (listener: L) => void): void {
    for (const one of [...this.#all]) {
      try {
        if (this.#all.has(one)) say(one.listener);
      } catch (error) {
        this.#log.error('what Home Assistant said could not be taken', { error: sentenceOf(error) });
      }
    }
  }
}
