/** Says what a failure of a step means for the file, once the account itself is known not to be the cause. */
import { DiskError } from '../files/index.ts';
import { ImmichError } from '../immich/index.ts';
import { type Log, sentenceOf } from '../kernel/index.ts';
import { happened, type Outcome, retry } from './outcome.ts';

/** An ImmichError or DiskError in its sense; anything else is a bug: logged, and tried again later, so that nothing is lost by it. */
export function outcomeOfFailure(error: unknown, log: Log): Outcome {
  if (error instanceof DiskError) {
    // Where a link or a pipe stands by now there is no file any more.
    if (error.kind === 'vanished' || error.kind === 'not a file') return happened('vanished');
    return error.isPassing || error.kind === 'forbidden' ? retry(error.message) : happened('blocked', { reason: error.message });
  }
  if (error instanceof ImmichError) {
    if (error.kind === 'silent') return { kind: 'retry', reason: error.message, isAtOnce: true };
    // A full quota or a missing permission is mended by a person, but not file by file: it goes on by itself then.
    const isMendedElsewhere = error.kind === 'quota full' || error.kind === 'permission missing';
    if (error.retry !== 'never' || isMendedElsewhere) return retry(error.message, error.retryAfterMs);
    return happened('blocked', { reason: error.message });
  }
  log.error('a step failed in a way it never should', {
    error: sentenceOf(error),
    stack: error instanceof Error ? error.stack : undefined,
  });
  return retry(`Homeroll itself failed here (${sentenceOf(error)}). Please report it; the file is tried again.`);
}
