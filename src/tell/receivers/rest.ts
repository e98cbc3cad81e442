/** How long a receiver asks not to be asked again: in the header for it, or in its JSON. Pure. */
import type { Answered } from '../http-ask.ts';
import { fieldsIn } from './reason.ts';

type Answer = Answered & { readonly kind: 'answer' };

/** Undefined: it does not say. */
export function restMsOf({ retryAfter, text }: Pick<Answer, 'retryAfter' | 'text'>, nowMs: number): number | undefined {
  const fields = fieldsIn(text);
  // Discord says it beside the rest, and Telegram one deeper; both in seconds.
  const inside = typeof fields.parameters === 'object' && fields.parameters !== null ? fields.parameters : {};
  const said = fields.retry_after ?? ('retry_after' in inside ? inside.retry_after : undefined);
  const seconds = typeof said === 'number' ? said : Number(retryAfter ?? Number.NaN);
  if (Number.isFinite(seconds)) return seconds < 0 ? undefined : Math.ceil(seconds * 1_000);
  const atMs = retryAfter === undefined ? Number.NaN : Date.parse(retryAfter);
  return Number.isFinite(atMs) ? Math.max(0, atMs - nowMs) : undefined;
}
