/** News of the household as events of Home Assistant, for automations. Pure. */
import type { News } from '../journal/index.ts';
import type { EventType } from './entities.ts';

export type HomeEvent = Readonly<Record<string, unknown>> & { readonly event_type: EventType };

/** What happened so long ago sets nothing going any more. */
const longestAgoMs = 86_400_000;

/** Most news are one event, a batch may be two, and what no automation waits for is none. */
export function eventsOf(
  { kind, text, facts, madeAtMs }: Pick<News, 'kind' | 'text' | 'facts' | 'madeAtMs'>,
  nowMs: number,
): readonly HomeEvent[] {
  if (nowMs - madeAtMs > longestAgoMs) return [];
  const { batch: _, ...told } = facts;
  const event = (type: EventType): HomeEvent => ({ event_type: type, sentence: text, at: new Date(madeAtMs).toISOString(), ...told });
  switch (kind) {
    case 'batch safe':
      return [...(isAnyDone(facts) ? [event('batch_safe')] : []), ...(Number(facts.blocked) > 0 ? [event('blocked')] : [])];
    case 'proof failed':
      return [event('proof_failed')];
    case 'source away':
    case 'part away':
      return [event('source_away')];
    case 'source back':
    case 'part back':
      return [event('source_back')];
    case 'key refused':
      return [event('key_refused')];
    case 'lost before safe':
    case 'replaced before safe':
      return [event('lost_before_safe')];
    default:
      return [];
  }
}

function isAnyDone({ safe, stored }: News['facts']): boolean {
  return [safe, stored].some((tally) => Object.values(tally ?? {}).some((count) => count > 0));
}
