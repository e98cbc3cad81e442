/** A soak: files come, move and are edited while Homeroll, its Immich, or both are killed at random moments, over and over. */
import { setTimeout as sleep } from 'node:timers/promises';
import { type Random, seededRandom } from '../../src/kernel/index.ts';
import { tollOfHouse } from '../faults/scenes.ts';
import { addTolls, lie, type Toll } from '../faults/toll.ts';
import { House } from '../journeys/house.ts';
import type { Program } from '../journeys/program.ts';
import { Arrivals, placementOf } from './arrivals.ts';
import { ImmichProcess } from './immich-process.ts';

export interface SoakWish {
  /** Draws the files and the moments. The machine has its own say in where a moment falls. */
  readonly seed: number;
  readonly victim: 'Homeroll' | 'Immich' | 'both';
  readonly kills: number;
  readonly files: number;
}

export async function soak(wish: SoakWish): Promise<Toll> {
  await using house = await House.open({ sources: [{ albums: ['Holidays'], tags: ['seen'] }] });
  const random = seededRandom(wish.seed);
  const arrivals = new Arrivals(house, random);
  const immich = new ImmichProcess(house);
  if (wish.victim !== 'Homeroll') await immich.start();
  const lifeMs = await lengthOfLife(house);
  for (let killed = 0; killed < wish.kills; ) {
    await arrivals.come(Math.ceil((wish.files - arrivals.count) / (wish.kills - killed)));
    killed += await liveAndDie({ house, immich, arrivals, random, lifeMs, victim: wish.victim });
  }
  await immich.giveBack();
  return await comeToRest(house, wish);
}

/** How long a life takes in which there is nothing to do: on this machine, as busy as it is. */
async function lengthOfLife(house: House): Promise<number> {
  const startMs = performance.now();
  await house.once();
  return performance.now() - startMs;
}

interface Life {
  readonly house: House;
  readonly immich: ImmichProcess;
  readonly arrivals: Arrivals;
  readonly random: Random;
  readonly lifeMs: number;
  readonly victim: SoakWish['victim'];
}

/** @returns how many were killed before they came to their end */
async function liveAndDie({ house, immich, arrivals, random, lifeMs, victim }: Life): Promise<number> {
  const isRun = random.next() < 0.4;
  const homeroll = isRun ? house.start(['run']) : house.startOnce();
  const moment = (): Promise<void> => sleep((0.3 + random.next()) * lifeMs);
  const changeWhileItRuns = async (): Promise<void> => {
    await sleep(random.next() * lifeMs);
    await (random.next() < 0.5 ? arrivals.move() : arrivals.edit());
  };
  const changing = changeWhileItRuns();
  let killed = 0;
  if (victim !== 'Homeroll') {
    await moment();
    killed += homeroll.isOver ? 0 : 1;
    await immich.kill();
    await immich.start();
  }
  if (victim === 'Homeroll') await moment();
  if (victim === 'Immich') await letEnd(homeroll, isRun ? random.next() * 6_000 : 0);
  else if ((await homeroll.kill('SIGKILL')).signal === 'SIGKILL') killed += 1;
  await changing;
  return Math.min(1, killed);
}

/** `once` ends by itself; `run` is given time to see that Immich is back, and is then told to stop. */
async function letEnd(homeroll: Program, patienceMs: number): Promise<void> {
  if (patienceMs > 0) {
    await sleep(patienceMs);
    await homeroll.kill('SIGTERM');
  }
  await homeroll.ended;
}

async function comeToRest(house: House, { seed, victim }: SoakWish): Promise<Toll> {
  const { code, stderr } = await house.once({ patience: '5 minutes', deadlineMs: 300_000 });
  const again = await house.once({ patience: '1 minute' });
  const badEnds = [
    ...(code === 0 ? [] : [`the last life ended with ${code}: ${stderr}`]),
    ...(again.answer?.work.uploads === 0 ? [] : [`one life later ${again.answer?.work.uploads} files were sent again`]),
  ];
  const toll = await tollOfHouse(house, { placementOf, letters: house.letterbox.received });
  const { lost, doubled, lies } = addTolls(toll, lie(...badEnds));
  const where = (finding: string): string => `soak with seed ${seed}, ${victim} killed: ${finding}`;
  return { lost: lost.map(where), doubled: doubled.map(where), lies: lies.map(where) };
}
