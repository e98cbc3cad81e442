/**
 * How long a run that is to end waits for what cannot be done at once: files that settle, tries that are due soon, and answers of Immich
 * that do not come. It is counted from the last moment at which a file came further.
 */
import type { Journal } from '../journal/index.ts';
import type { Clock } from '../kernel/index.ts';
import type { Accounts } from './accounts.ts';
import type { Calendars } from './calendars/index.ts';
import { type Engine, earliest } from './engine.ts';
import type { SourceInUse } from './step.ts';

export interface PatienceParts {
  readonly engine: Pick<Engine, 'isAtRest' | 'isOnlyWaiting' | 'advances' | 'whenAtRestOrWaiting' | 'wake'>;
  readonly accounts: Pick<Accounts, 'hindrances' | 'troubles'>;
  readonly calendars: Pick<Calendars, 'whenAtRest'>;
  readonly journal: Pick<Journal, 'files' | 'tally'>;
  readonly clock: Clock;
  readonly sources: readonly SourceInUse[];
  /** For retries and answers; files that settle are waited for at most twice their quiet time. */
  readonly patienceMs: number;
}

const lookEveryMs = 1_000;
// Even who has no patience waits for an answer that is only a little late.
const leastForAnswersMs = 10_000;

export async function workUntilNothingIsDue(parts: PatienceParts, signal: AbortSignal): Promise<void> {
  const { engine, accounts, calendars, journal, clock, sources, patienceMs } = parts;
  let since = { atMs: clock.elapsed(), advances: engine.advances };
  let listenedMs = 0;
  const settleMs = 2 * Math.max(0, ...sources.map(({ config }) => config.settleMs));
  while (!signal.aborted) {
    await engine.whenAtRestOrWaiting(signal);
    if (engine.advances > since.advances) {
      since = { atMs: clock.elapsed(), advances: engine.advances };
      listenedMs = 0;
    }
    if (engine.isOnlyWaiting) {
      // Counted in looks: an hour that the computer slept through was no patience.
      if (listenedMs >= Math.max(patienceMs, leastForAnswersMs)) return;
      listenedMs += lookEveryMs;
      await clock.sleep(lookEveryMs, signal);
      continue;
    }
    // What they say may give files something to do.
    await calendars.whenAtRest(signal);
    if (!engine.isAtRest) continue;
    const dueAtMs = earliest(journal.files.nextDueAtMs(), accounts.hindrances.nextAtMs());
    const troubles = accounts.troubles().some(({ isKeyRefused }) => !isKeyRefused);
    if (dueAtMs === undefined && !troubles) return;
    const isSettling = journal.tally.all().some(({ state }) => state === 'noticed');
    const leftMs = Math.max(patienceMs, isSettling ? settleMs : 0) - (clock.elapsed() - since.atMs);
    const waitMs = Math.max(50, (dueAtMs ?? clock.now() + lookEveryMs) - clock.now());
    if (leftMs <= 0 || (waitMs > leftMs && !troubles)) return;
    await clock.sleep(Math.min(waitMs, leftMs, lookEveryMs), signal);
    engine.wake();
  }
}
