/** What happens to the journal and the configuration. */
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { House } from '../../journeys/house.ts';
import {
  allIsSafe,
  damageUnderway,
  fill,
  harms,
  houseWithPictures,
  journalOf,
  limitFiles,
  names,
  noLimits,
  SmallDisk,
  stateOf,
} from '../../journeys/house-with-journal.ts';
import { type Program, until } from '../../journeys/program.ts';
import { held } from '../../journeys/server.ts';
import { noMounts } from '../../kit/may-mount.ts';
import type { Fault } from '../fault.ts';
import { tollOfHouse } from '../scenes.ts';
import { addTolls, lie, type Toll } from '../toll.ts';

/** Each a sentence that must be so. */
type Claims = Readonly<Record<string, boolean>>;

const liesIn = (claims: Claims): Toll => lie(...Object.entries(claims).flatMap(([claim, isSo]) => (isSo ? [] : [`not so: ${claim}`])));

/** Strikes a Homeroll that runs and has stored its pictures; one more comes afterwards. */
async function whileItRuns(
  strike: (house: House, homeroll: Program) => void | Promise<void>,
  claimsOf: (house: House) => Claims,
): Promise<Toll> {
  const { house: opened } = await houseWithPictures();
  await using house = opened;
  const homeroll = house.start(['run'], { deadlineMs: 120_000 });
  await allIsSafe(house, names.length);
  await strike(house, homeroll);
  await house.write('late.jpg');
  await allIsSafe(house, names.length + 1);
  const { code } = await homeroll.kill('SIGTERM');
  return addTolls(await tollOfHouse(house), liesIn({ ...claimsOf(house), 'it ended well when it was told to stop': code === 0 }));
}

const told = (house: House, times: number): Claims => ({
  [`the household was told ${times} times of a new journal`]: house.letterbox.told('journal anew').length === times,
});
const keptAside = (house: House): Claims => ({
  'it is kept aside': readdirSync(stateOf(house)).some((name) => name.includes('.damaged-')),
});

export const journalFaults: readonly Fault[] = [
  {
    group: 'journal',
    name: 'damaged while stopped: header, middle, end, all of it',
    by: 'process',
    tries: harms.length,
    isQuick: true,
    async strike(seed) {
      const { house: opened } = await houseWithPictures();
      await using house = opened;
      await house.once();
      harms[(seed - 1) % harms.length]?.harm(journalOf(house));
      const { code, answer } = await house.once();
      const claims = { 'once ended with 0': code === 0, 'nothing was sent twice': answer?.work.uploads === 0 };
      return addTolls(await tollOfHouse(house), liesIn({ ...claims, ...told(house, 1), ...keptAside(house) }));
    },
  },
  {
    group: 'journal',
    name: 'damaged in the middle of the work',
    by: 'process',
    tries: 3,
    strike: () => whileItRuns(damageUnderway, (house) => ({ ...told(house, 1), ...keptAside(house) })),
  },
  {
    group: 'journal',
    name: 'deleted under a running Homeroll, alone or with its folder',
    by: 'process',
    tries: 2,
    strike: (seed) =>
      whileItRuns(
        async (house, homeroll) => {
          rmSync(seed % 2 === 0 ? stateOf(house) : journalOf(house), { recursive: true });
          await homeroll.says('was deleted while Homeroll ran');
        },
        (house) => told(house, 1),
      ),
  },
  {
    group: 'journal',
    name: 'its disk full, in the middle of an upload or of a read-back',
    by: 'process',
    tries: 2,
    skip: noMounts,
    async strike(seed) {
      const endpoint = seed % 2 === 0 ? 'POST /assets' : 'GET /assets/:id/original';
      const { house: opened } = await houseWithPictures({ faults: [{ endpoint, nth: 2, fault: held }] });
      await using house = opened;
      using _disk = new SmallDisk(house);
      const homeroll = house.start(['run'], { deadlineMs: 120_000 });
      await house.server.whenHeld();
      fill(stateOf(house));
      house.server.letGo();
      await homeroll.says('is full, so Homeroll takes no more work');
      rmSync(join(stateOf(house), 'ballast'));
      await allIsSafe(house, names.length);
      const { code } = await homeroll.kill('SIGTERM');
      return addTolls(await tollOfHouse(house), liesIn({ 'it went on by itself': code === 0, ...told(house, 0) }));
    },
  },
  {
    group: 'journal',
    name: 'its disk refusing to be written',
    by: 'process',
    tries: 2,
    skip: noLimits,
    strike: () =>
      whileItRuns(
        async (house, homeroll) => {
          limitFiles(homeroll.pid, 8_192);
          // The same that comes afterwards: something to do.
          await house.write('late.jpg');
          await homeroll.says('so Homeroll takes no more work');
          limitFiles(homeroll.pid, 'unlimited');
        },
        (house) => told(house, 0),
      ),
  },
  {
    group: 'journal',
    name: 'settings wrong, half written and right again while work is in flight',
    by: 'process',
    tries: 3,
    async strike(seed) {
      const endpoint = ['POST /assets', 'GET /assets/:id/original', 'POST /albums'][seed % 3] ?? '';
      const { house: opened } = await houseWithPictures({ faults: [{ endpoint, nth: 1, fault: held }] });
      await using house = opened;
      const homeroll = house.start(['run'], { deadlineMs: 120_000 });
      await house.server.whenHeld();
      const file = join(house.folder, 'homeroll.yaml');
      const right = readFileSync(file, 'utf8');
      writeFileSync(file, right.replace('"sources"', '"sorces"'));
      await homeroll.says('those before stay in force');
      writeFileSync(file, right.slice(0, right.length / 2));
      writeFileSync(file, right.replace('"settle": "0 s"', '"settle": "1 s"'));
      await homeroll.says('have changed, and Homeroll goes on with them');
      house.server.letGo();
      await allIsSafe(house, names.length);
      const { code, stderr } = await homeroll.kill('SIGTERM');
      const wrongs = stderr.match(/settings are wrong/g)?.length;
      await until(() => homeroll.isOver, 'it ended');
      return addTolls(await tollOfHouse(house), liesIn({ 'it ended well': code === 0, 'one wrong word was heard of': wrongs === 1 }));
    },
  },
];
