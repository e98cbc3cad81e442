/** Albums by calendar of pictures that nothing but their time of change dates: that may shift, so what it was when they came counts. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { albumsOf, birthday, byYear, openCalendarHousehold, weekMs } from '../../../test/kit/calendar-household.ts';

const noon = (day: string): number => Date.parse(`2024-06-${day}T12:00:00Z`);

describe('a picture that nothing but its time of change dates', () => {
  it('joins the album of an entry, though it was filed by its date before the calendar could be asked', async () => {
    await using house = await openCalendarHousehold({ albums: byYear });
    const { home, assistant } = house;
    assistant.goAway();
    await home.write('screenshot.png');
    await home.touch('screenshot.png', noon('14'));
    await home.once();
    assert.deepEqual(await albumsOf(home), { 2024: ['screenshot.png'] });
    assistant.comeUp();
    await home.once();
    assert.deepEqual(await albumsOf(home), { 2024: ['screenshot.png'], 'Birthday, 14 June 2024': ['screenshot.png'] });
  });

  it('joins that of an entry that is written down later, and of a shorter one later still', async () => {
    await using house = await openCalendarHousehold({ albums: byYear });
    const { home, calendar } = house;
    await home.write('screenshot.png');
    await home.touch('screenshot.png', noon('19'));
    await home.once();
    for (const [uid, summary, end] of [
      ['t', 'Trip', '2024-06-22'],
      ['p', 'Party', '2024-06-20'],
    ] as const) {
      calendar.write(uid, { summary, start: '2024-06-19', end });
      home.clock.leap(weekMs);
      await home.once();
    }
    assert.deepEqual(Object.keys(await albumsOf(home)).toSorted(), ['2024', 'Party, 19 June 2024', 'Trip, 19–21 June 2024']);
  });

  it('stays with the time that it came with when that of its file shifts', async () => {
    await using house = await openCalendarHousehold({ albums: byYear });
    const { home, calendar } = house;
    await home.write('screenshot.png');
    await home.touch('screenshot.png', noon('14'));
    await home.once();
    await home.touch('screenshot.png', noon('25'));
    await home.once();
    calendar.write('p', { ...birthday, summary: 'Party', start: '2024-06-25', end: '2024-06-26' });
    calendar.write('d', { summary: 'Tea party', start: '2024-06-14T09:00:00Z', end: '2024-06-14T20:00:00Z' });
    home.clock.leap(weekMs);
    await home.once();
    assert.deepEqual(Object.keys(await albumsOf(home)), ['2024', 'Birthday, 14 June 2024', 'Tea party, 14 June 2024']);
  });
});
