/** A text that never shows itself: not in a log, not in JSON, not in an error, not in the debugger. */
import { inspect } from 'node:util';

const veil = '…';

export class Secret {
  readonly #text: string;
  constructor(text: string) {
    this.#text = text;
  }

  /** The text itself, for the one place that sends it. */
  reveal(): string {
    return this.#text;
  }

  toString(): string {
    return veil;
  }

  toJSON(): string {
    return veil;
  }

  [inspect.custom](): string {
    return veil;
  }
}
