/** Tells news to a phone, by Home Assistant's app: as few messages as can be, each in the place of the one before of its sort. */
import type { PhoneTeller } from '../config/index.ts';
import { isProblem, nextTimeOfDay, type PhoneMessage, phoneContent, phoneMessages } from '../domain/index.ts';
import type { Journal, News } from '../journal/index.ts';
import type { Clock, CrashPoints } from '../kernel/index.ts';
import { type AtHome, failureOf, whenUp } from './at-home.ts';
import type { Bringer, Fate } from './bringer.ts';
import { hangOnPhone, takeFromPhone } from './hung-on-phones.ts';
import type { FindPicture } from './picture.ts';

export interface PhoneParts extends AtHome {
  readonly journal: Pick<Journal, 'facts'>;
  readonly clock: Clock;
  readonly crashPoints: CrashPoints;
  readonly findPicture: FindPicture;
}

const dayMs = 86_400_000;
const picturesPatienceMs = 2 * dayMs;

export function phoneBringer(teller: PhoneTeller, parts: PhoneParts): Bringer {
  const { home, clock, timeZone } = parts;
  return {
    // All that waits for the same time of day is to be one message.
    atOnce: 500,
    watch: (onChance) => home?.onUp((isUp) => isUp && onChance()) ?? (() => undefined),
    async *bring(news, signal) {
      const nowMs = clock.now();
      if (!home?.isUp) return yield { news, fate: whenUp(nowMs) };
      const stale = news.filter((one) => !isProblem(one) && nowMs - one.madeAtMs > picturesPatienceMs);
      if (stale.length > 0) yield { news: stale, fate: { kind: 'let go', because: 'it is older than two days' } };
      const now: News[] = [];
      for (const one of news) {
        if (stale.includes(one)) continue;
        const atMs = digestAtMs(one, { ...teller, timeZone, nowMs });
        if (atMs > nowMs) yield { news: [one], fate: { kind: 'later', atMs } };
        else now.push(one);
      }
      const isGathered = (one: News): boolean => teller.digestAt !== undefined && one.facts.isAtOnce !== true;
      const messages = [
        ...phoneMessages(now.filter(isGathered), true),
        ...phoneMessages(
          now.filter((one) => !isGathered(one)),
          false,
        ),
      ];
      for (const message of messages) yield { news: message.news, fate: await send(message, { ...parts, teller, home }, signal) };
    },
  };
}

/** When it is to be told. */
function digestAtMs(
  news: News,
  { digestAt, timeZone, nowMs }: Pick<PhoneTeller, 'digestAt'> & { readonly timeZone: string; readonly nowMs: number },
): number {
  // Made far in the future: the clock was set back, and that evening may be years away.
  const isAstray = news.madeAtMs > nowMs + dayMs;
  if (digestAt === undefined || isProblem(news) || news.facts.isAtOnce === true || isAstray) return nowMs;
  return nextTimeOfDay(news.madeAtMs, digestAt, timeZone);
}

interface Sending extends PhoneParts {
  readonly teller: PhoneTeller;
  readonly home: NonNullable<AtHome['home']>;
}

async function send(message: PhoneMessage<News>, parts: Sending, signal: AbortSignal): Promise<Fate> {
  const { home, teller, crashPoints } = parts;
  try {
    const call = { domain: 'notify', action: teller.action, data: await contentOf(message, parts, signal) };
    crashPoints.reach('before a phone is told');
    await home.act(call, signal);
    crashPoints.reach('after a phone was told');
    noteHanging(message, parts);
    return { kind: 'taken' };
  } catch (error) {
    signal.throwIfAborted();
    return failureOf(error, {
      unknown: `Home Assistant has no action notify.${teller.action}. Is its app on that phone signed in? See Developer tools, Actions, for the names there are`,
    });
  }
}

/** What tells of a problem that can be over stands there until it is; what takes its place need not go. */
function noteHanging({ tag, news, buttons }: PhoneMessage<News>, { journal, teller: { action } }: Sending): void {
  const newsId = news.at(-1)?.id;
  if (newsId !== undefined && buttons.length > 0) hangOnPhone(journal, { action, tag, newsId });
  else takeFromPhone(journal, { action, tag });
}

async function contentOf(
  { title, text, tag, buttons, news, isAboutPictures }: PhoneMessage<News>,
  { teller, homeroll, findPicture }: Sending,
  signal: AbortSignal,
): Promise<Readonly<Record<string, unknown>>> {
  const image = isAboutPictures && news.some(({ kind }) => kind === 'batch safe') ? await findPicture(signal) : undefined;
  return phoneContent({ title, text, tag, buttons, newsId: news.at(-1)?.id ?? '', phone: teller.action, homeroll, image });
}
