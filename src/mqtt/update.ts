/** Asks once a day whether there is a newer Homeroll. No answer is no news. */
import type { Clock } from '../kernel/index.ts';

export interface UpdateParts {
  readonly clock: Clock;
  /** `0.1.0`, the one that runs. */
  readonly version: string;
  /** The newest there is; undefined: nobody could be asked. */
  readonly askNewest: (signal: AbortSignal) => Promise<string | undefined>;
}

const everyMs = 86_400_000;

export class UpdateWatch {
  readonly #parts: UpdateParts;
  #newest: string | undefined;

  constructor(parts: UpdateParts) {
    this.#parts = parts;
  }

  /** As Home Assistant reads it. Until somebody was asked the one that runs is the newest that is known. */
  get state(): Readonly<Record<string, string>> {
    const { version } = this.#parts;
    return { installed_version: version, latest_version: this.#newest ?? version, title: 'Homeroll' };
  }

  /** Until `signal` is aborted. */
  async run(signal: AbortSignal): Promise<void> {
    const { clock, askNewest } = this.#parts;
    while (!signal.aborted) {
      this.#newest = (await askNewest(signal)) ?? this.#newest;
      await clock.sleep(everyMs, signal).catch(() => undefined);
    }
  }
}
