/** What a receiver's answer means for the message: taken, refused for a reason, or to be tried again. Pure. */
import type { Fate } from '../bringer.ts';
import type { Answered } from '../http-ask.ts';
import { hasMoved, isPassing, movedAway } from '../post.ts';
import type { Form } from './form.ts';
import { reasonOf } from './reason.ts';
import { restMsOf } from './rest.ts';

export function sortAnswer(answer: Answered, form: Form, nowMs: number): Fate {
  const { host } = form;
  if (answer.kind === 'none') return { kind: 'failed', isRefused: false, problem: `${host} ${answer.problem}` };
  const { status } = answer;
  const special = form.verdict?.(status);
  if (special) return special;
  if (status >= 200 && status < 300) return { kind: 'taken' };
  if (hasMoved(status)) return { kind: 'failed', isRefused: true, problem: movedAway(status, host) };
  const isRefused = !isPassing(status);
  const reason = reasonOf(answer.text, form.secrets);
  const said = `status ${status}${reason === undefined ? '' : `: "${reason}"`}`;
  const cure = isRefused ? form.cure(status) : undefined;
  const problem = `${host} ${isRefused ? 'refuses the message' : 'does not take the message now'} (${said})${cure === undefined ? '' : `: ${cure}`}`;
  const restMs = status === 429 || status === 503 ? restMsOf(answer, nowMs) : undefined;
  return { kind: 'failed', isRefused, problem, ...(restMs !== undefined && { restMs }) };
}
