/**
 * Whether Home Assistant listens: an event is kept for nobody who comes later. It is known by what Home Assistant says at the broker, and
 * better where Homeroll is connected with it, too. Both count: only an audience that is missed by neither is there.
 */
import type { Greeting } from '../desk/index.ts';
import type { Clock, Random } from '../kernel/index.ts';

export interface AudienceParts {
  readonly clock: Clock;
  readonly random: Random;
  /** Homeroll is to be connected with it. Until that is so, nobody is known to listen. */
  readonly isConnectionMeant: boolean;
}

/** After Home Assistant has started all its devices speak to it; not all in the same moment. */
const mostPauseMs = 3_000;
// An update takes a few. Others may listen meanwhile, or it does not say when it is back.
export const longestAbsenceMs = 600_000;
// It has just started, and still makes the entities of what the broker keeps.
const settleMs = 5_000;
// Its birth message follows its start within seconds; later than that there is none, or at another topic.
const birthPatienceMs = 30_000;

export class Audience {
  readonly #parts: AudienceParts;
  /** When its devices speak to it. */
  #greetedAtMs: number | undefined;
  #awaitedUntilMs = 0;
  #isConnected: boolean | undefined;
  #connectionAwaitedUntilMs = 0;

  constructor(parts: AudienceParts) {
    this.#parts = parts;
    if (parts.isConnectionMeant) this.#connectionAwaitedUntilMs = parts.clock.elapsed() + longestAbsenceMs;
  }

  /** An earlier life heard it say goodbye, so long ago. */
  recallFarewell(agoMs: number): void {
    this.#awaitedUntilMs = this.#parts.clock.elapsed() + longestAbsenceMs - Math.max(0, agoMs);
  }

  /** It says goodbye, or that it has started: either way it does not know the devices now. */
  hear(said: Greeting, isRetained: boolean): void {
    const nowMs = this.#parts.clock.elapsed();
    // Said who knows when: it is there, and knows what the broker keeps.
    if (said === 'birth' && isRetained) {
      this.#awaitedUntilMs = 0;
      return;
    }
    this.#awaitedUntilMs = nowMs + longestAbsenceMs;
    const pauseMs = this.#parts.random.next() * mostPauseMs;
    this.#greetedAtMs = said === 'birth' ? Math.min(this.#greetedAtMs ?? Number.POSITIVE_INFINITY, nowMs + pauseMs) : undefined;
  }

  /** Homeroll is connected with it, and it has finished starting; or not any more. */
  noteConnection(isUp: boolean): void {
    const nowMs = this.#parts.clock.elapsed();
    if (this.#isConnected === isUp) return;
    this.#isConnected = isUp;
    this.#connectionAwaitedUntilMs = nowMs + (isUp ? settleMs : longestAbsenceMs);
    // It has said goodbye, and may have its birth message elsewhere.
    if (isUp && nowMs < this.#awaitedUntilMs) this.#greetedAtMs ??= nowMs + birthPatienceMs;
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
    return this.#parts.clock.elapsed() < Math.max(this.#awaitedUntilMs, this.#connectionAwaitedUntilMs);
  }
}
