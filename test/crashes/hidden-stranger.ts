/** A film that an earlier version hid behind a stranger's photo, just before the version that knows better begins. */
import { writeFile } from 'node:fs/promises';
import { DatabaseSync } from 'node:sqlite';
import type { House } from '../journeys/house.ts';
import { journalOf } from '../journeys/house-with-journal.ts';
import { filmOf, jpegOf } from '../kit/halves.ts';
import type { Scene } from './scene.ts';

const once = { albums: ['Holidays'], tags: ['seen'] } as const;
const [still, film] = ['IMG_1.JPG', 'IMG_1.MOV'];

export const hiddenStranger: Scene = {
  name: 'a film that lies hidden behind a stranger',
  wish: { sources: [once] },
  // Both are to be seen, in the album, and apart.
  expected: { placementOf: (path) => (path.startsWith('Phone/IMG_1.') ? { ...once, isHidden: false } : undefined) },

  async prepare(house) {
    const wish = { isMarked: false } as const;
    // The folder comes with its first file.
    await house.write('a.jpg');
    await writeFile(house.path(still), jpegOf('still', { ...wish, at: '2024-07-14T12:00:00' }));
    await writeFile(house.path(film), filmOf('film', { ...wish, at: '2024-08-02T19:30:00' }));
    await house.once();
    await hide(house);
  },
};

/** In Immich and in the journal, as it was left by a version that took any short film for a half. */
async function hide(house: House): Promise<void> {
  const { immich } = house;
  const assets = await immich.assets();
  const idOf = (name: string): string => assets.find(({ originalFileName }) => originalFileName === name)?.id ?? '';
  const ids = [idOf(film)];
  await immich.ask('PUT', `/assets/${idOf(still)}`, { livePhotoVideoId: ids[0] });
  for (const { id } of (await immich.ask('GET', '/albums')) as { id: string }[])
    await immich.ask('DELETE', `/albums/${id}/assets`, { ids });
  for (const { id } of (await immich.ask('GET', '/tags')) as { id: string }[]) await immich.ask('DELETE', `/tags/${id}/assets`, { ids });
  const database = new DatabaseSync(journalOf(house));
  database.prepare("UPDATE file SET role = 'motion' WHERE asset_id = ?").run(idOf(film));
  database.prepare('UPDATE content SET shown_by = ? WHERE asset_id = ?').run(idOf(still), idOf(film));
  for (const table of ['album_member', 'tag_member']) database.prepare(`DELETE FROM ${table} WHERE asset_id = ?`).run(idOf(film));
  database.exec("DELETE FROM fact WHERE name LIKE 'strangers looked for%'");
  database.close();
}
