/** Whether something has been waited for long enough, by a clock that people may set. Pure. */

/** Also when it began further ahead of now than the wait is long: then the clock was set back, and the old time may be years away. */
export function isOver({ sinceMs, forMs }: { readonly sinceMs: number; readonly forMs: number }, nowMs: number): boolean {
  return nowMs >= sinceMs + forMs || nowMs < sinceMs - forMs;
}
