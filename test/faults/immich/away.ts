/** Immich is not there. */
import { House } from '../../journeys/house.ts';
import type { Fault } from '../fault.ts';
import { tollOfHouse } from '../scenes.ts';
import { addTolls, lie } from '../toll.ts';

export const awayFaults: readonly Fault[] = [
  {
    group: 'Immich',
    name: 'away at start',
    by: 'process',
    tries: 2,
    isQuick: true,
    async strike(seed) {
      await using house = await House.open();
      for (let number = 0; number <= seed; number += 1) await house.write(`a${number}.jpg`);
      await house.server.close();
      const { code } = await house.once();
      await house.server.comeBack();
      const { code: later } = await house.once();
      const codes = code === 4 && later === 0 ? [] : [`the exit codes were ${code} and ${later}`];
      return addTolls(await tollOfHouse(house), lie(...codes));
    },
  },
];
