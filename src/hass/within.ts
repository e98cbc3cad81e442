/** Waits for Home Assistant no longer than one's patience lasts. */
import type { Clock } from '../kernel/index.ts';
import { HomeAssistantError } from './home-assistant.ts';

// It answers in milliseconds; an action that talks to a speaker may take seconds.
export const patienceMs = 10_000;

export interface Patience {
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** What is said when it was too long. */
  readonly sentence: string;
}

/**
 * @param work is told by its signal when nobody waits for it any more; what it says after that is dropped
 * @throws HomeAssistantError `away` when it took too long
 */
export async function within<R>(work: (signal: AbortSignal) => Promise<R>, { clock, signal, sentence }: Patience): Promise<R> {
  signal.throwIfAborted();
  const ending = new AbortController();
  const both = AbortSignal.any([signal, ending.signal]);
  const patience = clock.sleep(patienceMs, both).then(() => {
    throw new HomeAssistantError('away', sentence);
  });
  try {
    return await Promise.race([work(both), patience]);
  } finally {
    ending.abort();
    patience.catch(() => undefined);
  }
}
