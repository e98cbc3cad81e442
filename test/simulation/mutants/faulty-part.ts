/** A mistake planted into Homeroll where its parts are put together. */
import type { Config } from '../../../src/config/index.ts';
import type { Disk, Watcher } from '../../../src/files/index.ts';
import type { Immich } from '../../../src/immich/index.ts';
import type { Journal } from '../../../src/journal/index.ts';
import type { Clock } from '../../../src/kernel/index.ts';
import type { Step, stepsOf } from '../../../src/pipeline/index.ts';
import type { SimulatedDisk } from '../disk.ts';

export interface Surroundings {
  readonly journal: Journal;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/** Each decorates what it is given. */
export interface FaultyPart {
  /** @param disk as it is, whatever Homeroll is told of it */
  journal?(journal: Journal, disk: SimulatedDisk): Journal;
  immich?(immich: Immich, around: Surroundings): Immich;
  disk?(disk: Disk): Disk;
  watcher?(watcher: Watcher): Watcher;
  config?(config: Config): Config;
  steps?(steps: readonly Step[], parts: Parameters<typeof stepsOf>[0]): readonly Step[];
  /** Once the journal was opened. */
  atBirth?(stateFolder: string): void;
}
