/** What Immich, and what stands before it, does. */
import type { Fault } from '../fault.ts';
import { awayFaults } from './away.ts';
import { keyFaults } from './keys.ts';
import { processFaults } from './process.ts';
import { silenceFaults } from './silence.ts';
import { storeFaults } from './store.ts';
import { wayFaults } from './way.ts';

export const immichFaults: readonly Fault[] = [
  ...awayFaults,
  ...keyFaults,
  ...wayFaults,
  ...silenceFaults,
  ...storeFaults,
  ...processFaults,
];
