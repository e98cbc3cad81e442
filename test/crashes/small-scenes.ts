/** Two moments that no batch has by itself: a picture comes back from the trash, and half of a live photo is left alone. */
import { mustBeKilled, type Scene } from './scene.ts';

const once = { albums: ['Holidays'], tags: ['seen'] } as const;

/** The owner had thrown it away in Immich, and now says of the copy on disk: keep it. */
export const keptFromTrash: Scene = {
  name: 'a picture that is kept from the trash',
  wish: { sources: [once] },
  expected: { placementOf: (path) => (path === 'Phone/a.jpg' ? { ...once, isHidden: false } : undefined) },

  async prepare(house) {
    await house.immich.trash(await house.immich.upload('a.jpg', await house.write('a.jpg')));
    await house.once();
    // Given, and not taken before the next run: whoever gives it with nobody at work takes it as well.
    const env = { HOMEROLL_CRASH_AT: 'after commit by noteOrder' };
    mustBeKilled(await house.start(['keep', house.path('a.jpg')], { env }).ended);
  },
};

/** Its video was sent, hidden, when the still left. */
export const leftHalf: Scene = {
  name: 'half of a live photo, left alone',
  wish: { sources: [once] },
  expected: { placementOf: (path) => (path === 'Phone/IMG_1.MOV' ? { ...once, isHidden: false } : undefined) },

  async prepare(house) {
    await house.write('IMG_1.HEIC');
    await house.write('IMG_1.MOV');
    mustBeKilled(await house.once({ env: { HOMEROLL_CRASH_AT: 'after upload' } }));
    await house.remove('IMG_1.HEIC');
  },
};
