/** What goes by unheard: events that the system drops, names that are used again, disks of a pool that drop out for a while. */
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { House } from '../../journeys/house.ts';
import { until } from '../../journeys/program.ts';
import { TestHousehold } from '../../kit/household.ts';
import type { Fault } from '../fault.ts';
import { tollOfHouse, tollOfHousehold } from '../scenes.ts';
import { all, comeToRest, expecting, newsOf, onHousehold, onProcess, sha1Of, storedSha1s } from './kit.ts';

/** What fills the system's queue. Not wanted, so that nothing has to be sent. */
const floods: readonly ((house: House) => void)[] = [
  (house) => {
    for (let number = 0; number < 12_000; number += 1) write(house.path(`many/${number}.txt`));
  },
  (house) => {
    for (let number = 0; number < 20_000; number += 1) write(house.path(number % 2 === 0 ? 'one.txt' : 'two.txt'));
  },
  // A folder whose removal goes unheard, too.
  (house) => {
    for (let number = 0; number < 12_000; number += 1) write(house.path(`many/${number}.txt`));
    rmSync(house.path('old'), { recursive: true });
  },
];

function write(path: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, path);
}

const ways: readonly { readonly how: string; readonly replace: (path: string, content: string) => void }[] = [
  { how: 'written over', replace: (path, content) => writeFileSync(path, content) },
  {
    how: 'removed and made anew',
    replace(path, content) {
      rmSync(path);
      writeFileSync(path, content);
    },
  },
  {
    how: 'moved over',
    replace(path, content) {
      writeFileSync(`${path}.tmp`, content);
      renameSync(`${path}.tmp`, path);
    },
  },
];

const again: Fault = onHousehold({
  name: 'a name is used again while Immich is away: written over, removed and made anew, or moved over',
  tries: 2 * ways.length,
  isQuick: true,
  async strike(seed) {
    const { how, replace } = ways[(seed - 1) % ways.length] ?? { how: '', replace: () => undefined };
    await using home = await TestHousehold.open({ sources: [{ identity: seed > ways.length ? 'network' : 'local' }] });
    await home.goAway();
    await home.write('IMG_0001.JPG', Buffer.from('the first'));
    await home.write('other.jpg');
    await home.once();
    replace(home.path('IMG_0001.JPG').toString(), `the second, ${how}`);
    await home.once();
    await home.comeBack();
    await comeToRest(home);
    const told = newsOf(home, 'replaced before safe');
    return all(
      await tollOfHousehold(home),
      expecting(
        [told.length === 1, `${how}: told ${told.length} times`],
        [told[0] === 'IMG_0001.JPG in Phone was replaced by another picture before it was safe.', `${how}: told as "${told[0]}"`],
        [newsOf(home, 'lost before safe').length === 0, `${how}: told as lost as well`],
        [(await storedSha1s(home)).has(sha1Of(`the second, ${how}`)), `${how}: Immich does not have the second`],
      ),
    );
  },
});

const pool: Fault = onHousehold({
  name: 'a disk of a pool drops out for a day and returns, the folder stays',
  tries: 2,
  async strike(seed) {
    await using home = await TestHousehold.open({ sources: [{ identity: seed === 1 ? 'network' : 'local' }] });
    for (let number = 0; number < 10; number += 1) await home.write(`${number}.jpg`);
    for (let number = 0; number < 6; number += 1) await home.write(`disk2/${number}.jpg`, `${number} on the second disk`);
    await home.once();
    const before = home.asked.filter((question) => question === 'POST /api/assets').length;
    renameSync(home.path('disk2'), `${home.folder()}-out`);
    await home.once();
    home.clock.leap(86_400_000);
    renameSync(`${home.folder()}-out`, home.path('disk2'));
    await comeToRest(home);
    const sent = home.asked.filter((question) => question === 'POST /api/assets').length - before;
    const told = newsOf(home, 'batch safe');
    return all(
      await tollOfHousehold(home),
      expecting(
        [told.length === 1, `what was safe before is told anew: ${told.slice(1).join(' ')}`],
        [home.numbers().safe === 16, `${home.numbers().safe} of 16 are safe`],
        [sent === 0, `${sent} were sent again`],
        [newsOf(home, 'lost before safe').length === 0, 'something safe was told as lost'],
      ),
    );
  },
});

const overflow: Fault = onProcess({
  name: "Homeroll stands still while more changes than the system keeps (inotify's queue)",
  tries: floods.length,
  skip: process.platform === 'linux' ? undefined : 'needs Linux',
  async strike(seed) {
    await using house = await House.open({ sources: [{ 'sweep every': '1 day' }] });
    await house.write('a.jpg');
    await house.write('old/b.txt');
    const homeroll = house.start(['run'], { deadlineMs: 240_000 });
    const isSafe = async (name: string): Promise<boolean> => (await house.places())[name] === 'safe';
    await until(() => isSafe('a.jpg'), 'it is at work');
    process.kill(homeroll.pid, 'SIGSTOP');
    floods[seed - 1]?.(house);
    await house.write('new/deep/b.jpg');
    await sleep(700);
    process.kill(homeroll.pid, 'SIGCONT');
    await until(() => isSafe('new/deep/b.jpg'), 'what was dropped is found');
    await house.write('new/deep/c.jpg');
    await until(() => isSafe('new/deep/c.jpg'), 'the new folder is heard');
    const { code } = await homeroll.kill('SIGTERM');
    return all(await tollOfHouse(house), expecting([code === 0, `it ended with ${code}`]));
  },
});

export const unheardFaults: readonly Fault[] = [overflow, again, pool];
