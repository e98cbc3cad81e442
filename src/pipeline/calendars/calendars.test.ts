import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { albumsOf, birthday, byYear, openCalendarHousehold, weekMs } from '../../../test/kit/calendar-household.ts';
import type { TestHousehold } from '../../../test/kit/household.ts';
import { albumMarker, markerLine, type UserId } from '../../domain/index.ts';

const holiday = { summary: 'Holiday', start: '2024-06-10', end: '2024-06-21' };
const hourMs = 3_600_000;
const yearMs = 365 * 24 * hourMs;

const idOf = async (home: TestHousehold, name: string): Promise<string> =>
  (await home.albums()).find(({ albumName }) => albumName === name)?.id ?? assert.fail(`no album ${name}`);

describe('an album by calendar', () => {
  it('takes what was taken during the entry, beside the other albums, and nothing else', async () => {
    await using house = await openCalendarHousehold({ albums: byYear });
    const { home } = house;
    await home.write('IMG_20240614_101010.jpg');
    await home.write('IMG_20240615_000010.jpg');
    await home.once();
    assert.deepEqual(await albumsOf(home), {
      2024: ['IMG_20240614_101010.jpg', 'IMG_20240615_000010.jpg'],
      'Birthday, 14 June 2024': ['IMG_20240614_101010.jpg'],
    });
    assert.deepEqual(home.numbers().safe, 2);
  });

  for (const version of ['2.7.5', '3.1.0'] as const) {
    it(`follows its entry once it is renamed and moved, and takes what is in it now (Immich ${version})`, async () => {
      await using house = await openCalendarHousehold({ version });
      const { home, calendar } = house;
      await home.write('IMG_20240614_101010.jpg');
      await home.write('IMG_20240616_101010.jpg');
      await home.once();
      const id = await idOf(home, 'Birthday, 14 June 2024');
      calendar.write('b', { summary: "Ben's birthday", start: '2024-06-16', end: '2024-06-18' });
      home.clock.leap(weekMs);
      await home.once();
      await home.once();
      // What was put there stays there.
      assert.deepEqual(await albumsOf(home), {
        "Ben's birthday, 16–17 June 2024": ['IMG_20240614_101010.jpg', 'IMG_20240616_101010.jpg'],
      });
      assert.equal(await idOf(home, "Ben's birthday, 16–17 June 2024"), id);
    });
  }

  it('keeps the name that its owner gave it', async () => {
    await using house = await openCalendarHousehold();
    const { home, calendar } = house;
    await home.write('IMG_20240614_101010.jpg');
    await home.once();
    await home.byHand('PATCH', `/albums/${await idOf(home, 'Birthday, 14 June 2024')}`, { albumName: 'Ben is 40' });
    for (const summary of ["Ben's birthday", 'The birthday']) {
      calendar.write('b', { ...birthday, summary });
      home.clock.leap(weekMs);
      await home.once();
      assert.deepEqual(await albumsOf(home), { 'Ben is 40': ['IMG_20240614_101010.jpg'] });
    }
    // It is the album of that entry all the same.
    await home.write('IMG_20240614_202020.jpg');
    await home.once();
    assert.deepEqual(await albumsOf(home), { 'Ben is 40': ['IMG_20240614_101010.jpg', 'IMG_20240614_202020.jpg'] });
  });

  it('is that of the shorter entry, and of the owner’s event where that is as short', async () => {
    await using house = await openCalendarHousehold();
    const { home, calendar } = house;
    calendar.write('h', holiday);
    calendar.write('d', { summary: 'Dentist', start: '2024-06-14T08:00:00+02:00', end: '2024-06-14T23:00:00+02:00' });
    await home.write('IMG_20240614_101010.jpg');
    await home.write('IMG_20240613_101010.jpg');
    await home.once();
    assert.deepEqual(await albumsOf(home), {
      'Birthday, 14 June 2024': ['IMG_20240614_101010.jpg'],
      'Holiday, 10–20 June 2024': ['IMG_20240613_101010.jpg'],
    });
  });

  it('is that of the longer entry after all, when the shorter one is moved away or removed', async () => {
    await using house = await openCalendarHousehold();
    const { home, calendar } = house;
    calendar.write('h', holiday);
    calendar.write('p', { summary: 'Party', start: '2024-06-17', end: '2024-06-18' });
    for (const day of ['14', '17']) await home.write(`IMG_202406${day}_101010.jpg`);
    await home.once();
    assert.deepEqual(Object.keys(await albumsOf(home)).toSorted(), ['Birthday, 14 June 2024', 'Party, 17 June 2024']);
    calendar.write('b', { ...birthday, start: '2024-06-02', end: '2024-06-03' });
    calendar.remove('p');
    home.clock.leap(weekMs);
    await home.once();
    assert.deepEqual((await albumsOf(home))['Holiday, 10–20 June 2024'], ['IMG_20240614_101010.jpg', 'IMG_20240617_101010.jpg']);
  });

  it('is one for two sources of one account, and is asked for once', async () => {
    await using house = await openCalendarHousehold({ sources: 2 });
    const { home, calendar } = house;
    await home.write('IMG_20240614_101010.jpg');
    await home.write('IMG_20240614_202020.jpg', 'another', 'Phone 2');
    await home.once();
    assert.deepEqual(await albumsOf(home), { 'Birthday, 14 June 2024': ['IMG_20240614_101010.jpg', 'IMG_20240614_202020.jpg'] });
    assert.deepEqual(calendar.asked, ['2024-06']);
  });

  it('stays when its entry is removed, and takes nothing more', async () => {
    await using house = await openCalendarHousehold();
    const { home, calendar } = house;
    await home.write('IMG_20240614_101010.jpg');
    await home.once();
    calendar.remove('b');
    home.clock.leap(weekMs);
    await home.once();
    await home.write('IMG_20240614_202020.jpg');
    await home.once();
    assert.deepEqual(await albumsOf(home), { 'Birthday, 14 June 2024': ['IMG_20240614_101010.jpg'] });
  });

  it('of which its owner took a picture out is not given it again, and one that was deleted stays deleted', async () => {
    await using house = await openCalendarHousehold();
    const { home, calendar } = house;
    await home.write('IMG_20240614_101010.jpg');
    await home.once();
    const id = await idOf(home, 'Birthday, 14 June 2024');
    await home.byHand('DELETE', `/albums/${id}/assets`, { ids: [(await home.asset('IMG_20240614_101010.jpg')).id] });
    calendar.write('b', { ...birthday, summary: 'The birthday' });
    home.clock.leap(weekMs);
    await home.once();
    assert.deepEqual(await albumsOf(home), { 'The birthday, 14 June 2024': [] });
    await home.byHand('DELETE', `/albums/${id}`);
    await home.write('IMG_20240614_202020.jpg');
    await home.once();
    calendar.write('b', { ...birthday, summary: 'Birthday again' });
    home.clock.leap(weekMs);
    await home.once();
    assert.deepEqual(await albumsOf(home), {});
    assert.deepEqual(
      home
        .news()
        .filter(({ kind }) => kind === 'album deleted')
        .map(({ text }) => text),
      ['The album "The birthday, 14 June 2024" was deleted in Immich. It stays deleted; its pictures stay safe.'],
    );
  });

  for (const [name, then] of [
    ['Birthday, 14 June 2024', 'The birthday, 14 June 2024'],
    ['Renamed by hand', 'Renamed by hand'],
  ] as const) {
    it(`that an earlier journal made is found again as "${name}", and is called "${then}" when the entry is renamed`, async () => {
      await using house = await openCalendarHousehold();
      const { home, calendar } = house;
      const { id } = (await home.byHand('GET', '/users/me')) as { id: UserId };
      const description = markerLine(albumMarker(id, 'calendar.family\nb\n'));
      await home.byHand('POST', '/albums', { albumName: name, description });
      await home.write('IMG_20240614_101010.jpg');
      await home.once();
      calendar.write('b', { ...birthday, summary: 'The birthday' });
      home.clock.leap(weekMs);
      await home.once();
      assert.deepEqual(await albumsOf(home), { [then]: ['IMG_20240614_101010.jpg'] });
    });
  }

  it('follows nothing while Homeroll is paused', async () => {
    await using house = await openCalendarHousehold();
    const { home, calendar } = house;
    await home.write('IMG_20240614_101010.jpg');
    await home.once();
    await home.order('pause');
    calendar.write('b', { ...birthday, summary: 'The birthday' });
    home.clock.leap(weekMs);
    await home.once();
    assert.deepEqual(Object.keys(await albumsOf(home)), ['Birthday, 14 June 2024']);
    await home.order('resume');
    await home.once();
    assert.deepEqual(Object.keys(await albumsOf(home)), ['The birthday, 14 June 2024']);
  });

  it('follows an entry that was renamed while its album was being made', async () => {
    await using house = await openCalendarHousehold();
    const { home } = house;
    home.onAsk = (question) => {
      const { calendarEntries } = home.journal;
      const entry = calendarEntries.byKey('calendar.family\nb\n');
      if (question === 'POST /api/albums' && entry) calendarEntries.change(entry.id, { ...entry, title: 'The birthday' });
    };
    await home.write('IMG_20240614_101010.jpg');
    await home.once();
    await home.once();
    assert.deepEqual(await albumsOf(home), { 'The birthday, 14 June 2024': ['IMG_20240614_101010.jpg'] });
  });

  it('takes what was taken before its entry was written down', async () => {
    await using house = await openCalendarHousehold();
    const { home, calendar } = house;
    await home.write('IMG_20240619_101010.jpg');
    await home.once();
    assert.deepEqual(await albumsOf(home), {});
    calendar.write('t', { summary: 'Trip', start: '2024-06-19T08:00:00+02:00', end: '2024-06-19T18:00:00+02:00' });
    home.clock.leap(weekMs);
    await home.once();
    assert.deepEqual(await albumsOf(home), { 'Trip, 19 June 2024': ['IMG_20240619_101010.jpg'] });
  });

  it('of a month that was asked about is asked about again for new pictures, though not within the hour', async () => {
    await using house = await openCalendarHousehold();
    const { home, calendar } = house;
    await home.write('IMG_20240614_101010.jpg');
    await home.once();
    await home.write('IMG_20240614_111010.jpg');
    await home.once();
    assert.equal(calendar.asked.length, 1);
    home.clock.leap(2 * hourMs);
    await home.write('IMG_20240614_121010.jpg');
    await home.once();
    assert.equal(calendar.asked.length, 2);
  });

  it('takes what an entry names that was just written down, when somebody asks Homeroll to look', async () => {
    await using house = await openCalendarHousehold();
    const { home, calendar } = house;
    await home.write('IMG_20240620_101010.jpg');
    await home.once();
    assert.deepEqual(await albumsOf(home), {});
    calendar.write('t', { summary: 'Trip', start: '2024-06-20', end: '2024-06-21' });
    home.clock.leap(120_000);
    await home.once();
    assert.deepEqual(await albumsOf(home), {});
    const running = await home.run();
    home.journal.orders.give('sweep', undefined, home.clock.now());
    await home.until(() => home.journal.albums.isFiled(1, home.file('IMG_20240620_101010.jpg')?.assetId ?? ('' as never)));
    await running.stop();
    assert.deepEqual(await albumsOf(home), { 'Trip, 20 June 2024': ['IMG_20240620_101010.jpg'] });
  });

  it('of a month that was asked about while the clock was wrong is asked about again once it is right', async () => {
    await using house = await openCalendarHousehold();
    const { home, calendar } = house;
    await home.write('IMG_20240619_101010.jpg');
    home.clock.setBack(-yearMs);
    await home.once();
    home.clock.setBack(yearMs);
    calendar.write('t', { summary: 'Trip', start: '2024-06-19', end: '2024-06-20' });
    await home.once();
    assert.deepEqual(await albumsOf(home), { 'Trip, 19 June 2024': ['IMG_20240619_101010.jpg'] });
  });

  it('asks nothing, and moves no file, when nothing is new', async () => {
    await using house = await openCalendarHousehold({ albums: byYear });
    const { home } = house;
    await home.write('IMG_20240614_101010.jpg');
    await home.once();
    const asked = home.asked.length;
    const history = home.history('IMG_20240614_101010.jpg');
    home.clock.leap(weekMs);
    await home.once();
    assert.deepEqual(home.history('IMG_20240614_101010.jpg'), history);
    assert.deepEqual(
      home.asked.slice(asked).filter((question) => !/ \/api\/(server|users|api-keys)/.test(question)),
      [],
    );
  });

  it('is never somebody else’s of the same name', async () => {
    await using house = await openCalendarHousehold();
    const { home } = house;
    await home.byHand('POST', '/albums', { albumName: 'Birthday, 14 June 2024', description: 'mine' });
    await home.write('IMG_20240614_101010.jpg');
    await home.once();
    const counts = (await home.albums()).map(({ description, assetCount }) => [description === 'mine', assetCount]);
    assert.deepEqual(counts.toSorted(), [
      [false, 1],
      [true, 0],
    ]);
  });
});
