/** Makes the history of a failure short: leaves happenings out for as long as the same kind of mistake still shows. */
import type { FaultyPart } from './mutants/faulty-part.ts';
import { type Happening, planWeek } from './plan.ts';
import { liveOneWeek, type WeekResult } from './week.ts';

export interface Shrunk extends WeekResult {
  readonly happenings: readonly Happening[];
  /** How many weeks it took to find out. */
  readonly tries: number;
}

// Every try is a week; half of them are over soon.
const mostTries = 120;

/** @param failed a week that went wrong with all that happened in it */
export async function shrink(failed: WeekResult, { faulty }: { readonly faulty?: FaultyPart | undefined } = {}): Promise<Shrunk> {
  const kind = failed.findings[0]?.kind;
  let shortest: Shrunk = { ...failed, happenings: planWeek(failed.seed), tries: 0 };
  let tries = 0;
  const stillFails = async (happenings: readonly Happening[]): Promise<boolean> => {
    tries += 1;
    const result = await liveOneWeek({ seed: failed.seed, happenings, faulty });
    if (!result.findings.some((finding) => finding.kind === kind)) return false;
    shortest = { ...result, happenings, tries };
    return true;
  };
  // Halves first, then ever smaller pieces, down to single happenings; from the end, where most has no part in it.
  for (let pieceLength = Math.ceil(shortest.happenings.length / 2); pieceLength >= 1; pieceLength = Math.floor(pieceLength / 2)) {
    for (let end = shortest.happenings.length; end > 0 && tries < mostTries; end -= pieceLength) {
      const start = Math.max(0, end - pieceLength);
      await stillFails(shortest.happenings.filter((_, index) => index < start || index >= end));
    }
  }
  return { ...shortest, tries };
}
