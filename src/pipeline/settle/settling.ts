/** Says whether a file has finished being written. Pure: what is known, what is seen, and the owner's patience. */

export interface Sighting {
  readonly sizeBytes: number;
  readonly mtimeNs: bigint;
}

export type Settling = { readonly kind: 'settled' } | { readonly kind: 'waiting'; readonly untilMs: number; readonly because: string };

export interface Patience {
  readonly nowMs: number;
  /** When size and times were first seen as they are. */
  readonly sinceMs: number;
  /** How long they must stand still: the owner's `settle`. */
  readonly quietMs: number;
}

/**
 * By when it was *seen* to be so, not by its mtime: cameras and sync apps write mtimes of last year, or of next year.
 * @param isSame whether the newest look found what was known
 */
export function settling(isSame: boolean, { nowMs, sinceMs, quietMs }: Patience): Settling {
  if (!isSame) return { kind: 'waiting', untilMs: nowMs + quietMs, because: 'still being written' };
  // After a clock was set back the quiet time is as long as ever, not as long as until the old time comes again.
  const quietForMs = Math.max(0, nowMs - sinceMs);
  if (quietForMs >= quietMs) return { kind: 'settled' };
  return { kind: 'waiting', untilMs: nowMs + Math.min(quietMs, quietMs - quietForMs), because: 'perhaps still being written' };
}
