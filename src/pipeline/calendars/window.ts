/** Which days Home Assistant is asked about, and when again. Pure. */

/** Instants, unix ms. */
export interface Window {
  readonly fromMs: number;
  readonly untilMs: number;
}

const dayMs = 86_400_000;
const hourMs = 3_600_000;
// An entry that moves across the end of a month is still seen to be the same.
const marginMs = 15 * dayMs;
// Entries of last month are still written down, renamed and moved; those of last year hardly ever.
const livelyForMs = 62 * dayMs;

/** @param month of UTC, `2026-06` */
export function windowAround(month: string): Window {
  const { fromMs, untilMs } = monthOf(month);
  return { fromMs: fromMs - marginMs, untilMs: untilMs + marginMs };
}

/** An entry that begins then is in an answer about the window, in whatever zone its days are meant. */
export function isSurelyIn(beginMs: number, { fromMs, untilMs }: Window): boolean {
  return beginMs >= fromMs + dayMs && beginMs < untilMs - dayMs;
}

/** No answer counts for longer. */
export const longestFreshMs = 7 * dayMs;

export function askAgainAtMs(month: string, nowMs: number): number {
  return nowMs + (nowMs - monthOf(month).untilMs < livelyForMs ? hourMs : longestFreshMs);
}

function monthOf(month: string): Window {
  const [year = 0, number = 0] = month.split('-').map(Number);
  return { fromMs: Date.UTC(year, number - 1), untilMs: Date.UTC(year, number) };
}
