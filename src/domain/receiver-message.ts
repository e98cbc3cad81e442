/** What a receiver such as ntfy or a mailbox is told of news: one renderer, whatever form the receiver speaks. Pure. */
import { oneLine } from './one-line.ts';
import { type NewsToTell, tagOf, toldTogether } from './told-together.ts';

/** `calm` needs nobody, `look` may need a person, `alarm` tells of pictures that are in danger, or that nothing moves any more. */
export type Urgency = 'calm' | 'look' | 'alarm';

export interface ReceiverMessage<N extends NewsToTell = NewsToTell> {
  /** All that it tells. */
  readonly news: readonly N[];
  /** The newest of them: the same when the message is sent again. */
  readonly id: string;
  readonly title: string;
  /** With commands: a receiver has no buttons, so they are all the owner has. */
  readonly text: string;
  /** The same for all messages about the same thing. */
  readonly tag: string;
  readonly urgency: Urgency;
  /** It arrives without a sound, where the receiver can do that. */
  readonly isQuiet: boolean;
  /** Sources of the pictures that became safe: one of them may be shown. Empty: no picture goes with it. */
  readonly picturesOf: readonly string[];
}

const alarming = new Set([
  'lost before safe',
  'replaced before safe',
  'proof failed',
  'half missing',
  'many removed',
  'key refused',
  'nothing readable',
]);
/** Ends of problems, and what Homeroll settled by itself. */
const soothing = new Set(['source back', 'part back', 'back at home', 'renamed at home']);

/**
 * What is told at the same time, and is about the same, is one message. In the order of the news.
 * @param isDigest pictures of all sources make one
 */
export function receiverMessages<N extends NewsToTell>(news: readonly N[], isDigest: boolean): readonly ReceiverMessage<N>[] {
  return toldTogether(news, isDigest).map(({ news: some, newest, sort, title, text, isAboutPictures }) => {
    const urgency = isAboutPictures || soothing.has(newest.kind) ? 'calm' : alarming.has(newest.kind) ? 'alarm' : 'look';
    const safe = isAboutPictures ? some.filter(({ kind }) => kind === 'batch safe') : [];
    const sources = safe.flatMap(({ facts }) => (typeof facts.source === 'string' ? [facts.source] : []));
    return {
      news: some,
      id: newest.id,
      title: oneLine(title),
      text,
      tag: tagOf(sort),
      urgency,
      isQuiet: urgency === 'calm',
      picturesOf: [...new Set(sources)],
    };
  });
}
