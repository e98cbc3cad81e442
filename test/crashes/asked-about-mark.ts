/** A mark comes to lie among wanted pictures: its owner is asked once, and all goes on until they answer, and after a no. */
import type { House } from '../journeys/house.ts';
import { mustBeKilled, type Scene } from './scene.ts';

const filed = { albums: ['Holidays'], tags: ['seen'] } as const;
const mark = 'Camera/.nomedia';

const asked: Pick<Scene, 'wish' | 'expected'> = {
  wish: { sources: [filed] },
  expected: {
    placementOf: (path) => (path.startsWith('Phone/Camera/') ? { ...filed, isHidden: false } : undefined),
    toldOnce: ['mark asked'],
  },
};

async function layMark(house: House): Promise<void> {
  await house.write('Camera/a.jpg');
  await house.once();
  await house.write(mark, '');
  await house.write('Camera/b.jpg');
}

/** The run that finds it is killed. */
export const markFound: Scene = { name: 'a mark that is found', ...asked, prepare: layMark };

/** The owner said no, and that run is killed which is to hear it. */
export const markRefused: Scene = {
  name: 'a mark that its owner does not want',
  ...asked,
  async prepare(house) {
    await layMark(house);
    await house.once();
    // Given, and not taken before the next run.
    const env = { HOMEROLL_CRASH_AT: 'after commit by noteOrder' };
    mustBeKilled(await house.start(['keep', house.path(mark)], { env }).ended);
    await house.write('Camera/c.jpg');
  },
};
