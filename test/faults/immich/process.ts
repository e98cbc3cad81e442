/** The same on the real program: what it says on its screen, and the number that it ends with. */
import { House } from '../../journeys/house.ts';
import { until } from '../../journeys/program.ts';
import { held } from '../../journeys/server.ts';
import type { Fault } from '../fault.ts';
import { tollOfHouse } from '../scenes.ts';
import { addTolls, lie } from '../toll.ts';
import { questionOf } from './home.ts';

const wish = { sources: [{ albums: ['Everything'], tags: ['from/{source}'] }] };

async function withPictures(house: House): Promise<House> {
  for (const name of ['IMG_1.jpg', 'IMG_2.HEIC', 'IMG_2.MOV', 'IMG_3.mp4']) await house.write(name);
  return house;
}

const onProcess = (name: string, tries: number, live: (house: House, seed: number) => Promise<readonly string[]>): Fault => ({
  group: 'Immich',
  name,
  by: 'process',
  tries,
  async strike(seed) {
    await using house = await withPictures(await House.open(wish));
    const lies = await live(house, seed);
    return addTolls(await tollOfHouse(house), lie(...lies));
  },
});

/** A run after everything is well must end with 0. */
async function isDoneNow(house: House): Promise<readonly string[]> {
  const { code, stderr } = await house.once({ patience: '1 minute' });
  return code === 0 ? [] : [`the last run ended with ${code}: ${stderr}`];
}

export const processFaults: readonly Fault[] = [
  onProcess('accepts every connection and says nothing', 1, async (house) => {
    await house.server.comeBack([{ endpoint: '*', fault: { kind: 'hang' } }]);
    const { code, answer } = await house.once({ deadlineMs: 40_000 });
    const sentence = answer?.troubles[0]?.sentence ?? '';
    await house.server.comeBack();
    const said = code === 4 && /does not answer/.test(sentence) ? [] : [`it ended with ${code} and said "${sentence}"`];
    return [...said, ...(await isDoneNow(house))];
  }),
  onProcess('its power fails in the middle of an answer', 9, async (house, seed) => {
    await house.server.comeBack([{ endpoint: questionOf(seed), nth: 1, fault: held }]);
    const once = house.startOnce();
    await house.server.whenHeld();
    await house.server.close();
    const { code, stderr } = await once.ended;
    await house.server.comeBack();
    return [...(code === 4 ? [] : [`it ended with ${code}: ${stderr}`]), ...(await isDoneNow(house))];
  }),
  onProcess('away for a moment while `homeroll run` works', 2, async (house, seed) => {
    await house.server.comeBack([{ endpoint: questionOf(seed), nth: 1, fault: held }]);
    const homeroll = house.start(['run']);
    await house.server.whenHeld();
    await house.server.close();
    await homeroll.says('Immich is away');
    await house.server.comeBack();
    await homeroll.says('Immich is back');
    await until(async () => Object.values(await house.places()).every((place) => place === 'safe'), 'all is safe');
    const { code, stdout, stderr } = await homeroll.kill('SIGTERM');
    const count = (words: string): number => (stdout + stderr).split(words).length - 1;
    const lines = [count('Immich is away'), count('Immich is back')];
    return [
      ...(code === 0 ? [] : [`it ended with ${code}`]),
      ...(lines.join() === '1,1' ? [] : [`it said ${lines} times that Immich went and came: ${stdout}${stderr}`]),
    ];
  }),
  onProcess('the key was rotated, and the configuration is old', 1, async (house) => {
    const accounts = { anna: { key: 'no-such-key' } };
    await house.configure({ immich: { url: house.server.url, accounts } });
    const first = await house.once();
    const second = await house.once();
    const told = house.letterbox.told('key refused').length;
    await house.configure();
    const sentence = first.answer?.troubles[0]?.sentence ?? '';
    return [
      ...(first.code === 4 && second.code === 4 ? [] : [`it ended with ${first.code} and ${second.code}`]),
      ...(/does not accept the key.*Make a new one/.test(sentence) ? [] : [`it said "${sentence}"`]),
      ...(told === 1 ? [] : [`the household was told ${told} times`]),
      ...(await isDoneNow(house)),
    ];
  }),
];
