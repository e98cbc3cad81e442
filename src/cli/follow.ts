/** Looks at the work while it goes on and shows it: how much is safe, how fast, and what comes to its end. */
import { happenedSince, numbersIn } from '../desk/index.ts';
import type { OpenHomeroll } from './app-port.ts';
import { type Look, type LookingOn, lookingOn } from './looking-on.ts';
import { isUnderWay, paceOf, progressBlock, progressLine, type Sample } from './progress.ts';

export interface Following extends LookingOn {
  readonly open: Pick<OpenHomeroll, 'journal' | 'work'>;
  /** Names of the sources that count. */
  readonly sources: readonly string[];
  /** Also a sentence about each file that comes to its end. */
  readonly tellsEndings?: boolean;
}

const memoryMs = 5_000;

/** Follows `work` for as long as it takes. */
export function followed<T>(following: Following, work: () => Promise<T>): Promise<T> {
  const { open, screen, isJson, tellsEndings = false } = following;
  let samples: readonly Sample[] = [];
  let lastId = tellsEndings ? open.journal.history.lastId() : 0;
  const tellEndings = (): void => {
    const { sentences, ...seen } = happenedSince(open.journal, lastId);
    lastId = seen.lastId;
    for (const sentence of sentences) screen.say(sentence);
  };
  const look = (): Look => {
    if (tellsEndings) tellEndings();
    const sample = sampleOf(following);
    samples = [...samples.filter(({ atMs }) => sample.atMs - atMs < memoryMs), sample];
    const pace = paceOf(samples);
    return {
      block: () => (isUnderWay(sample) ? progressBlock(sample, pace, { columns: screen.asideColumns, paint: screen.asidePaint }) : []),
      line: () => {
        if (!isUnderWay(sample)) return undefined;
        return isJson ? JSON.stringify({ progress: { files: sample.files, bytes: sample.bytes, ...pace } }) : progressLine(sample, pace);
      },
    };
  };
  return lookingOn(following, look, work);
}

function sampleOf({ open, sources, clock }: Following): Sample {
  const { uploadedBytes, provenBytes, inHand } = open.work;
  return {
    atMs: clock.elapsed(),
    ...numbersIn(open.journal, sources),
    movedBytes: uploadedBytes + provenBytes,
    ...(inHand !== undefined && { inHand }),
  };
}
