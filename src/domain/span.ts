/** Spans of time that have a name: whether a picture was taken in one, and which of several is meant. Pure. */
import type { TakenAt } from './taken-at.ts';

/** Local days, both inclusive: `2024-07-01`. A day is where the picture was taken. */
export interface DaySpan {
  readonly kind: 'days';
  readonly from: string;
  readonly to: string;
}

/** Instants, unix ms; the end is not in it. */
export interface TimeSpan {
  readonly kind: 'times';
  readonly fromMs: number;
  readonly untilMs: number;
}

export type Span = DaySpan | TimeSpan;

const dayMs = 86_400_000;

export function isWithin({ local, epochMs }: Pick<TakenAt, 'local' | 'epochMs'>, span: Span): boolean {
  if (span.kind === 'times') return span.fromMs <= epochMs && epochMs < span.untilMs;
  const day = local.slice(0, 10);
  return span.from <= day && day <= span.to;
}

export function lengthMs(span: Span): number {
  return span.kind === 'times' ? span.untilMs - span.fromMs : Date.parse(span.to) - Date.parse(span.from) + dayMs;
}

/** Of those in which the picture was taken the shortest, and of equally short ones the first. */
export function shortestAround<T extends { readonly span: Span }>(
  takenAt: Pick<TakenAt, 'local' | 'epochMs'>,
  named: readonly T[],
): T | undefined {
  let shortest: T | undefined;
  for (const one of named) {
    if (!isWithin(takenAt, one.span)) continue;
    if (!shortest || lengthMs(one.span) < lengthMs(shortest.span)) shortest = one;
  }
  return shortest;
}
