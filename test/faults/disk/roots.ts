/** A source's folder that is renamed, removed, or no folder any more; and what may lie in one that is there. */
import { mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { House } from '../../journeys/house.ts';
import { until } from '../../journeys/program.ts';
import { TestHousehold } from '../../kit/household.ts';
import type { Fault } from '../fault.ts';
import { tollOfHouse, tollOfHousehold } from '../scenes.ts';
import { all, comeToRest, expecting, isUndone, newsOf, onHousehold, onProcess } from './kit.ts';

interface Loss {
  readonly what: string;
  readonly isQuick?: boolean;
  readonly leaves: (folder: string) => void;
  readonly comesBack: (folder: string) => void;
}

const aside = (folder: string): string => `${folder}-aside`;
const back = (folder: string): void => {
  rmSync(folder, { recursive: true, force: true });
  renameSync(aside(folder), folder);
};

const losses: readonly Loss[] = [
  { what: 'is renamed', isQuick: true, leaves: (folder) => renameSync(folder, aside(folder)), comesBack: back },
  {
    what: 'becomes a file',
    leaves(folder) {
      renameSync(folder, aside(folder));
      writeFileSync(folder, 'no folder');
    },
    comesBack: back,
  },
  {
    what: 'becomes a link to itself',
    leaves(folder) {
      renameSync(folder, aside(folder));
      symlinkSync(folder, folder);
    },
    comesBack: back,
  },
  {
    what: 'is moved, with a link where it was',
    leaves: (folder) => renameSync(folder, aside(folder)),
    comesBack: (folder) => symlinkSync(aside(folder), folder),
  },
  {
    what: 'becomes an empty folder and is moved back',
    leaves(folder) {
      renameSync(folder, aside(folder));
      mkdirSync(folder);
    },
    comesBack: back,
  },
];

const moments = [/bulk-upload-check/, /POST \/api\/assets$/, /original/, undefined];

export const rootFaults: readonly Fault[] = [
  ...losses.map(({ what, isQuick = false, leaves, comesBack }) =>
    onHousehold({
      name: `a source's folder ${what}`,
      tries: moments.length,
      isQuick,
      async strike(seed) {
        const during = moments[(seed - 1) % moments.length];
        await using home = await TestHousehold.open();
        for (let number = 0; number < 8; number += 1) await home.write(`${number}.jpg`);
        let isThere = true;
        const leave = (): void => {
          if (isThere) leaves(home.folder());
          isThere = false;
        };
        home.onAsk = (question) => {
          if (during?.test(question)) leave();
        };
        await home.once();
        leave();
        await home.once();
        await home.once();
        const isEmptied = what.includes('empty');
        const meanwhile = expecting(
          [isEmptied || home.numbers().gone === 0, `${home.numbers().gone} files were called gone`],
          [isUndone(home) || isEmptied, '`once` ended with 0 though nothing is there'],
        );
        home.onAsk = () => undefined;
        comesBack(home.folder());
        await comeToRest(home);
        return all(
          meanwhile,
          await tollOfHousehold(home),
          expecting(
            [!isUndone(home), 'it is back, and something is not done'],
            [isEmptied || newsOf(home, 'lost before safe').length === 0, 'something was told as lost'],
          ),
        );
      },
    }),
  ),
  onHousehold({
    name: 'links that lead in circles',
    tries: 1,
    async strike() {
      await using home = await TestHousehold.open();
      await home.write('deep/er/a.jpg');
      symlinkSync('..', `${home.folder()}/deep/up`);
      symlinkSync(home.folder(), `${home.folder()}/deep/er/all`);
      symlinkSync('x.jpg', `${home.folder()}/y.jpg`);
      symlinkSync('y.jpg', `${home.folder()}/x.jpg`);
      symlinkSync('/', `${home.folder()}/everything`);
      await comeToRest(home);
      const known = Object.keys(home.states());
      return all(
        await tollOfHousehold(home),
        expecting([known.join() === 'deep/er/a.jpg', `known are ${known}`], [!isUndone(home), 'not done']),
      );
    },
  }),
  onProcess({
    name: '100,000 empty folders',
    tries: 1,
    async strike() {
      await using house = await House.open({ sources: [{ name: 'Crowd' }, {}] });
      await house.write('a.jpg', 'in the crowd', 'Crowd');
      const small = await peakOf(house);
      for (let number = 0; number < 100_000; number += 1) mkdirSync(`${house.folder}/Crowd/${number % 317}/${number}`, { recursive: true });
      const homeroll = house.start(['run']);
      await house.write('b.jpg');
      await until(async () => (await house.immich.assets()).length === 2, 'a file of another source goes on');
      await homeroll.kill('SIGTERM');
      const large = await peakOf(house);
      return all(
        await tollOfHouse(house),
        expecting([large - small < 60, `it took ${small.toFixed(0)} MB without them, and ${large.toFixed(0)} MB with them`]),
      );
    },
  }),
];

/** The most memory that a run held, in MB. It ends well, or that is an error. */
async function peakOf(house: House): Promise<number> {
  const once = house.startOnce({ deadlineMs: 300_000 });
  let peak = 0;
  while (!once.isOver) {
    const status = await readFile(`/proc/${once.pid}/status`, 'utf8').catch(() => '');
    peak = Math.max(peak, Number(/^VmHWM:\s+(\d+) kB/m.exec(status)?.[1] ?? 0) / 1024);
    await sleep(50);
  }
  const { code, stderr } = await once.ended;
  if (code !== 0) throw new Error(`it ended with ${code}: ${stderr}`);
  return peak;
}
