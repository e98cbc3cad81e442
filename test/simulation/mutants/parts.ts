/** What planted mistakes are made of. */
import type { Immich } from '../../../src/immich/index.ts';
import type { Journal } from '../../../src/journal/index.ts';
import type { Step } from '../../../src/pipeline/index.ts';

/** The journal with some calls of one table replaced. */
export function withTable<T extends keyof Journal>(
  journal: Journal,
  table: T,
  change: (calls: Journal[T]) => Partial<Journal[T]>,
): Journal {
  const calls = journal[table];
  return { ...journal, [table]: { ...(calls as object), ...(change(calls) as object) } };
}

/** Immich with some questions answered otherwise. */
export function withCalls(immich: Immich, change: Partial<Immich>): Immich {
  return { ...immich, ...change };
}

/** The steps with one of them changed. */
export function withStep(steps: readonly Step[], name: Step['name'], change: (step: Step) => Step): readonly Step[] {
  return steps.map((step) => (step.name === name ? change(step) : step));
}
