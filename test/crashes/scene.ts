/** A household in the middle of something: how it came there, and how it must end, wherever Homeroll is killed meanwhile. */
import type { Expectation } from '../faults/toll.ts';
import type { House, HouseWish } from '../journeys/house.ts';
import type { Ended } from '../journeys/program.ts';

export interface Scene {
  readonly name: string;
  readonly wish: HouseWish;
  /** Until just before the run that is killed. */
  prepare(house: House): Promise<void>;
  /** Once all has come to rest; paths below the house's folder. */
  readonly expected: Expectation;
}

/** A point that was renamed would make another scene of this one. */
export function mustBeKilled({ signal, stderr }: Ended): void {
  if (signal !== 'SIGKILL') throw new Error(`the scene was not prepared: nobody was killed. ${stderr}`);
}
