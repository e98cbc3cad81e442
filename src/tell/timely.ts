/** Which news may be told now on a way that gathers them, which wait for their time of day, and which nobody wants to hear any more. Pure. */
import { isProblem, nextTimeOfDay } from '../domain/index.ts';
import type { News } from '../journal/index.ts';
import type { Brought } from './bringer.ts';

export interface TimelyWish {
  /** Wall-clock time: what is told of pictures waits until then. Undefined: told at once. */
  readonly digestAt?: string | undefined;
  readonly timeZone: string;
  readonly nowMs: number;
}

export interface Timely {
  /** What is settled without telling anybody. */
  readonly untold: readonly Brought[];
  /** To be told now: pictures of all sources in one message. */
  readonly gathered: readonly News[];
  readonly single: readonly News[];
}

const dayMs = 86_400_000;
const picturesPatienceMs = 2 * dayMs;

export function timely(news: readonly News[], wish: TimelyWish): Timely {
  const untold: Brought[] = [];
  const gathered: News[] = [];
  const single: News[] = [];
  for (const one of news) {
    const isStale = !isProblem(one) && wish.nowMs - one.madeAtMs > picturesPatienceMs;
    const atMs = toldAtMs(one, wish);
    if (isStale) untold.push({ news: [one], fate: { kind: 'let go', because: 'it is older than two days' } });
    else if (atMs > wish.nowMs) untold.push({ news: [one], fate: { kind: 'later', atMs } });
    else (wish.digestAt !== undefined && one.facts.isAtOnce !== true ? gathered : single).push(one);
  }
  return { untold, gathered, single };
}

function toldAtMs(news: News, { digestAt, timeZone, nowMs }: TimelyWish): number {
  // Made far in the future: the clock was set back, and that evening may be years away.
  const isAstray = news.madeAtMs > nowMs + dayMs;
  if (digestAt === undefined || isProblem(news) || news.facts.isAtOnce === true || isAstray) return nowMs;
  return nextTimeOfDay(news.madeAtMs, digestAt, timeZone);
}
