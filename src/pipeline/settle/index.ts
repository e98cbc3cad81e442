/** Settle: is the file finished being written? */
import type { Disk } from '../../files/index.ts';
import type { Clock } from '../../kernel/index.ts';
import { happened, type Outcome } from '../outcome.ts';
import type { SteadySince } from '../steady.ts';
import type { FileIn, SourceInUse, Step } from '../step.ts';
import { lookAgain, statKeyOf } from '../unchanged.ts';
import { settling } from './settling.ts';

export interface SettleParts {
  readonly disk: Disk;
  readonly clock: Clock;
  readonly steadySinceMs: SteadySince;
}

export function settleStep({ disk, clock, steadySinceMs }: SettleParts): Step {
  const settleOne = async ({ file, path }: FileIn, source: SourceInUse): Promise<Outcome> => {
    const look = await lookAgain(disk, { file, path }, source.identity());
    if (look.kind === 'vanished') return happened('vanished');
    const nowMs = clock.now();
    // Set ahead the clock makes any file look old: what was seen before then counts from there.
    const sinceMs = Math.max(file.seenAtMs, steadySinceMs());
    const verdict = settling(look.kind === 'same', { nowMs, sinceMs, quietMs: source.config.settleMs });
    // Seen in the future: the clock was set back since, and the quiet time begins anew.
    const isSeenAnew = look.kind === 'changed' || nowMs < sinceMs;
    const learnt = isSeenAnew ? { learnt: { stat: { key: statKeyOf(look.stat), seenAtMs: nowMs } } } : {};
    if (verdict.kind === 'settled') return happened('settled');
    return { kind: 'wait', reason: verdict.because, untilMs: verdict.untilMs, ...learnt };
  };
  return {
    name: 'settle',
    from: ['noticed'],
    lane: 'disk',
    atOnce: 100,
    run: (files, source) => Promise.all(files.map((file) => settleOne(file, source))),
  };
}
