/** Every fault that is tried, in the order of the table. */
import { crashFaults } from './crashes/index.ts';
import { diskFaults } from './disk/index.ts';
import type { Fault } from './fault.ts';
import { immichFaults } from './immich/index.ts';
import { journalFaults } from './journal/index.ts';

export const allFaults: readonly Fault[] = [...immichFaults, ...diskFaults, ...journalFaults, ...crashFaults];
