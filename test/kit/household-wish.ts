/** What may differ between one test household and another. */
import type { Config } from '../../src/config/index.ts';
import type { Disk } from '../../src/files/index.ts';
import type { ImmichTransport } from '../../src/immich/index.ts';
import type { Clock } from '../../src/kernel/index.ts';
import type { SecondReader } from '../../src/media/index.ts';
import type { HomePort, HouseholdParts } from '../../src/pipeline/index.ts';
import type { FaultPlan, Version } from '../../src/practice/index.ts';
import type { SourceWish } from './config.ts';
import type { LeapClock } from './leap-clock.ts';

export interface HouseholdWish {
  readonly version?: Version;
  readonly sources?: readonly SourceWish[];
  readonly faults?: FaultPlan['faults'];
  readonly events?: Config['events'];
  /** Left out: nothing is looked at again by itself. */
  readonly verify?: Config['verify'];
  readonly areHalfFilesReplaced?: boolean;
  readonly tellers?: readonly string[];
  /** Instead of the real one; its sources' folders are then what they say. */
  readonly disk?: Disk;
  readonly clock?: LeapClock;
  readonly home?: HomePort;
  /** Left out: there is none. */
  readonly secondReader?: SecondReader;
  /** Of the connections to Immich; the real one unless told. */
  readonly wireClock?: Clock;
  /** Put around each connection to Immich: sees what is sent. */
  readonly around?: (transport: ImmichTransport) => ImmichTransport;
  readonly stepsOf?: HouseholdParts['stepsOf'];
}
