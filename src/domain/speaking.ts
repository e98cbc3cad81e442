/** When a speaker may speak, and what becomes of news that it may not say now. Pure: all that waits and how things stand in, a plan out. */
import { gatherSpoken, type ToldInWords } from './gather-news.ts';
import { isProblem } from './news-topics.ts';
import { nightAt, type QuietHours } from './quiet-hours.ts';
import { isOver } from './waiting.ts';

export interface SpeakableNews extends ToldInWords {
  readonly madeAtMs: number;
}

export interface SpeakQuestion<N extends SpeakableNews = SpeakableNews> {
  /** In the order in which it came. */
  readonly waiting: readonly N[];
  readonly nowMs: number;
  readonly timeZone: string;
  readonly quietHours: QuietHours;
  readonly gapMs: number;
  /** Of the announcement before; undefined: there was none. */
  readonly lastAtMs: number | undefined;
  /** Nobody knows: as if nobody were. */
  readonly isSomebodyHome: boolean;
  /** Why it cannot be announced on; undefined: it can. */
  readonly hitch: string | undefined;
}

export interface Speaking<N extends SpeakableNews = SpeakableNews> {
  readonly say?: { readonly news: readonly N[]; readonly text: string };
  /** To be told on the phones in its place. */
  readonly instead: readonly N[];
  /** Of yesterday: nobody wants to hear it any more. */
  readonly letGo: readonly N[];
  /** What waits on is looked at again then, or when somebody comes home or the speaker comes back. */
  readonly waitUntilMs?: number;
}

// Nobody who comes home in the evening wants to hear what became safe at noon.
const picturesPatienceMs = 3_600_000;
const problemsPatienceMs = 86_400_000;
// About twenty seconds of speech.
const longestText = 300;

export function planSpeaking<N extends SpeakableNews>(question: SpeakQuestion<N>): Speaking<N> {
  const { waiting, nowMs, hitch } = question;
  const letGo = waiting.filter((news) => isOld(news, nowMs));
  const fresh = waiting.filter((news) => !letGo.includes(news));
  const nothing = { instead: [], letGo };
  if (fresh.length === 0) return nothing;
  const waitUntilMs = waitUntil(question, fresh);
  if (waitUntilMs !== undefined) return { ...nothing, waitUntilMs };
  if (hitch !== undefined) return { ...nothing, instead: fresh };
  return { ...nothing, say: { news: fresh, text: gatherSpoken(fresh, longestText) } };
}

function waitUntil(question: SpeakQuestion, fresh: readonly SpeakableNews[]): number | undefined {
  const { nowMs, quietHours, timeZone, isSomebodyHome, lastAtMs, gapMs, hitch } = question;
  const night = nightAt(nowMs, quietHours, timeZone);
  if (night.startMs <= nowMs) return night.endMs;
  // The first of them to become too old is let go then.
  if (!isSomebodyHome) return Math.max(nowMs + 1, Math.min(...fresh.map((news) => news.madeAtMs + patienceOf(news))));
  const isTooSoon = hitch === undefined && lastAtMs !== undefined && !isOver({ sinceMs: lastAtMs, forMs: gapMs }, nowMs);
  return isTooSoon ? lastAtMs + gapMs : undefined;
}

function patienceOf(news: SpeakableNews): number {
  return isProblem(news) ? problemsPatienceMs : picturesPatienceMs;
}

function isOld(news: SpeakableNews, nowMs: number): boolean {
  return nowMs - news.madeAtMs >= patienceOf(news);
}
