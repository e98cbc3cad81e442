/** Gathers hints for a moment, so that a file that is being written is looked at once and a flood becomes one sweep. */
import { type Clock, isAbort } from '../kernel/index.ts';
import { namesIn, type PathBytes } from './path-bytes.ts';

/** Something may have changed. Only a look at the disk tells what. */
export type Hint =
  /** At this path, relative to the root: look at the file; of a folder, walk it. */
  | { readonly kind: 'path'; readonly path: PathBytes }
  /** Anywhere, or not every folder is heard: sweep the source, and subscribe anew. */
  | { readonly kind: 'everything' }
  /** Nothing says that anything was missed, but something may have been: sweep now and then, and subscribe anew. */
  | { readonly kind: 'unsure'; readonly why: string }
  /** This subscription hears nothing any more: close it, sweep, and subscribe anew once the root is there. */
  | { readonly kind: 'lost'; readonly why: string };

// 250 ms: a photo's several events fall into it, and nobody notices it as a delay.
export const gatherMs = 250;
// 512: beyond it one sweep is cheaper than as many single looks; and of a real flood the system may have dropped a part.
const mostPaths = 512;

/** What was lost stays lost, whatever follows; and who sweeps need not be unsure. */
const weight = { path: 0, unsure: 1, everything: 2, lost: 3 } as const satisfies Record<Hint['kind'], number>;

/**
 * Takes hints one by one and passes them on together, `gatherMs` after the first: each path once, nothing below a path that is
 * there itself, all replaced by one `everything` when they are too many. Aborting the signal drops what was gathered.
 */
export function gatherHints(
  deliver: (hints: readonly Hint[]) => Promise<void> | void,
  { clock, signal }: { readonly clock: Clock; readonly signal: AbortSignal },
): (hint: Hint) => void {
  let paths = new Map<string, PathBytes>();
  let sweeping: Hint | undefined;
  let isGathering = false;

  const gather = async (): Promise<void> => {
    await clock.sleep(gatherMs, signal);
    const isAllToSweep = sweeping !== undefined && sweeping.kind !== 'unsure';
    const gathered: readonly Hint[] = [...(isAllToSweep ? [] : outermost(paths)), ...(sweeping ? [sweeping] : [])];
    paths = new Map();
    sweeping = undefined;
    isGathering = false;
    await deliver(gathered);
  };

  return (hint) => {
    if (hint.kind === 'path') paths.set(hint.path.toString('latin1'), hint.path);
    else if (sweeping === undefined || weight[hint.kind] > weight[sweeping.kind]) sweeping = hint;
    if (paths.size > mostPaths) {
      if (sweeping?.kind !== 'lost') sweeping = { kind: 'everything' };
      paths.clear();
    }
    if (isGathering || signal.aborted) return;
    isGathering = true;
    gather().catch((error: unknown) => {
      if (!isAbort(error) && !signal.aborted) throw error;
    });
  };
}

/** A hint of a folder covers all below it. */
function outermost(paths: ReadonlyMap<string, PathBytes>): Hint[] {
  const isCovered = (path: PathBytes): boolean => {
    let end = 0;
    return namesIn(path).some((name) => {
      const above = path.subarray(0, end + name.length);
      end += name.length + 1;
      return above.length < path.length && paths.has(above.toString('latin1'));
    });
  };
  return [...paths.values()].filter((path) => !isCovered(path)).map((path) => ({ kind: 'path', path }));
}
