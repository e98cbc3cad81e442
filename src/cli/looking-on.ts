/** Looks at work every moment for as long as it takes, and leaves nothing on the screen but what was said. */
import type { Clock } from '../kernel/index.ts';
import type { Screen } from './screen.ts';

export interface LookingOn {
  readonly screen: Screen;
  readonly clock: Clock;
  /** Lines of JSON instead. */
  readonly isJson: boolean;
}

/** What one look shows: in place on a terminal, else as a line now and then. */
export interface Look {
  readonly block: () => readonly string[];
  /** Undefined: nothing worth a line. */
  readonly line: () => string | undefined;
}

const lookEveryMs = 200;
const lineEveryMs = 5_000;

/** @param look undefined: there is nothing to see yet */
export async function lookingOn<T>(on: LookingOn, look: () => Look | undefined, work: () => Promise<T>): Promise<T> {
  const ended = new AbortController();
  const watching = watch(on, look, ended.signal);
  // What it stumbles over is told when the work has ended, too.
  watching.catch(() => undefined);
  try {
    return await work();
  } finally {
    ended.abort();
    await watching;
  }
}

async function watch({ screen, clock, isJson }: LookingOn, look: () => Look | undefined, signal: AbortSignal): Promise<void> {
  let toldAtMs = clock.elapsed();
  try {
    while (!signal.aborted) {
      await clock.sleep(lookEveryMs, signal);
      const seen = look();
      if (!seen) continue;
      if (screen.isLive && !isJson) {
        screen.show(seen.block());
        continue;
      }
      if (clock.elapsed() - toldAtMs < lineEveryMs) continue;
      const line = seen.line();
      if (line === undefined) continue;
      toldAtMs = clock.elapsed();
      screen.say(line);
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    screen.show([]);
  }
}
