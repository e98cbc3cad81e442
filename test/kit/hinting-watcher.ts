/** A watcher that hears what a test says. */
import type { Hint, PathBytes, Subscription, Watcher } from '../../src/files/index.ts';

export class HintingWatcher implements Watcher {
  readonly #hearers = new Set<(hint: Hint) => void>();

  /** What the system says when it does not let us listen. */
  refusal: Error | undefined;
  refused = 0;
  /** How often somebody began to listen. */
  subscriptions = 0;

  async subscribe(_root: string, onHint: (hint: Hint) => void): Promise<Subscription> {
    if (this.refusal) {
      this.refused += 1;
      throw this.refusal;
    }
    this.#hearers.add(onHint);
    this.subscriptions += 1;
    return {
      [Symbol.asyncDispose]: async () => void this.#hearers.delete(onHint),
    };
  }

  get isListening(): boolean {
    return this.#hearers.size > 0;
  }

  /** What is subscribed hears nothing any more, and is not told so: as after a lazy unmount. */
  deafen(): void {
    this.#hearers.clear();
  }

  hint(path: PathBytes): void {
    this.say({ kind: 'path', path });
  }

  say(hint: Hint): void {
    for (const hear of [...this.#hearers]) hear(hint);
  }
}
