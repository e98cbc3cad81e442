/** What a case is: one promise of Immich that Homeroll leans on, where the promise is written, and how to see it kept. */
import type { World } from './world.ts';

export interface ContractCase {
  /** Completes the sentence "Immich …". */
  readonly name: string;
  /** The fact, the specification or the recorded step that it comes from. */
  readonly source: string;
  /** The case throws something away and looks at it there: on a server whose trash is off it is skipped. */
  readonly needsTrash?: true;
  run(world: World): Promise<void>;
}

export interface ContractGroup {
  readonly name: string;
  readonly cases: readonly ContractCase[];
}

/** Stem of every file, album, tag and key that a case makes: the same in every run, and unlike any other case's. */
export function stemOf(group: string, name: string): string {
  return `${stemPrefix}${group}-${name}`
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/-$/, '');
}

/** By this the leavings of an interrupted run are known. */
export const stemPrefix = 'hr-contract-';

/** More files than this no case may make: the sweep looks for exactly so many. */
export const mostPicturesPerCase = 9;
