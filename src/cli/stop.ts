/** What signals mean: the first one asks everything to end tidily, the second one ends at once. */
import type { Clock } from '../kernel/index.ts';

export interface Stop {
  readonly signal: AbortSignal;
  /** Name of the signal that came. */
  cause(): string | undefined;
  /** From now on SIGHUP is no end, but a wish. */
  takeHangUps(listener: () => void): void;
}

/** The process, as far as signals go. */
export interface Signalled {
  on(signal: 'SIGINT' | 'SIGTERM' | 'SIGHUP', listener: () => void): unknown;
  exit(code: number): void;
}

// Ten seconds are promised; whatever still hangs then is safe to leave, as any crash is.
const patienceMs = 8_500;

/** @param codeWhenHanging what to end with when the tidy end takes too long */
export function stopOnSignals(program: Signalled, clock: Clock, codeWhenHanging: () => number): Stop {
  const stopping = new AbortController();
  let cause: string | undefined;
  let onHangUp: (() => void) | undefined;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    program.on(signal, () => {
      if (signal === 'SIGHUP' && onHangUp) return onHangUp();
      if (cause !== undefined) return program.exit(130);
      cause = signal;
      stopping.abort();
      // Its timer must not keep the process, so the event loop's end cuts it short.
      clock.sleep(patienceMs, new AbortController().signal).then(
        () => program.exit(codeWhenHanging()),
        () => undefined,
      );
    });
  }
  return {
    signal: stopping.signal,
    cause: () => cause,
    takeHangUps: (listener) => {
      onHangUp = listener;
    },
  };
}
