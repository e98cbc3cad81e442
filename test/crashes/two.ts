/** Two Homerolls on one share and one account, each with a state folder of its own: at work at the same time, round after round. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Random, seededRandom } from '../../src/kernel/index.ts';
import { gather } from '../faults/evidence.ts';
import { absolute } from '../faults/scenes.ts';
import { addTolls, lie, type Toll, tollOf } from '../faults/toll.ts';
import { House } from '../journeys/house.ts';
import type { Ended, Program } from '../journeys/program.ts';

/** The folder of the first and of the second: the same one, or one inside the other's. */
export type Layout = readonly [string, string];

export interface TwoWish {
  readonly seed: number;
  readonly layout: Layout;
  readonly rounds: number;
  /** One of them, or both, in each round. */
  readonly isKilled?: boolean;
}

const filesPerRound = 5;
const [first, second] = ['homeroll.yaml', 'second.yaml'];
const rules = { name: 'Phone', account: 'anna', settle: '0 s', albums: ['Holidays', '{folder}'], tags: ['seen'] };

export async function liveAsTwo({ seed, layout, rounds, isKilled = false }: TwoWish): Promise<Toll> {
  await using house = await House.open({ sources: [{ ...rules, folder: layout[0] }] });
  await configureSecond(house, layout[1]);
  const random = seededRandom(seed);
  for (let round = 1; round <= rounds; round += 1) {
    await writeRound(house, round);
    const both = [first, second].map((config) => start(house, config, random));
    if (isKilled) await Promise.all(both.map((one) => killSometimes(one, random)));
    await Promise.all(both.map((one) => letEnd(one)));
  }
  // At the same time once more, and then each by itself: what one left to the other is done by now.
  await Promise.all([first, second].map((config) => once(house, config)));
  const ends = [await once(house, first), await once(house, second)];
  const badEnds = ends.flatMap(({ code, stderr }) => (code === 0 ? [] : [`one of the two ended with ${code}: ${stderr}`]));
  return addTolls(
    ...(await Promise.all([tollOfOne(house, 'state', layout[0]), tollOfOne(house, 'second-state', layout[1])])),
    lie(...badEnds),
  );
}

async function configureSecond(house: House, folder: string): Promise<void> {
  const config = {
    immich: { url: house.server.url, accounts: { anna: { key: house.server.keyOf('Anna') } } },
    'time zone': 'Europe/Berlin',
    state: 'second-state',
    sources: [{ ...rules, folder }],
    tell: ['log'],
  };
  await writeFile(join(house.folder, second), JSON.stringify(config));
}

/** Each round has an album that neither knows yet. Below the innermost source, so that both see all of it. */
async function writeRound(house: House, round: number): Promise<void> {
  for (let number = 1; number <= filesPerRound; number += 1) await house.write(`Harz/Day ${round}/${round}-${number}.jpg`);
  await house.write(`Harz/Day ${round}/copy.jpg`, `the bytes of Harz/Day ${round}/${round}-1.jpg`);
  await house.write(`Harz/Day ${round}/IMG_${round}.HEIC`);
  await house.write(`Harz/Day ${round}/IMG_${round}.MOV`);
}

function start(house: House, config: string, random: Random): Program {
  return random.next() < 0.3 ? house.start(['run', '--config', config]) : house.startOnce({ words: ['--config', config] });
}

function once(house: House, config: string): Promise<Ended> {
  return house.startOnce({ patience: '1 minute', words: ['--config', config] }).ended;
}

async function killSometimes(homeroll: Program, random: Random): Promise<void> {
  await sleep(300 + random.next() * 900);
  if (random.next() < 0.6) await homeroll.kill('SIGKILL');
}

/** `run` is stopped when it had the time for what `once` would have done. */
async function letEnd(homeroll: Program): Promise<void> {
  const stopping = new AbortController();
  const stop = sleep(2_500, undefined, { signal: stopping.signal }).then(
    () => homeroll.kill('SIGTERM'),
    () => undefined,
  );
  await homeroll.ended;
  stopping.abort();
  await stop;
}

async function tollOfOne(house: House, state: string, folder: string): Promise<Toll> {
  const { url, users, dataDir } = house.server;
  const sources = [{ name: 'Phone', folder: join(house.folder, folder), account: 'anna' }];
  const evidence = await gather({ url, users, dataDir, stateDirs: [join(house.folder, state)], sources });
  return tollOf(evidence, absolute({ placementOf }, house.folder));
}

function placementOf(path: string) {
  const folder = path.split('/').at(-2) ?? '';
  if (path.endsWith('.MOV')) return { albums: [], tags: [], isHidden: true };
  const filed = { albums: ['Holidays', folder], tags: ['seen'], isHidden: false };
  return path.endsWith('.HEIC') ? { ...filed, motion: path.replace('.HEIC', '.MOV') } : filed;
}
