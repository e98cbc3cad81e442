/** Entries of a real calendar name albums. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { addCalendar, addEntry } from './calendar.ts';
import { RealHomeAssistant } from './home-assistant.ts';
import { Homeroll } from './homeroll.ts';
import { waitFor } from './wait-for.ts';

describe('a calendar', () => {
  let home: RealHomeAssistant;
  before(async () => {
    home = await RealHomeAssistant.start();
  });
  after(() => home[Symbol.asyncDispose]());

  it('names the albums of what was taken during its entries', async () => {
    const calendar = await addCalendar(home, 'Family');
    await addEntry(home, calendar, { summary: "Anna's birthday", from: '2024-06-14', to: '2024-06-15' });
    await addEntry(home, calendar, { summary: 'Holiday in Italy', from: '2024-07-14', to: '2024-07-21' });
    await addEntry(home, calendar, { summary: 'Dentist', from: '2024-06-14 09:00:00', to: '2024-06-14 10:00:00' });
    const albums = [{ calendar, only: '/birthday|holiday/i' }];
    await using homeroll = await Homeroll.at(home, { topic: 'calendar', sources: [{ name: 'Phone', albums }] });
    for (const name of ['IMG_20240614_093000.jpg', 'IMG_20240717_120000.jpg', 'IMG_20240801_120000.jpg']) await homeroll.house.write(name);
    homeroll.run();
    for (const name of ['IMG_20240614_093000.jpg', 'IMG_20240717_120000.jpg', 'IMG_20240801_120000.jpg']) await homeroll.isAt(name, 'safe');
    // Pictures are safe before the calendar was heard, and join their albums then.
    const { immich } = homeroll.house;
    await waitFor(
      'two albums',
      async () => Object.values(await immich.membersByAlbum()).flat().length >= 2,
      () => immich.membersByAlbum(),
    );
    assert.deepEqual(await immich.membersByAlbum(), {
      "Anna's birthday, 14 June 2024": ['IMG_20240614_093000.jpg'],
      'Holiday in Italy, 14–20 July 2024': ['IMG_20240717_120000.jpg'],
    });
  });
});
