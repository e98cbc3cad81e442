/** The steps of the journey in their order, put together out of their parts. */
import type { Config } from '../config/index.ts';
import type { Disk } from '../files/index.ts';
import type { Journal } from '../journal/index.ts';
import type { Clock, CrashPoints } from '../kernel/index.ts';
import type { SecondReader } from '../media/index.ts';
import { checkStep } from './check/index.ts';
import { hashStep } from './hash/index.ts';
import type { Hindrances } from './hindrances.ts';
import { judgeStep } from './judge/index.ts';
import type { NewsDesk } from './news.ts';
import { organiseStep } from './organise/index.ts';
import { proveStep } from './prove/index.ts';
import { settleStep } from './settle/index.ts';
import type { SteadySince } from './steady.ts';
import type { Step } from './step.ts';
import { uploadStep } from './upload/index.ts';

export interface StepParts {
  readonly config: Pick<Config, 'timeZone' | 'events' | 'language'>;
  readonly journal: Journal;
  readonly disk: Disk;
  readonly secondReader?: SecondReader;
  readonly clock: Clock;
  readonly crashPoints: CrashPoints;
  readonly news: NewsDesk;
  readonly hindrances: Hindrances;
  readonly steadySinceMs: SteadySince;
  /** Calendars are to be asked for more than before. */
  readonly onMonthWanted: () => void;
}

export function stepsOf(parts: StepParts): readonly Step[] {
  const { timeZone, events, language } = parts.config;
  return [
    settleStep(parts),
    judgeStep({ ...parts, timeZone }),
    hashStep(parts),
    checkStep(parts),
    uploadStep(parts),
    proveStep(parts),
    organiseStep({ ...parts, plan: { events, language, timeZone } }),
  ];
}
