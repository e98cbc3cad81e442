/** How news are brought on one way. What is due, in which order, and when a failure is tried again is not its concern: see `Way`. */
import type { News } from '../journal/index.ts';

export type Fate =
  | { readonly kind: 'taken' }
  /**
   * `isRefused`: the receiver does not want it as it is, and asking again the same day hardly helps. `restMs`: how long the receiver asked
   * not to be asked again.
   */
  | { readonly kind: 'failed'; readonly problem: string; readonly isRefused: boolean; readonly restMs?: number | undefined }
  /** No failure: it is not the time. It is looked at again within the hour in any case. */
  | { readonly kind: 'later'; readonly atMs: number }
  /** Nobody wants to hear it any more. */
  | { readonly kind: 'let go'; readonly because: string }
  /** This way cannot be heard: it is to be told on the phones. */
  | { readonly kind: 'instead'; readonly because: string };

export interface Brought {
  readonly news: readonly News[];
  readonly fate: Fate;
}

export interface Bringer {
  /** How many news it is given at the same time, at most. */
  readonly atOnce: number;
  /**
   * Says of all that it is given what became of it, of each as soon as that is known: what was brought and not noted is brought again
   * after a crash. Rejects only when aborted.
   */
  bring(news: readonly News[], signal: AbortSignal): AsyncGenerator<Brought, void>;
  /** From now on calls `onChance` when what it said to be for later may be brought at once. @returns stops it */
  watch?(onChance: () => void): () => void;
}

/** For ways that take one after the other, whenever they come. */
export function singly(bringOne: (news: News, signal: AbortSignal) => Promise<Fate>): Bringer {
  return {
    atOnce: 20,
    async *bring(news, signal) {
      for (const one of news) yield { news: [one], fate: await bringOne(one, signal) };
    },
  };
}
