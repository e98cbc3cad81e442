/** Processes that end in the middle. */
import type { Fault } from '../fault.ts';

export const crashFaults: readonly Fault[] = [];
