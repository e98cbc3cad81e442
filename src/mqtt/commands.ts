/** Reads what comes by the command topics: an order, or why it is none. Whoever may write to the broker may write anything. Pure. */
import { asConfigured, type Order } from '../desk/index.ts';
import { proofMeant } from '../domain/index.ts';
import { off, on, press } from './discovery.ts';

export interface Arrived {
  readonly topic: string;
  readonly payload: Buffer;
  readonly isRetained: boolean;
}

export interface CommandPlace {
  /** Below which all topics lie. */
  readonly topic: string;
  /** Name of each source by its key. */
  readonly sources: ReadonlyMap<string, string>;
}

export type Command = { readonly kind: 'order'; readonly order: Order } | { readonly kind: 'nonsense'; readonly why: string };

// The longest that means anything is "as configured".
const longestBytes = 64;

export function readCommand({ topic, payload, isRetained }: Arrived, place: CommandPlace): Command {
  // It would be carried out at every start.
  if (isRetained) return nonsense('it is retained: publish commands without that');
  if (payload.length > longestBytes) return nonsense(`it is ${payload.length} bytes long`);
  const words = payload.toString('utf8');
  const [, sourceId, key] = /^(?:source\/([^/]+)\/)?([^/]+)\/set$/.exec(topic.slice(place.topic.length + 1)) ?? [];
  const source = sourceId === undefined ? undefined : place.sources.get(sourceId);
  if (key === undefined || (sourceId !== undefined && source === undefined)) return nonsense('nothing is ordered there');
  const ofSource = source === undefined ? {} : { subject: source };
  const order = orderOf(key, words, ofSource);
  if (order === 'unknown' || (source !== undefined && !['back_up', 'paused'].includes(key))) return nonsense('nothing is ordered there');
  return order ? { kind: 'order', order } : nonsense(`it says ${JSON.stringify(words)}`);
}

function orderOf(key: string, words: string, ofSource: Pick<Order, 'subject'>): Order | undefined | 'unknown' {
  switch (key) {
    case 'back_up':
      return words === press ? { kind: 'sweep', ...ofSource } : undefined;
    case 'verify':
      return words === press ? { kind: 'verify' } : undefined;
    case 'retry':
      return words === press ? { kind: 'retry' } : undefined;
    case 'paused':
      if (words !== on && words !== off) return undefined;
      return { kind: words === on ? 'pause' : 'resume', ...ofSource };
    case 'proof':
      return words === asConfigured || proofMeant(words) ? { kind: 'proof', subject: words } : undefined;
    default:
      return 'unknown';
  }
}

function nonsense(why: string): Command {
  return { kind: 'nonsense', why };
}
