/** What Immich, and what stands before it, does. */
import type { Fault } from '../fault.ts';
import { awayFaults } from './away.ts';

export const immichFaults: readonly Fault[] = [...awayFaults];
