/** A batch of everything: a live photo, a sidecar, RAW and JPEG, copies, a film, halves that Immich knew before, twin albums. */
import { albumMarker, markerLine, type UserId } from '../../src/domain/index.ts';
import type { Placement } from '../faults/placement.ts';
import type { House } from '../journeys/house.ts';
import { bytesNamed } from '../kit/halves.ts';
import type { Scene } from './scene.ts';

const filmBytes = 600_000;

// An album's name may hold no more than what is known of the file: its folder.
const harz: Placement = { albums: ['Holidays', 'Harz'], tags: ['from/Phone', 'seen'], isHidden: false };
const alps: Placement = { albums: ['Holidays', 'Alps'], tags: ['from/Phone', 'seen'], isHidden: false };
const half: Placement = { albums: [], tags: [], isHidden: true };

const places: Readonly<Record<string, Placement>> = {
  'Phone/Harz/IMG_1.HEIC': { ...harz, motion: 'Phone/Harz/IMG_1.MOV' },
  'Phone/Harz/IMG_1.MOV': half,
  'Phone/Harz/IMG_2.jpg': { ...harz, description: 'Brocken in fog' },
  'Phone/Harz/IMG_3.CR2': harz,
  'Phone/Harz/IMG_3.JPG': harz,
  'Phone/Harz/a.jpg': harz,
  'Phone/Harz/a copied.jpg': harz,
  'Phone/Alps/a again.jpg': alps,
  'Phone/Alps/film.mp4': alps,
  'Phone/Alps/IMG_4.HEIC': { ...alps, motion: 'Phone/Alps/IMG_4.MOV' },
  'Phone/Alps/IMG_4.MOV': half,
};

export const mixedBatch: Scene = {
  name: 'a batch of everything',
  wish: { sources: [{ settle: '50 ms', albums: ['Holidays', '{folder}'], tags: ['from/{source}', 'seen'] }] },
  expected: { placementOf: (path) => places[path] },

  async prepare(house) {
    for (const path of Object.keys(places)) {
      const name = path.slice('Phone/'.length);
      await house.write(name, / (copied|again)\.jpg$/.test(name) ? 'the bytes of Harz/a.jpg' : contentOf(name));
    }
    // Of the future, so that it is not finished at first sight, and must settle.
    await house.touch('Alps/film.mp4', '2090-07-14T10:00:00Z');
    await house.write('Harz/IMG_2.xmp', '<rdf:Description dc:description="Brocken in fog"/>');
    await makeTwins(house);
    // Another app brought the still before: what is left to do is to link it.
    await house.immich.upload('IMG_4.HEIC', bytesNamed('IMG_4.HEIC', contentOf('Alps/IMG_4.HEIC')));
  },
};

/** Long enough for the film to leave in several pieces. */
function contentOf(name: string): string {
  return name.endsWith('film.mp4') ? 'a film '.repeat(filmBytes / 7) : `the bytes of ${name}`;
}

/** Two Homerolls made the same album in the same minute, and neither had the time to notice. */
async function makeTwins(house: House): Promise<void> {
  const anna = house.server.users.find(({ name }) => name === 'Anna');
  const description = markerLine(albumMarker((anna?.id ?? '') as UserId, 'Holidays'));
  for (const content of ['of one Homeroll', 'of the other']) {
    const { id } = await house.immich.upload(`${content}.jpg`, content);
    await house.immich.ask('POST', '/albums', { albumName: 'Holidays', description, assetIds: [id] });
  }
}
