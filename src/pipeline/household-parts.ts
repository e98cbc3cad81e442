/** What a household is put together from: the ports that it works through, and who is told. */
import type { AccountConfig, Config } from '../config/index.ts';
import type { Disk, Watcher } from '../files/index.ts';
import type { Immich } from '../immich/index.ts';
import type { Journal } from '../journal/index.ts';
import type { Clock, CrashPoints, Ids, Log, Random } from '../kernel/index.ts';
import type { SecondReader } from '../media/index.ts';
import type { HomePort } from './home-port.ts';
import type { Hearer } from './news.ts';
import type { Swept } from './notice/index.ts';
import type { LaneName, SourceInUse } from './step.ts';
import type { stepsOf } from './steps.ts';

export interface HouseholdParts {
  readonly config: Config;
  readonly journal: Journal;
  readonly disk: Disk;
  /** For metadata that the quick reader does not understand. Left out: it is not read. */
  readonly secondReader?: SecondReader;
  readonly watcher: Watcher;
  readonly clock: Clock;
  readonly random: Random;
  readonly ids: Ids;
  readonly crashPoints: CrashPoints;
  readonly log: Log;
  readonly connect: (account: AccountConfig) => Immich;
  /** Left out: nothing is known of the home. */
  readonly home?: HomePort;
  readonly laneSlots?: Readonly<Record<LaneName, number>>;
  /** How often orders are looked for; half a second unless told. */
  readonly ordersEveryMs?: number;
  /** The ways that news go. */
  readonly tellers: readonly Hearer[];
  /** There is something new in the outbox. */
  readonly onNews: () => void;
  readonly onSwept?: (source: SourceInUse, swept: Swept) => void;
  /** Others than the journey's own: faulty ones, to see whether a test finds them. */
  readonly stepsOf?: typeof stepsOf;
}
