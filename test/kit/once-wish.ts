/** How a test wants one whole run of a household. */
import type { CrashPoints } from '../../src/kernel/index.ts';

export interface OnceWish {
  readonly patienceMs?: number;
  readonly only?: readonly string[];
  readonly crashPoints?: CrashPoints;
  readonly signal?: AbortSignal;
}

/** A life that may end early. */
export type Live = (how: Required<Pick<OnceWish, 'crashPoints' | 'signal'>>) => Promise<unknown>;
