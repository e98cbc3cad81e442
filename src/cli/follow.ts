/** Looks at the work while it goes on and shows it: in place on a terminal, else a line now and then. */
import { happenedSince, numbersIn } from '../desk/index.ts';
import type { Clock } from '../kernel/index.ts';
import type { OpenHomeroll } from './app-port.ts';
import { isUnderWay, paceOf, progressBlock, progressLine, type Sample } from './progress.ts';
import type { Screen } from './screen.ts';

export interface Following {
  readonly open: Pick<OpenHomeroll, 'journal' | 'work'>;
  /** Names of the sources that count. */
  readonly sources: readonly string[];
  readonly screen: Screen;
  readonly clock: Clock;
  /** Lines of JSON instead. */
  readonly isJson: boolean;
  /** Also a sentence about each file that comes to its end. */
  readonly tellsEndings?: boolean;
}

const lookEveryMs = 200;
const lineEveryMs = 5_000;
const memoryMs = 5_000;

/** Until `signal` is aborted; leaves nothing on the screen but what was said. */
export async function follow(following: Following, signal: AbortSignal): Promise<void> {
  const { open, screen, clock, isJson, tellsEndings = false } = following;
  let samples: readonly Sample[] = [];
  let toldAtMs = clock.elapsed();
  let lastId = tellsEndings ? open.journal.history.lastId() : 0;
  try {
    while (!signal.aborted) {
      await clock.sleep(lookEveryMs, signal);
      if (tellsEndings) {
        const { sentences, ...seen } = happenedSince(open.journal, lastId);
        lastId = seen.lastId;
        for (const sentence of sentences) screen.say(sentence);
      }
      const sample = look(following);
      samples = [...samples.filter(({ atMs }) => sample.atMs - atMs < memoryMs), sample];
      const isBlockWanted = screen.isLive && !isJson;
      if (isBlockWanted)
        screen.show(
          isUnderWay(sample) ? progressBlock(sample, paceOf(samples), { columns: screen.asideColumns, paint: screen.asidePaint }) : [],
        );
      else if (sample.atMs - toldAtMs >= lineEveryMs && isUnderWay(sample)) {
        toldAtMs = sample.atMs;
        screen.say(
          isJson
            ? JSON.stringify({ progress: { files: sample.files, bytes: sample.bytes, ...paceOf(samples) } })
            : progressLine(sample, paceOf(samples)),
        );
      }
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    screen.show([]);
  }
}

/** Follows `work` for as long as it takes. */
export async function followed<T>(following: Following, work: () => Promise<T>): Promise<T> {
  const ended = new AbortController();
  const watching = follow(following, ended.signal);
  // What it stumbles over is told when the work has ended, too.
  watching.catch(() => undefined);
  try {
    return await work();
  } finally {
    ended.abort();
    await watching;
  }
}

function look({ open, sources, clock }: Following): Sample {
  const { uploadedBytes, provenBytes, inHand } = open.work;
  return {
    atMs: clock.elapsed(),
    ...numbersIn(open.journal, sources),
    movedBytes: uploadedBytes + provenBytes,
    ...(inHand !== undefined && { inHand }),
  };
}
