/** Immich within bounds: uploads, read-backs and short questions each have a lane, so that none can starve another. */
import type { Clock } from '../kernel/index.ts';
import { around } from './around.ts';
import type { Immich } from './immich.ts';
import { lane } from './lane.ts';

export interface Limits {
  /** Short questions and orders. */
  readonly questions: number;
  readonly uploads: number;
  /** Read-backs: their own lane, or a backlog of uploads would leave nothing proven for days. */
  readonly proofs: number;
}

// Most answers come within a tenth of a second. Who is silent for five seconds holds no others up, and is waited for beside them.
const lentAfterMs = 5_000;
const mostLent = 8;

export function limited(immich: Immich, limits: Limits, { clock }: { readonly clock: Clock }): Immich {
  const questions = lane(Math.max(1, limits.questions), { clock, afterMs: lentAfterMs, most: mostLent });
  // These may take hours and not be silent for a moment. Who works on them knows, and sees to that.
  const uploads = lane(Math.max(1, limits.uploads));
  const proofs = lane(Math.max(1, limits.proofs));
  return around(immich, (name, call, signal) => {
    // A ping tells whether Immich is back; it must not wait behind those who found it away.
    if (name === 'ping') return call();
    const chosen = name === 'upload' ? uploads : name === 'readBack' ? proofs : questions;
    return chosen.run(call, signal);
  });
}
