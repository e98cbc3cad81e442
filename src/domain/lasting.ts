/**
 * Watches a circumstance and says when it counts: only what has lasted does. What nobody knows (Home Assistant away, `unavailable`) leaves
 * all as it is, and is no time that lasts. Pure: what was seen before and what is seen now in, what counts out.
 */

/**
 * - `trigger`: begins and ends only when it has lasted; what is so at the very first look has not come to be so
 * - `limit`: begins when it has lasted, ends at once; until it is known it is taken for not so
 */
export type Use = 'trigger' | 'limit';

export interface Watched {
  /** What counts; undefined: it was never known. */
  readonly settled: boolean | undefined;
  /** How long the opposite has lasted by now, as far as it was seen. */
  readonly otherwiseForMs: number;
  /** It was otherwise at the last look, so the time since then counts. */
  readonly isOtherwise: boolean;
  /** When it was looked at last, by a clock that only grows. */
  readonly seenAtMs: number;
}

export interface Sight {
  /** Undefined: nobody knows. */
  readonly isSo: boolean | undefined;
  readonly atMs: number;
}

export interface Looked {
  readonly watched: Watched;
  /** It came to be so just now. */
  readonly hasBegun: boolean;
  /** In how many milliseconds it will count, unless something happens; undefined: nothing is on its way. */
  readonly dueInMs: number | undefined;
}

/** @param settled what is remembered from before */
export function unwatched(settled: boolean | undefined): Watched {
  return { settled, otherwiseForMs: 0, isOtherwise: false, seenAtMs: 0 };
}

export function look(before: Watched, { isSo, atMs }: Sight, { use, forMs }: { readonly use: Use; readonly forMs: number }): Looked {
  const at = { seenAtMs: atMs };
  const otherwiseForMs = before.otherwiseForMs + (before.isOtherwise ? Math.max(0, atMs - before.seenAtMs) : 0);
  if (isSo === undefined) return rests({ ...before, ...at, otherwiseForMs, isOtherwise: false });
  if (before.settled === undefined && (use === 'trigger' || !isSo)) return rests({ ...unwatched(isSo), ...at });
  const settled = before.settled ?? false;
  if (isSo === settled) return rests({ ...unwatched(settled), ...at });
  const dueInMs = use === 'limit' && !isSo ? 0 : forMs - otherwiseForMs;
  if (dueInMs > 0) return { watched: { settled: before.settled, otherwiseForMs, isOtherwise: true, ...at }, hasBegun: false, dueInMs };
  return { watched: { ...unwatched(isSo), ...at }, hasBegun: isSo, dueInMs: undefined };
}

function rests(watched: Watched): Looked {
  return { watched, hasBegun: false, dueInMs: undefined };
}
