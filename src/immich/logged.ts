/** Immich with a line for us per call. That Immich went away or came back is told to owners elsewhere, once. */
import { type Clock, type Log, sentenceOf } from '../kernel/index.ts';
import { around } from './around.ts';
import { ImmichError } from './failures.ts';
import type { Immich } from './immich.ts';

export function logged(immich: Immich, { log, clock }: { readonly log: Log; readonly clock: Clock }): Immich {
  return around(immich, async (name, call) => {
    const startedMs = clock.elapsed();
    const tookMs = (): number => Math.round(clock.elapsed() - startedMs);
    try {
      const answer = await call();
      log.debug('asked Immich', { call: name, ms: tookMs(), outcome: 'answered' });
      return answer;
    } catch (error) {
      const outcome = error instanceof ImmichError ? error.kind : 'failed';
      log.debug('asked Immich', { call: name, ms: tookMs(), outcome, why: sentenceOf(error) });
      throw error;
    }
  });
}
