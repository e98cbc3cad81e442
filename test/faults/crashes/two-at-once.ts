/** Two Homerolls with a state folder each, on one account and the same files. */
import { type Layout, liveAsTwo } from '../../crashes/two.ts';
import type { Fault } from '../fault.ts';

interface Row {
  readonly name: string;
  readonly layout: Layout;
  readonly isKilled: boolean;
  readonly tries: number;
}

const rounds = 8;

const rows: readonly Row[] = [
  { name: 'two Homerolls on one folder', layout: ['Phone', 'Phone'], isKilled: false, tries: 2 },
  { name: "two Homerolls, one's folder inside the other's", layout: ['Phone', 'Phone/Harz'], isKilled: false, tries: 2 },
  { name: 'two Homerolls on one folder, killed at random', layout: ['Phone', 'Phone'], isKilled: true, tries: 2 },
  { name: 'two Homerolls, a folder inside the other, killed', layout: ['Phone/Harz', 'Phone'], isKilled: true, tries: 2 },
];

export const twoAtOnce: readonly Fault[] = rows.map(
  ({ name, tries, ...wish }): Fault => ({
    group: 'two at once',
    name,
    by: 'process',
    tries,
    strike: async (seed) => ({ ...(await liveAsTwo({ ...wish, seed, rounds })), strikes: rounds }),
  }),
);
