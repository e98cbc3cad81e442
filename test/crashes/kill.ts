/** Lives through a scene in which Homeroll is killed, once or several times, lets it finish, and counts what that cost. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { tollOfHouse } from '../faults/scenes.ts';
import { addTolls, lie, type Toll } from '../faults/toll.ts';
import { House } from '../journeys/house.ts';
import type { Scene } from './scene.ts';

/** @returns every point that a whole run of the scene comes by, as HOMEROLL_CRASH_AT takes it, in their order */
export async function recordPoints(scene: Scene): Promise<readonly string[]> {
  await using house = await House.open(scene.wish);
  await scene.prepare(house);
  const logFile = join(house.folder, 'points');
  const { code, stderr } = await house.once({ env: { HOMEROLL_CRASH_LOG: logFile } });
  if (code !== 0) throw new Error(`${scene.name} ends with ${code} when nobody is killed: ${stderr}`);
  return readFileSync(logFile, 'utf8').trimEnd().split('\n');
}

/**
 * @param points one for each life that ends there; the last life goes on to the end
 * @returns undefined when the first of them was not reached
 */
export async function killAt(scene: Scene, points: readonly string[]): Promise<Toll | undefined> {
  await using house = await House.open(scene.wish);
  await scene.prepare(house);
  for (const [index, point] of points.entries()) {
    const { signal } = await house.once({ env: { HOMEROLL_CRASH_AT: point } });
    // Much is done by now: a later life may not come by its point any more.
    if (signal !== 'SIGKILL' && index === 0) return undefined;
  }
  const { code, stderr } = await house.once({ patience: '1 minute' });
  const badEnd = code === 0 ? [] : [`the last life ended with ${code}: ${stderr}`];
  const toll = await tollOfHouse(house, { ...scene.expected, letters: house.letterbox.received });
  const where = (finding: string): string => `killed at ${points.join(', then at ')}: ${finding}`;
  const { lost, doubled, lies } = addTolls(toll, lie(...badEnd));
  return { lost: lost.map(where), doubled: doubled.map(where), lies: lies.map(where) };
}
