/** How long a run that is to end waits for what cannot be done at once: files that settle, and tries that are due soon. */
import type { Journal } from '../journal/index.ts';
import type { Clock } from '../kernel/index.ts';
import type { Accounts } from './accounts.ts';
import type { Calendars } from './calendars/index.ts';
import { type Engine, earliest } from './engine.ts';
import type { SourceInUse } from './step.ts';

export interface PatienceParts {
  readonly engine: Pick<Engine, 'isAtRest' | 'whenAtRest' | 'wake'>;
  readonly accounts: Pick<Accounts, 'hindrances' | 'troubles'>;
  readonly calendars: Pick<Calendars, 'whenAtRest'>;
  readonly journal: Pick<Journal, 'files' | 'tally'>;
  readonly clock: Clock;
  readonly sources: readonly SourceInUse[];
  /** For retries; files that settle are waited for at most twice their quiet time. */
  readonly patienceMs: number;
}

export async function workUntilNothingIsDue(parts: PatienceParts, signal: AbortSignal): Promise<void> {
  const { engine, accounts, calendars, journal, clock, sources, patienceMs } = parts;
  const startMs = clock.elapsed();
  const settleMs = 2 * Math.max(0, ...sources.map(({ config }) => config.settleMs));
  while (!signal.aborted) {
    await engine.whenAtRest(signal);
    // What they say may give files something to do.
    await calendars.whenAtRest(signal);
    if (!engine.isAtRest) continue;
    const dueAtMs = earliest(journal.files.nextDueAtMs(), accounts.hindrances.nextAtMs());
    const troubles = accounts.troubles().some(({ isKeyRefused }) => !isKeyRefused);
    if (dueAtMs === undefined && !troubles) return;
    const isSettling = journal.tally.all().some(({ state }) => state === 'noticed');
    const leftMs = Math.max(patienceMs, isSettling ? settleMs : 0) - (clock.elapsed() - startMs);
    const waitMs = Math.max(50, (dueAtMs ?? clock.now() + 1_000) - clock.now());
    if (leftMs <= 0 || (waitMs > leftMs && !troubles)) return;
    await clock.sleep(Math.min(waitMs, leftMs, 1_000), signal);
    engine.wake();
  }
}
