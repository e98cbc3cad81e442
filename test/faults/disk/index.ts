/** What disks, mounts and clocks do. */
import type { Fault } from '../fault.ts';
import { changeFaults } from './changes.ts';

export const diskFaults: readonly Fault[] = [...changeFaults];
