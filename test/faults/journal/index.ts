/** What happens to the journal and the configuration. */
import type { Fault } from '../fault.ts';

export const journalFaults: readonly Fault[] = [];
