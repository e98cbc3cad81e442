/** What disks, mounts and clocks do. */
import type { Fault } from '../fault.ts';
import { changeFaults } from './changes.ts';
import { clockFaults } from './clocks.ts';
import { mountFaults } from './mounts.ts';
import { nameFaults } from './names.ts';
import { rootFaults } from './roots.ts';
import { shareFaults } from './shares.ts';
import { troubleFaults } from './trouble.ts';
import { unheardFaults } from './unheard.ts';
import { watchFaults } from './watching.ts';

export const diskFaults: readonly Fault[] = [
  ...changeFaults,
  ...troubleFaults,
  ...rootFaults,
  ...mountFaults,
  ...shareFaults,
  ...clockFaults,
  ...nameFaults,
  ...watchFaults,
  ...unheardFaults,
];
