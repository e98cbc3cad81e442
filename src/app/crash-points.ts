/** Kills the process at a named place, for tests that ask for it in the environment: HOMEROLL_CRASH_AT=name or name:nth. */
import { type CrashPoints, noCrashPoints } from '../kernel/index.ts';

/** @param wish `after upload:3`: at the third time that point is reached */
export function crashPointsOf(wish: string | undefined, kill: () => void): CrashPoints {
  if (!wish) return noCrashPoints;
  const [, name = wish, nth = '1'] = /^(.*):(\d+)$/.exec(wish) ?? [];
  let left = Number(nth);
  return {
    reach(reached) {
      if (reached !== name) return;
      left -= 1;
      if (left === 0) kill();
    },
  };
}
