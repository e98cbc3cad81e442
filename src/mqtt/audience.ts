/** Whether Home Assistant listens, by what it says of itself: an event is kept for nobody who comes later. */
import type { Clock, Random } from '../kernel/index.ts';
import { offline, online } from './discovery.ts';

export interface AudienceParts {
  readonly clock: Clock;
  readonly random: Random;
}

/** After Home Assistant has started all its devices speak to it; not all in the same moment. */
const mostPauseMs = 3_000;
// An update takes a few. Others may listen meanwhile, or it does not say when it is back.
const longestAbsenceMs = 600_000;

export class Audience {
  readonly #parts: AudienceParts;
  /** When its devices speak to it. */
  #greetedAtMs: number | undefined;
  #awaitedUntilMs = 0;

  constructor(parts: AudienceParts) {
    this.#parts = parts;
  }

  /** It says goodbye, or that it has started: either way it does not know the devices now. */
  hear(payload: string): void {
    const nowMs = this.#parts.clock.elapsed();
    if (payload !== online && payload !== offline) return;
    this.#awaitedUntilMs = nowMs + longestAbsenceMs;
    const pauseMs = this.#parts.random.next() * mostPauseMs;
    this.#greetedAtMs = payload === online ? (this.#greetedAtMs ?? nowMs + pauseMs) : undefined;
  }

  /** True once after each of its starts: everything is to be said again, and then it listens. */
  hasStarted(): boolean {
    const isSo = this.#greetedAtMs !== undefined && this.#parts.clock.elapsed() >= this.#greetedAtMs;
    if (isSo) {
      this.#greetedAtMs = undefined;
      this.#awaitedUntilMs = 0;
    }
    return isSo;
  }

  /** Gone, or just starting: events wait for it, though not for ever. */
  get isAwaited(): boolean {
    return this.#parts.clock.elapsed() < this.#awaitedUntilMs;
  }
}
