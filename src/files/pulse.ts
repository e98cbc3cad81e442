/** Notices that the process stood still for a moment, as a paused container does: the system may have dropped events meanwhile. */
import { type Clock, isAbort } from '../kernel/index.ts';

// 200 ms: a stop of half a second is noticed, wherever it falls; five short looks a second cost nothing that can be measured.
const everyMs = 200;
const lateMs = 300;

type OnStill = (why: string) => void;

/** Beats while somebody asks about it. */
export class Pulse {
  readonly #clock: Clock;
  readonly #cpuMs: () => number;
  readonly #askers = new Set<OnStill>();
  #beating = new AbortController();

  /** @param cpuMs how long this process has worked so far, on all processors together */
  constructor(clock: Clock, cpuMs: () => number) {
    this.#clock = clock;
    this.#cpuMs = cpuMs;
  }

  /** Until `signal` is aborted. */
  onStill(ask: OnStill, signal: AbortSignal): void {
    if (signal.aborted) return;
    this.#askers.add(ask);
    const leave = (): void => {
      this.#askers.delete(ask);
      if (this.#askers.size === 0) this.#beating.abort();
    };
    signal.addEventListener('abort', leave, { once: true });
    if (this.#askers.size > 1) return;
    this.#beating = new AbortController();
    this.#beat(this.#beating.signal).catch((error: unknown) => {
      if (!isAbort(error) && this.#askers.size > 0) throw error;
    });
  }

  async #beat(signal: AbortSignal): Promise<void> {
    for (let before = this.#look(); ; before = this.#look()) {
      await this.#clock.sleep(everyMs, signal);
      const now = this.#look();
      const why = whyUnsure({ tookMs: now.elapsedMs - before.elapsedMs, workedMs: now.cpuMs - before.cpuMs });
      if (why !== undefined) for (const ask of [...this.#askers]) ask(why);
    }
  }

  #look(): { readonly elapsedMs: number; readonly cpuMs: number } {
    return { elapsedMs: this.#clock.elapsed(), cpuMs: this.#cpuMs() };
  }
}

/** Pure; exported for its test. @param tookMs from one beat to the next @param workedMs how much of it this process worked */
export function whyUnsure({ tookMs, workedMs }: { readonly tookMs: number; readonly workedMs: number }): string | undefined {
  if (tookMs - everyMs <= lateMs) return undefined;
  // A beat that is late because of our own work is no sign: events are taken in by a thread of their own meanwhile.
  if (workedMs > tookMs / 2) return undefined;
  return `Homeroll stood still for ${((tookMs - everyMs) / 1000).toFixed(1)} s`;
}

export function cpuOfProcess(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
