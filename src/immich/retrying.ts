/** Immich with patience: repeats what may be repeated, for seconds only. Longer waits belong to the journal. */
import type { Clock, Random } from '../kernel/index.ts';
import { around, type CallName } from './around.ts';
import { ImmichError } from './failures.ts';
import type { Immich } from './immich.ts';

export interface Patience {
  readonly clock: Clock;
  readonly random: Random;
  /** Counting the first. */
  readonly tries?: number;
}

// After an unclear answer the bytes may be stored, the asset or album made or gone: whoever asked looks first, then asks again. Who
// knocks knocks again.
const once: ReadonlySet<CallName> = new Set(['upload', 'erase', 'createAlbum', 'deleteAlbum', 'ping']);
// Everything waits for these, and Immich does nothing for them: one that got lost is asked again at once.
const introductions: ReadonlySet<CallName> = new Set(['serverVersion', 'me', 'mediaTypes']);
const firstDelayMs = 250;

export function retrying(immich: Immich, { clock, random, tries = 3 }: Patience): Immich {
  return around(immich, async (name, call, signal) => {
    for (let attempt = 1; ; attempt++) {
      try {
        return await call();
      } catch (error) {
        if (!(error instanceof ImmichError)) throw error;
        const isLost = error.kind === 'silent' && introductions.has(name) && attempt === 1;
        const mayHelp = isLost || (error.retry === 'soon' && !once.has(name) && attempt < tries);
        // Who is asked to wait must say so to all others of the account, and cannot from here.
        if (!mayHelp || error.retryAfterMs !== undefined) throw error;
        // Between half and all of it, so that many who were turned away together do not come back together.
        const delayMs = firstDelayMs * 4 ** (attempt - 1) * (0.5 + random.next() / 2);
        await clock.sleep(delayMs, signal);
      }
    }
  });
}
