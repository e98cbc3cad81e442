/** Films that lie hidden behind a photo that only shares their name, as versions left them that took any short film for a half. */
import assert from 'node:assert/strict';
import { filmOf, jpegOf } from './halves.ts';
import type { TestHousehold } from './household.ts';

const unmarked = { isMarked: false } as const;

/** @param home asks for no albums yet, so that an earlier life left the films in none */
export async function hideStrangers(home: TestHousehold, names: readonly string[]): Promise<void> {
  for (const name of names) {
    await home.write(`${name}.JPG`, jpegOf(name, { ...unmarked, at: '2024-07-14T12:00:00' }));
    await home.write(`${name}.MOV`, filmOf(name, { ...unmarked, at: '2024-08-02T19:30:00' }));
  }
  await home.once();
  for (const name of names) await hide(home, name);
  for (const { id } of home.journal.sources.all()) home.journal.facts.forget(`strangers looked for: ${id}`);
}

async function hide(home: TestHousehold, name: string): Promise<void> {
  const [still, film] = [await home.asset(`${name}.JPG`), await home.asset(`${name}.MOV`)];
  await home.byHand('PUT', `/assets/${still.id}`, { livePhotoVideoId: film.id });
  const row = home.file(`${name}.MOV`);
  const { accountId } = home.journal.sources.byId(row?.sourceId ?? (0 as never));
  assert.ok(row?.sha1 && accountId !== undefined);
  home.journal.files.update(row.id, { role: 'motion' });
  home.journal.contents.markShown(accountId, row.sha1, still.id as never);
}
