/** Who goes first: what is fresh before the backlog, and of equals the newest. */

const fresh = 10_000_000_000_000;

/** A whole number, the higher the sooner. `mtime` of any year fits below the fresh. */
export function rankOf({ mtimeNs }: { readonly mtimeNs: bigint }, isBacklog: boolean): number {
  const seconds = Number(mtimeNs / 1_000_000_000n);
  const newest = Math.min(Math.max(0, seconds), fresh - 1);
  return isBacklog ? newest : fresh + newest;
}
