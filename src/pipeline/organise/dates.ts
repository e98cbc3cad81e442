/** Notes when pictures were taken that a calendar may name an album for, and asks for the months that nobody knows yet. */
import type { Journal } from '../../journal/index.ts';
import type { Clock } from '../../kernel/index.ts';
import type { SourceInUse } from '../step.ts';
import type { Plan } from './plan.ts';

export interface DateParts {
  readonly journal: Pick<Journal, 'calendarMonths' | 'transaction'>;
  readonly clock: Clock;
  readonly source: SourceInUse;
  /** Calendars are to be asked for more than before. */
  readonly onMonthWanted: () => void;
}

// An answer counts that long for pictures that come later: entries are often written down on the same day.
const freshForMs = 3_600_000;
const dayMs = 86_400_000;

/** In the same breath as the plans: what an answer says that comes later finds the pictures noted. */
export function noteDates(plans: readonly Plan[], { journal, clock, source, onMonthWanted }: DateParts): void {
  const calendars = new Set(source.config.calendars?.map(({ calendar }) => calendar));
  if (calendars.size === 0 || plans.length === 0) return;
  const nowMs = clock.now();
  let isMore = false;
  journal.transaction(() => {
    for (const { file, takenAtMs } of plans) {
      // A camera whose clock is wrong: no calendar tells of then.
      if (takenAtMs < 0 || takenAtMs > nowMs + dayMs) continue;
      const month = new Date(takenAtMs).toISOString().slice(0, 7);
      for (const calendar of calendars) {
        journal.calendarMonths.notePicture(calendar, file.id, takenAtMs);
        isMore = journal.calendarMonths.want({ calendar, month }, { nowMs, staleMs: nowMs - freshForMs }) || isMore;
      }
    }
  });
  if (isMore) onMonthWanted();
}
