/** Homeroll and its Immich killed at every point and at any moment, and two Homerolls at once. */
import type { Fault } from '../fault.ts';
import { soaks } from './soaks.ts';
import { twoAtOnce } from './two-at-once.ts';
import { walks } from './walks.ts';

export const crashFaults: readonly Fault[] = [...walks, ...soaks, ...twoAtOnce];
