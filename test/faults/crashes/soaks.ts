/** Killed at random moments while 500 files come, move and are edited. */
import { type SoakWish, soak } from '../../crashes/soak.ts';
import type { Fault } from '../fault.ts';

const files = 500;

interface Row extends Pick<SoakWish, 'victim' | 'kills'> {
  readonly name: string;
  readonly tries: number;
}

const rows: readonly Row[] = [
  { name: 'killed at random moments, 500 files', victim: 'Homeroll', kills: 100, tries: 2 },
  { name: 'its Immich killed at random moments, 500 files', victim: 'Immich', kills: 25, tries: 2 },
  { name: 'both killed at random moments, 500 files', victim: 'both', kills: 25, tries: 2 },
];

export const soaks: readonly Fault[] = rows.map(
  ({ name, victim, kills, tries }): Fault => ({
    group: 'crashes',
    name,
    by: 'process',
    tries,
    strike: async (seed) => ({ ...(await soak({ seed, victim, kills, files })), strikes: kills }),
  }),
);
