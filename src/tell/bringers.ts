/** Makes for each teller what brings its news. */
import type { News } from '../journal/index.ts';
import { assertNever, type Clock, type CrashPoints, type Log, noCrashPoints } from '../kernel/index.ts';
import type { AtHome } from './at-home.ts';
import { type Bringer, singly } from './bringer.ts';
import { phoneBringer } from './phone.ts';
import { pictureFinder } from './picture.ts';
import type { Post } from './post.ts';
import { type ReceiverPorts, receiverBringer } from './receiver.ts';
import { type SpeakerParts, speakerBringer } from './speaker.ts';
import type { NamedTeller } from './tellers.ts';

/** Resolves when the device's broker has it; waits as long as that is away. */
export type TellDevice = (news: News, signal: AbortSignal) => Promise<void>;

export interface BringerParts {
  readonly post: Post;
  readonly journal: SpeakerParts['journal'];
  readonly clock: Clock;
  readonly log: Log;
  /** Left out: there is no device now. */
  readonly tellDevice?: TellDevice | undefined;
  /** Left out: neither phones nor speakers can be reached. */
  readonly atHome?: AtHome | undefined;
  /** Left out: no receiver can be reached; its news wait. */
  readonly receivers?: ReceiverPorts | undefined;
  readonly crashPoints?: CrashPoints;
}

/** For runs that reach no receiver: what waits is looked at again within the hour. */
const noReceiver: Bringer = singly(async () => ({ kind: 'later', atMs: Number.POSITIVE_INFINITY }));
const nobodyThere: AtHome = { home: undefined, timeZone: 'UTC', language: 'en', homeroll: 'homeroll', pictureId: undefined };

/** For all of them together: what one has learnt of Home Assistant the others need not ask. */
export function bringersOf(tellers: readonly NamedTeller[], parts: BringerParts): readonly Bringer[] {
  const { atHome = nobodyThere, crashPoints = noCrashPoints, clock } = parts;
  const findPicture = pictureFinder(atHome.home, atHome.pictureId, clock);
  const ofHome = { ...parts, ...atHome, crashPoints, findPicture };
  return tellers.map(({ teller }) => {
    switch (teller.kind) {
      case 'log':
        return singly(async ({ text, kind }) => {
          parts.log.info(text, { news: kind });
          return { kind: 'taken' };
        });
      case 'webhook':
        return singly(({ id, kind, text, facts, madeAtMs }, signal) =>
          parts.post(teller, { id, kind, text, facts, at: new Date(madeAtMs).toISOString() }, signal),
        );
      case 'mqtt':
        return singly(async (news, signal) => {
          await parts.tellDevice?.(news, signal);
          return { kind: 'taken' };
        });
      case 'phone':
        return phoneBringer(teller, ofHome);
      case 'speaker':
        return speakerBringer(teller, ofHome);
      case 'ntfy':
      case 'gotify':
      case 'discord':
      case 'telegram':
      case 'email':
      case 'apprise':
        return parts.receivers ? receiverBringer(teller, { ...parts.receivers, clock, timeZone: atHome.timeZone }) : noReceiver;
      default:
        return assertNever(teller);
    }
  });
}
