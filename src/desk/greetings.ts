/** What the journal knows of Home Assistant's greetings at the broker: whether one was ever heard at that topic, and which was the last. */
import type { Journal } from '../journal/index.ts';

/** `birth`: Home Assistant has started. `farewell`: it is gone. */
export type Greeting = 'birth' | 'farewell';

export interface Greetings {
  /** Where birth messages are listened for. Other topics, another memory. */
  readonly topic: string;
  /** Since when somebody listens there. Unix ms. */
  readonly sinceMs: number;
  readonly last?: { readonly said: Greeting; readonly atMs: number };
  readonly birthAtMs?: number;
}

const factName = 'greetings of home assistant';

/** Undefined: nobody has listened at that topic yet. */
export function greetingsAt(journal: Pick<Journal, 'facts'>, topic: string): Greetings | undefined {
  const text = journal.facts.get(factName);
  const known = text === undefined ? undefined : (JSON.parse(text) as Greetings);
  return known?.topic === topic ? known : undefined;
}

/** @param said left out: somebody begins to listen */
export function noteGreeting(journal: Pick<Journal, 'facts'>, topic: string, { said, nowMs }: { said?: Greeting; nowMs: number }): void {
  const known = greetingsAt(journal, topic);
  if (known && said === undefined) return;
  const noted: Greetings = {
    ...(known ?? { topic, sinceMs: nowMs }),
    ...(said && { last: { said, atMs: nowMs } }),
    ...(said === 'birth' && { birthAtMs: nowMs }),
  };
  journal.facts.set(factName, JSON.stringify(noted));
}
