/** Kills the process at a named place, or writes down the places it comes by, for tests that ask for it in the environment. */
import { appendFileSync } from 'node:fs';
import { type CrashPoints, noCrashPoints } from '../kernel/index.ts';

export interface CrashWish {
  /** HOMEROLL_CRASH_AT: `after hash:3` is the third time that this point is reached; without a number the first. */
  readonly at?: string | undefined;
  /** HOMEROLL_CRASH_LOG: a file that gets a line for each point reached, as `at` takes it. */
  readonly logFile?: string | undefined;
}

export function crashPointsOf({ at, logFile }: CrashWish, kill: () => void): CrashPoints {
  if (!at && !logFile) return noCrashPoints;
  const fatal = at && /:\d+$/.test(at) ? at : `${at}:1`;
  const reaches = new Map<string, number>();
  return {
    reach(name) {
      const count = (reaches.get(name) ?? 0) + 1;
      reaches.set(name, count);
      const reached = `${name}:${count}`;
      if (logFile) appendFileSync(logFile, `${reached}\n`);
      if (at && reached === fatal) kill();
    },
  };
}
