/** The walk: Homeroll is killed once at every point that it comes by, each time in a household of its own. */
import { addTolls, lie, noToll, type Toll } from '../faults/toll.ts';
import { killAt } from './kill.ts';
import { earlier } from './points.ts';
import type { Scene } from './scene.ts';

export interface Part {
  readonly scene: Scene;
  readonly points: readonly string[];
}

/** One crash for each point. */
export async function walk({ scene, points }: Part): Promise<Toll> {
  let toll = noToll;
  for (const point of points) toll = addTolls(toll, await killAtOrBefore(scene, point));
  return { ...toll, strikes: points.length };
}

async function killAtOrBefore(scene: Scene, point: string): Promise<Toll> {
  for (const reach of earlier(point)) {
    const toll = await killAt(scene, [reach]);
    if (toll) return toll;
  }
  return lie(`${scene.name} did not come by "${point}" a second time`);
}

/** Two crashes in a row: the second one while the first is being made up for. */
export async function walkInPairs({ scene, points }: Part, count: number, seed: number): Promise<Toll> {
  let toll = noToll;
  for (let index = 0; index < count; index += 1) {
    const [first, second] = [points[(7 * index + seed) % points.length], points[(11 * index + 3 * seed) % points.length]];
    if (first && second) toll = addTolls(toll, (await killAt(scene, [first, second])) ?? noToll);
  }
  return { ...toll, strikes: 2 * count };
}
