/** What a receiver's answer means for the message: taken, refused for a reason, or to be tried again. Pure. */
import type { Fate } from '../bringer.ts';
import type { Answered } from '../http-ask.ts';
import { hasMoved, isPassing, movedAway } from '../post.ts';
import type { Form } from './form.ts';
import { reasonOf } from './reason.ts';
import { restMsOf } from './rest.ts';

export function sortAnswer(answer: Answered, form: Form, nowMs: number): Fate {
  const because = answer.kind === 'answer' ? form.letsGo?.(answer.status) : undefined;
  if (because !== undefined) return { kind: 'let go', because };
  const refusal = refusalIn(answer, form, 'the message');
  if (!refusal) return { kind: 'taken' };
  const { isRefused, sentence, cure } = refusal;
  const isBusy = answer.kind === 'answer' && (answer.status === 429 || answer.status === 503);
  const restMs = isBusy ? restMsOf(answer, nowMs) : undefined;
  const problem = cure === undefined ? sentence : `${sentence}: ${cure}`;
  return { kind: 'failed', isRefused, problem, ...(restMs !== undefined && { restMs }) };
}

export interface Refusal {
  readonly isRefused: boolean;
  /** Without its dot. */
  readonly sentence: string;
  /** An order, without its dot. */
  readonly cure?: string;
}

/** Undefined: it took what it was sent. @param what it was sent, or asked */
export function refusalIn(answer: Answered, form: Pick<Form, 'host' | 'secrets' | 'cure' | 'refuses'>, what: string): Refusal | undefined {
  const { host } = form;
  if (answer.kind === 'none') return { isRefused: false, sentence: `${host} ${answer.problem}` };
  const { status } = answer;
  const own = form.refuses?.(status);
  if (own) return { isRefused: true, sentence: `${host} ${own.sentence}`, cure: own.cure };
  if (status >= 200 && status < 300) return undefined;
  if (hasMoved(status)) return { isRefused: true, sentence: movedAway(status, host) };
  const isRefused = !isPassing(status);
  const reason = reasonOf(answer.text, form.secrets);
  const said = `status ${status}${reason === undefined ? '' : `: "${reason}"`}`;
  const cure = isRefused ? form.cure(status) : undefined;
  const sentence = `${host} ${isRefused ? `refuses ${what}` : `does not take ${what} now`} (${said})`;
  return { isRefused, sentence, ...(cure !== undefined && { cure }) };
}
