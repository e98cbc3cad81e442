/** One try of one fault in a process of its own: whatever it leaves behind cannot touch the next. */
import { allFaults } from './all.ts';
import { lie, type Toll } from './toll.ts';

const [fault, seed] = process.argv.slice(2).map(Number);
const toll: Toll = await (allFaults[fault ?? -1]?.strike(seed ?? 1) ?? Promise.resolve(lie('no such fault'))).catch((error: unknown) =>
  lie(error instanceof Error ? (error.stack ?? error.message) : String(error)),
);
process.send?.(toll, () => process.exit(0));
