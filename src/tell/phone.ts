/** Tells news to a phone, by Home Assistant's app: as few messages as can be, each in the place of the one before of its sort. */
import type { PhoneTeller } from '../config/index.ts';
import { type PhoneMessage, phoneContent, phoneMessages } from '../domain/index.ts';
import type { Journal, News } from '../journal/index.ts';
import type { Clock, CrashPoints } from '../kernel/index.ts';
import { type AtHome, failureOf, whenUp } from './at-home.ts';
import type { Bringer, Fate } from './bringer.ts';
import { hangOnPhone, takeFromPhone } from './hung-on-phones.ts';
import type { FindPicture } from './picture.ts';
import { timely } from './timely.ts';

export interface PhoneParts extends AtHome {
  readonly journal: Pick<Journal, 'facts'>;
  readonly clock: Clock;
  readonly crashPoints: CrashPoints;
  readonly findPicture: FindPicture;
}

export function phoneBringer(teller: PhoneTeller, parts: PhoneParts): Bringer {
  const { home, clock, timeZone } = parts;
  return {
    // All that waits for the same time of day is to be one message.
    atOnce: 500,
    watch: (onChance) => home?.onUp((isUp) => isUp && onChance()) ?? (() => undefined),
    async *bring(news, signal) {
      const nowMs = clock.now();
      if (!home?.isUp) return yield { news, fate: whenUp(nowMs) };
      const { untold, gathered, single } = timely(news, { ...teller, timeZone, nowMs });
      yield* untold;
      const messages = [...phoneMessages(gathered, true), ...phoneMessages(single, false)];
      for (const message of messages) yield { news: message.news, fate: await send(message, { ...parts, teller, home }, signal) };
    },
  };
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
