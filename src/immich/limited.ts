/** Immich within bounds: uploads, read-backs and short questions each have a lane, so that none can starve another. */
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

export function limited(immich: Immich, limits: Limits): Immich {
  const questions = lane(Math.max(1, limits.questions));
  const uploads = lane(Math.max(1, limits.uploads));
  const proofs = lane(Math.max(1, limits.proofs));
  return around(immich, (name, call, signal) => {
    // A ping tells whether Immich is back; it must not wait behind those who found it away.
    if (name === 'ping') return call();
    const chosen = name === 'upload' ? uploads : name === 'readBack' ? proofs : questions;
    return chosen.run(call, signal);
  });
}
