/** Where the facts of the two kinds of households lie, and what they add up to. */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { House } from '../journeys/house.ts';
import type { TestHousehold } from '../kit/household.ts';
import { gather } from './evidence.ts';
import type { Placement } from './placement.ts';
import { type Expectation, type Toll, tollOf } from './toll.ts';

/** @param expected paths below the house's folder: `Phone/a.jpg` */
export async function tollOfHouse(house: House, expected: Expectation = {}): Promise<Toll> {
  const { sources } = JSON.parse(readFileSync(join(house.folder, 'homeroll.yaml'), 'utf8')) as {
    sources: readonly { name: string; folder: string; account: string }[];
  };
  const { url, users, dataDir } = house.server;
  const evidence = await gather({
    url,
    users,
    dataDir,
    stateDirs: [join(house.folder, 'state')],
    sources: sources.map((source) => ({ ...source, folder: resolve(house.folder, source.folder) })),
  });
  return tollOf(evidence, absolute(expected, house.folder));
}

/** @param expected paths below the household's folder: `Phone/a.jpg` */
export async function tollOfHousehold(household: TestHousehold, expected: Expectation = {}): Promise<Toll> {
  const { immichAtHand, stateFolder, config } = household;
  const evidence = await gather({ ...immichAtHand, stateDirs: [stateFolder], sources: config.sources });
  return tollOf(evidence, absolute(expected, join(stateFolder, '..')));
}

export function absolute({ ends = {}, placementOf, ...rest }: Expectation, folder: string): Expectation {
  const base = Buffer.from(`${folder}/`).toString('latin1');
  const placedBelow = (path: string): Placement | undefined => {
    const placement = placementOf?.(path.slice(base.length));
    return placement?.motion === undefined ? placement : { ...placement, motion: base + placement.motion };
  };
  return {
    ...rest,
    ...(placementOf && { placementOf: placedBelow }),
    ends: Object.fromEntries(Object.entries(ends).map(([path, end]) => [Buffer.from(join(folder, path)).toString('latin1'), end])),
  };
}
