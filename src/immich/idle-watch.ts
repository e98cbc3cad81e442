/** Notices that the other side has stopped. There is no limit to how long a transfer takes, only to how long it stands still. */
import type { Clock } from '../kernel/index.ts';

export interface IdleWatch {
  /** From now on the other side has `limitMs` to do something. */
  expect(limitMs: number): void;
  /** It is our turn: waiting for a slow disk is not Immich's silence. */
  rest(): void;
  stop(): void;
}

/**
 * @param lookMs how often to look at the least, not longer than the shortest limit. A silence that begins between two looks is noticed
 *               when its limit is over, or one look later. One sleep per look, because a timer per chunk would cost more than sending it.
 */
export function watchIdle(clock: Clock, lookMs: number, onSilence: () => void): IdleWatch {
  const stopping = new AbortController();
  let deadlineMs = Number.POSITIVE_INFINITY;
  let isWatching = false;

  const watch = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      if (clock.elapsed() >= deadlineMs) return onSilence();
      const leftMs = Math.max(1, deadlineMs - clock.elapsed());
      await clock.sleep(Math.min(lookMs, leftMs), stopping.signal).catch(() => undefined);
    }
  };
  return {
    expect(limitMs) {
      deadlineMs = clock.elapsed() + limitMs;
      if (isWatching) return;
      isWatching = true;
      void watch();
    },
    rest() {
      deadlineMs = Number.POSITIVE_INFINITY;
    },
    stop: () => stopping.abort(),
  };
}
