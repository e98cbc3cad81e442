/** Tells news to a receiver in its own form: as few messages as can be, at once or gathered for a time of day. */
import type { ReceiverTeller } from '../config/index.ts';
import { type ReceiverMessage, receiverMessages } from '../domain/index.ts';
import type { News } from '../journal/index.ts';
import type { Clock } from '../kernel/index.ts';
import type { Bringer, Fate } from './bringer.ts';
import type { Ask } from './http-ask.ts';
import type { Picture } from './receivers/form.ts';
import { sendOf } from './receivers/send-of.ts';
import type { MailPort } from './receivers/smtp.ts';
import { timely } from './timely.ts';

/** How receivers are reached, and the picture that goes with a message. */
export interface ReceiverPorts {
  readonly ask: Ask;
  readonly mail: MailPort;
  /** Of the photo of these sources that became safe last, small; undefined: there is none now. */
  readonly pictureOf: (sources: readonly string[], signal: AbortSignal) => Promise<Picture | undefined>;
}

export interface ReceiverParts extends ReceiverPorts {
  readonly clock: Clock;
  readonly timeZone: string;
}

export function receiverBringer(teller: ReceiverTeller, parts: ReceiverParts): Bringer {
  const { clock, timeZone } = parts;
  const send = sendOf(teller, parts);
  const pictureFor = async ({ picturesOf, news }: ReceiverMessage<News>, signal: AbortSignal): Promise<Picture | undefined> => {
    // After a failure the picture may be to blame.
    const isWanted = teller.isPictureSent && picturesOf.length > 0 && news.every(({ tries }) => tries === 0);
    return isWanted ? parts.pictureOf(picturesOf, signal) : undefined;
  };
  return {
    // All that waits for the same time of day is to be one message.
    atOnce: 500,
    async *bring(news, signal) {
      const { untold, gathered, single } = timely(news, { ...teller, timeZone, nowMs: clock.now() });
      yield* untold;
      let forAll: Fate | undefined;
      for (const message of [...receiverMessages(gathered, true), ...receiverMessages(single, false)]) {
        if (forAll) {
          yield { news: message.news, fate: forAll };
          continue;
        }
        const { fate, isForAll } = await send(message, await pictureFor(message, signal), signal);
        yield { news: message.news, fate };
        if (isForAll) forAll = afterwards(fate, clock.now());
      }
    },
  };
}

/** What was not sent has not failed where the receiver only asked to wait. */
function afterwards(fate: Fate, nowMs: number): Fate {
  return fate.kind === 'failed' && fate.restMs !== undefined ? { kind: 'later', atMs: nowMs + fate.restMs } : fate;
}
