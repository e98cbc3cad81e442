/** Sends a message to a receiver by its form; without its picture if that is what it refuses. */
import type { ReceiverMessage } from '../../domain/index.ts';
import type { Clock } from '../../kernel/index.ts';
import type { Fate } from '../bringer.ts';
import type { Answered, Ask } from '../http-ask.ts';
import type { Form, Picture } from './form.ts';
import { sortAnswer } from './sort-answer.ts';

/** `isForAll`: what comes after it fares no better now. */
export interface Sent {
  readonly fate: Fate;
  readonly isForAll: boolean;
}

/** Rejects only when aborted. */
export type Send = (message: ReceiverMessage, picture: Picture | undefined, signal: AbortSignal) => Promise<Sent>;

// The reason for a refusal is in its first words.
const mostBytes = 16_384;
// Too large, of a kind that it does not take, or not taken at all. It said so, so it has not shown the message.
const ofThePicture = new Set([400, 413, 415, 422]);

export function overHttp(form: Form, ask: Ask, clock: Pick<Clock, 'now'>): Send {
  const send = (message: ReceiverMessage, picture: Picture | undefined, signal: AbortSignal): Promise<Answered> =>
    ask({ ...form.call(message, picture), mostBytes }, signal);
  return async (message, picture, signal) => {
    let answer = await send(message, picture, signal);
    if (picture && answer.kind === 'answer' && ofThePicture.has(answer.status)) answer = await send(message, undefined, signal);
    const isForAll = answer.kind === 'none' || answer.status === 429;
    return { fate: sortAnswer(answer, form, clock.now()), isForAll };
  };
}
