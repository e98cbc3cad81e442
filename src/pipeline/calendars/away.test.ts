/** Albums by calendar while Home Assistant, or the calendar in it, cannot be asked: nothing waits for them, and nothing is forgotten. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { albumsOf, byYear, openCalendarHousehold, weekMs } from '../../../test/kit/calendar-household.ts';
import { whyFile } from '../../desk/index.ts';
import { titlePattern } from '../../domain/index.ts';

describe('an album by calendar, of a Home Assistant that cannot be asked,', () => {
  it('takes pictures that arrive weeks later, while Home Assistant is away and the entry is forgotten there', async () => {
    await using house = await openCalendarHousehold();
    const { home, assistant, calendar } = house;
    await home.write('IMG_20240614_101010.jpg');
    await home.once();
    assistant.goAway();
    calendar.remove('b');
    home.clock.leap(4 * weekMs);
    await home.write('IMG_20240614_202020.jpg');
    await home.once();
    assert.deepEqual(await albumsOf(home), { 'Birthday, 14 June 2024': ['IMG_20240614_101010.jpg', 'IMG_20240614_202020.jpg'] });
  });

  it('waits for a Home Assistant that is away, and nothing else does', async () => {
    await using house = await openCalendarHousehold({ albums: byYear });
    const { home, assistant } = house;
    const whyNow = (): readonly string[] => whyFile(home.path('IMG_20240614_101010.jpg'), home.journal, home.clock.now())?.now ?? [];
    const owed = 'Whether a calendar names an album for it waits for Home Assistant.';
    assistant.goAway();
    await home.write('IMG_20240614_101010.jpg');
    await home.once();
    assert.deepEqual([await albumsOf(home), home.state('IMG_20240614_101010.jpg')], [{ 2024: ['IMG_20240614_101010.jpg'] }, 'safe']);
    assert.ok(whyNow().includes(owed));
    const told = home.news();
    const running = await home.run();
    assistant.comeUp();
    await home.until(() => home.history('IMG_20240614_101010.jpg').filter((state) => state === 'safe').length === 2);
    await running.stop();
    assert.deepEqual(Object.keys(await albumsOf(home)), ['2024', 'Birthday, 14 June 2024']);
    assert.ok(!whyNow().includes(owed));
    assert.deepEqual(home.news(), told);
  });

  it('whose calendar is unknown is told once, and the pictures are safe', async () => {
    await using house = await openCalendarHousehold({ calendars: [{ calendar: 'calendar.famly', only: titlePattern('x') }] });
    const { home, assistant } = house;
    assistant.answers.delete('calendar/event/subscribe');
    await home.write('IMG_20240614_101010.jpg');
    await home.write('IMG_20240714_101010.jpg');
    await home.once();
    assert.equal(home.numbers().safe, 2);
    assert.deepEqual(home.warnings, ['Home Assistant has no calendar.famly, so it names no albums; homeroll doctor says more.']);
    // Asked for, it would be an error in the log of Home Assistant.
    assert.deepEqual([assistant.actions.length, house.calendar.asked], [0, []]);
  });

  it('is not asked for while the calendar is unavailable, which is not an empty one', async () => {
    await using house = await openCalendarHousehold();
    const { home, assistant, calendar } = house;
    await home.write('IMG_20240614_101010.jpg');
    await home.once();
    assistant.say('calendar.family', 'unavailable');
    home.clock.leap(weekMs);
    await home.write('IMG_20240614_202020.jpg');
    await home.once();
    assert.equal(calendar.asked.length, 1);
    assert.equal((await albumsOf(home))['Birthday, 14 June 2024']?.length, 2);
  });

  it('or is slow to answer, takes its pictures before the run ends', async () => {
    await using house = await openCalendarHousehold();
    const { home, calendar } = house;
    calendar.onAsk = () => home.until(() => home.state('IMG_20240614_101010.jpg') === 'safe');
    await home.write('IMG_20240614_101010.jpg');
    await home.once();
    assert.deepEqual(Object.keys(await albumsOf(home)), ['Birthday, 14 June 2024']);
    const { now, history } = whyFile(home.path('IMG_20240614_101010.jpg'), home.journal, home.clock.now()) ?? {};
    assert.deepEqual(now?.[0], 'Read back from Immich and found equal.');
    assert.ok(history?.some(({ reason }) => reason === 'taken during "Birthday" in calendar.family'));
  });

  it('or has more entries than anybody reads, is told of once a month, and is read as far as it goes', async () => {
    await using house = await openCalendarHousehold();
    const { home, calendar } = house;
    for (let index = 0; index < 501; index += 1) calendar.write(`x${index}`, { summary: 'x', start: '2024-06-20', end: '2024-06-21' });
    await home.write('IMG_20240614_101010.jpg');
    await home.write('IMG_20240714_101010.jpg');
    await home.once();
    const running = await home.run();
    home.clock.leap(weekMs);
    await home.until(() => calendar.asked.length === 4);
    home.clock.leap(weekMs);
    await home.until(() => calendar.asked.length === 6);
    await running.stop();
    // Once in each of two lives.
    assert.deepEqual([...new Set(home.warnings)].toSorted(), [
      'More than 500 entries of calendar.family lie around 2024-06: the last name no albums.',
      'More than 500 entries of calendar.family lie around 2024-07: the last name no albums.',
    ]);
    assert.equal(home.warnings.length, 4);
    assert.deepEqual(Object.keys(await albumsOf(home)), ['Birthday, 14 June 2024']);
  });

  it('takes a picture that was being organised when Home Assistant came back', async () => {
    await using house = await openCalendarHousehold({ albums: byYear });
    const { home, assistant, calendar } = house;
    assistant.goAway();
    home.onAsk = async (question) => {
      if (assistant.isUp || !question.startsWith('PUT /api/albums/')) return;
      assistant.comeUp();
      await home.until(() => calendar.asked.length === 1);
    };
    await home.write('IMG_20240614_101010.jpg');
    await home.once();
    assert.deepEqual(Object.keys(await albumsOf(home)), ['2024', 'Birthday, 14 June 2024']);
    assert.equal(home.state('IMG_20240614_101010.jpg'), 'safe');
  });
});
