/** Albums by calendar when Homeroll is killed on the way, or Immich is: each thing is done once, and none is forgotten. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { albumsOf, openCalendarHousehold, weekMs } from '../../../test/kit/calendar-household.ts';
import type { TestHousehold } from '../../../test/kit/household.ts';

/** Names of the albums, each with the number of its pictures. */
async function countsOf(home: TestHousehold): Promise<readonly string[]> {
  return Object.entries(await albumsOf(home)).map(([album, pictures]) => `${album}: ${pictures.length}`);
}

const name = (day: string): string => `IMG_202406${day}_101010.jpg`;
const party = (day: string) => ({ summary: 'Party', start: `2024-06-${day}`, end: `2024-06-${Number(day) + 1}` });

describe('killed', () => {
  it('while an album is made and filled, it is made once, and filled', async () => {
    await using house = await openCalendarHousehold();
    const { home, calendar } = house;
    const points = [
      'before POST /albums',
      'after POST /albums',
      'before PUT /albums/:id/assets',
      'after PUT /albums/:id/assets',
      'after organise',
    ];
    const days = points.map((_, index) => String(10 + index));
    for (const day of days) calendar.write(day, party(day));
    for (const [index, day] of days.entries()) {
      await home.write(name(day));
      await home.onceUntilCrash(points[index] ?? '');
      await home.once();
      assert.equal(home.state(name(day)), 'safe');
    }
    assert.deepEqual(
      await countsOf(home),
      days.map((day) => `Party, ${day} June 2024: 1`),
    );
  });

  it('while an album is renamed, it has the new name, and follows once more', async () => {
    await using house = await openCalendarHousehold();
    const { home, calendar } = house;
    calendar.write('p', party('10'));
    await home.write(name('10'));
    await home.once();
    for (const [point, day] of [
      ['before PATCH /albums/:id', '11'],
      ['after PATCH /albums/:id', '12'],
    ] as const) {
      calendar.write('p', party(day));
      home.clock.leap(weekMs);
      await home.onceUntilCrash(point);
      await home.once();
      assert.deepEqual(await countsOf(home), [`Party, ${day} June 2024: 1`]);
    }
  });

  it('after an answer was written down, the pictures that it is about are seen to in the next life', async () => {
    await using house = await openCalendarHousehold();
    const { home, assistant } = house;
    assistant.goAway();
    await home.write(name('10'));
    await home.once();
    const { calendarEntries } = home.journal;
    const entry = { key: 'calendar.family\np\n', title: 'Party', span: { kind: 'days', from: '2024-06-10', to: '2024-06-10' } } as const;
    calendarEntries.add({ calendar: 'calendar.family', uid: 'p', occurrence: '' }, entry);
    await home.once();
    assert.deepEqual(await countsOf(home), ['Party, 10 June 2024: 1']);
  });
});

describe('an Immich that is away', () => {
  it('does not keep an album from following later, when it is back', async () => {
    await using house = await openCalendarHousehold();
    const { home, calendar } = house;
    calendar.write('p', party('10'));
    await home.write(name('10'));
    await home.once();
    calendar.write('p', { ...party('10'), summary: 'The party' });
    home.clock.leap(weekMs);
    await home.goAway();
    await home.once();
    await home.comeBack();
    await home.once();
    assert.deepEqual(await countsOf(home), ['The party, 10 June 2024: 1']);
  });

  it('is asked again when it refuses to rename', async () => {
    await using house = await openCalendarHousehold();
    const { home, calendar } = house;
    calendar.write('p', party('10'));
    await home.write(name('10'));
    await home.once();
    await home.comeBack([{ endpoint: 'PATCH /albums/:id', fault: { kind: 'status', status: 403 } }]);
    calendar.write('p', { ...party('10'), summary: 'The party' });
    home.clock.leap(weekMs);
    await home.once();
    assert.deepEqual(await countsOf(home), ['Party, 10 June 2024: 1']);
    await home.comeBack();
    await home.once();
    assert.deepEqual(await countsOf(home), ['The party, 10 June 2024: 1']);
  });
});
