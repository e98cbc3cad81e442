/** When a source is swept: what is watched by the clock, what has a schedule by that, the others when somebody or something says so. */
import type { Journal } from '../../journal/index.ts';
import { type Clock, nextRun } from '../../kernel/index.ts';
import type { SourceInUse } from '../step.ts';

const localEveryMs = 3_600_000;
const shareEveryMs = 300_000;
// A local folder that we may not listen to is as good as a share, and walks through it cost more: it has many folders.
const deafEveryMs = 900_000;

/** What is known of the source's folder by now. */
export interface Hearing {
  readonly isShare: boolean;
  /** The system does not let us listen. */
  readonly isDeaf: boolean;
}

interface TimeParts {
  readonly journal: Pick<Journal, 'sources'>;
  readonly clock: Clock;
}

export function nextSweepAtMs(source: SourceInUse, hearing: Hearing, { journal, clock }: TimeParts): number {
  const { when } = source.config;
  if (when.kind === 'manual') return Number.POSITIVE_INFINITY;
  if (when.kind === 'circumstance') return missedRunAtMs(source, { journal, clock }) ?? Number.POSITIVE_INFINITY;
  if (when.kind === 'schedule') return nextRunAtMs(source, when, { journal, clock });
  const sweptAtMs = journal.sources.byId(source.id).sweptAtMs ?? clock.now();
  return Math.min(sweptAtMs, clock.now()) + everyMs(source, hearing);
}

/** As far off as the next sweep can be from now on. */
export function latestSweepAtMs(source: SourceInUse, hearing: Hearing, { clock }: Pick<TimeParts, 'clock'>): number {
  const { when } = source.config;
  if (when.kind === 'manual' || when.kind === 'circumstance') return Number.POSITIVE_INFINITY;
  return when.kind === 'schedule' ? nextRun(when.cron, when.timeZone, clock.now()) : clock.now() + everyMs(source, hearing);
}

function everyMs({ config: { sweepEveryMs } }: SourceInUse, { isShare, isDeaf }: Hearing): number {
  if (sweepEveryMs !== undefined) return sweepEveryMs;
  if (isShare) return shareEveryMs;
  return isDeaf ? deafEveryMs : localEveryMs;
}

/** A run that fell due while Homeroll was not running is made up for at once. */
function nextRunAtMs(source: SourceInUse, { cron, timeZone }: { cron: string; timeZone: string }, { journal, clock }: TimeParts): number {
  // What is still to come is asked anew: the owner may have changed the schedule.
  const dueAtMs = missedRunAtMs(source, { journal, clock }) ?? nextRun(cron, timeZone, clock.now());
  journal.sources.update(source.id, { runDueAtMs: dueAtMs });
  return dueAtMs;
}

/** Fell due, and no whole sweep has ended since. */
function missedRunAtMs({ id }: SourceInUse, { journal, clock }: TimeParts): number | undefined {
  const { runDueAtMs, sweptAtMs = 0 } = journal.sources.byId(id);
  return runDueAtMs !== undefined && runDueAtMs > sweptAtMs && runDueAtMs <= clock.now() ? runDueAtMs : undefined;
}
