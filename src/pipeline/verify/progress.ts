/** How far a round of verifying is, for those who look from outside. */
import type { Journal } from '../../journal/index.ts';

export interface VerifyProgress {
  readonly sinceMs: number;
  readonly total: number;
  readonly done: number;
  readonly damaged: number;
}

interface Noted extends VerifyProgress {
  /** When the reading of the present one began. */
  readonly atMs: number;
}

const factName = 'verifying';

// Longer than any picture takes: who noted it was ended, and could not say so.
const believedForMs = 3_600_000;

export function noteProgress(journal: Pick<Journal, 'facts'>, { sinceMs, atMs, total, done, damaged }: Noted): void {
  journal.facts.set(factName, JSON.stringify({ sinceMs, atMs, total, done, damaged } satisfies Noted));
}

export function forgetProgress(journal: Pick<Journal, 'facts'>): void {
  journal.facts.forget(factName);
}

/** Undefined: nothing is being verified. */
export function verifyProgress(journal: Pick<Journal, 'facts'>, nowMs: number): VerifyProgress | undefined {
  const noted = journal.facts.get(factName);
  if (noted === undefined) return undefined;
  const { atMs, ...progress } = JSON.parse(noted) as Noted;
  return nowMs - atMs < believedForMs ? progress : undefined;
}
