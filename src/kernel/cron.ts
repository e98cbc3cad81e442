/** When a schedule comes round again. The calendar of a cron text is croner's; what the change of clocks does to it is ours. */
import { Cron } from 'croner';
import { instantOf, wallClock } from './time.ts';

const nicknames: readonly string[] = ['@hourly', '@daily', '@midnight', '@weekly', '@monthly', '@yearly', '@annually'];

// Longer than any jump forward of a clock (24 h when Samoa crossed the date line).
const longestJumpMs = 25 * 3_600_000;

/** What is wrong with a cron text of five fields (minute hour day month weekday) or a nickname like `@daily`; undefined when nothing is. */
export function cronProblem(text: string): string | undefined {
  // croner would also take an ISO date, which comes only once and is no schedule.
  if (text.startsWith('@')) {
    const isKnown = nicknames.includes(text.trim().toLowerCase());
    return isKnown ? undefined : `after an @ comes one of ${nicknames.map((name) => name.slice(1)).join(', ')}`;
  }
  if (text.trim().split(/\s+/).length !== 5) {
    return 'a schedule has five fields: minute, hour, day, month, weekday';
  }
  try {
    return calendarOf(text).nextRun(new Date(0)) ? undefined : 'that day never comes';
  } catch (error) {
    return error instanceof Error ? error.message.replace(/^CronPattern: /, '') : String(error);
  }
}

/**
 * The first run after `fromMs` (both unix ms) of a schedule told by the clocks of `timeZone`, an IANA name.
 * A time skipped in spring comes an hour later, a time shown twice in autumn only the first time: a daily schedule runs once on every day.
 * @throws when the text is not a schedule (see {@link cronProblem})
 */
export function nextRun(cron: string, timeZone: string, fromMs: number): number {
  const calendar = calendarOf(cron);
  let first = Number.POSITIVE_INFINITY;
  // The schedule is read as if the wall clock never jumped ("as UTC"), and each reading is then placed on the real clock.
  let faceMs = faceOf(fromMs, timeZone) - jumpBefore(fromMs, timeZone);
  for (;;) {
    const next = calendar.nextRun(new Date(faceMs));
    if (!next) throw new Error(`the schedule "${cron}" never comes`);
    faceMs = next.getTime();
    const runMs = instantOf(wallClock(faceMs, 'UTC'), timeZone);
    if (runMs <= fromMs) continue;
    first = Math.min(first, runMs);
    // A reading inside a jump lands later than some that follow it; the first one outside settles the order.
    if (faceOf(runMs, timeZone) === faceMs) return first;
  }
}

function calendarOf(cron: string): Cron {
  return new Cron(cron, { timezone: 'UTC', mode: '5-part', paused: true });
}

/** What the clock shows, as if it were UTC. */
function faceOf(epochMs: number, timeZone: string): number {
  return instantOf(wallClock(epochMs, timeZone), 'UTC');
}

/** How far the clocks were put forward lately: readings of that stretch may still be to come. */
function jumpBefore(epochMs: number, timeZone: string): number {
  const shown = faceOf(epochMs, timeZone) - faceOf(epochMs - longestJumpMs, timeZone);
  return Math.max(0, shown - longestJumpMs);
}
