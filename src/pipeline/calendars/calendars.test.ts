import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { CalendarByHand } from '../../../test/kit/calendar-by-hand.ts';
import { HomeByHand } from '../../../test/kit/home-by-hand.ts';
import { TestHousehold } from '../../../test/kit/household.ts';
import { whyFile } from '../../desk/index.ts';
import {
  type AlbumTemplate,
  albumMarker,
  type CalendarWish,
  markerLine,
  parseTemplate,
  titlePattern,
  type UserId,
} from '../../domain/index.ts';
import type { Version } from '../../practice/index.ts';

const byYear = [{ template: parseTemplate('{year}'), isAdoptable: false }];
const family = [{ calendar: 'calendar.family', only: titlePattern('/birthday|holiday|trip/i') }];
const hourMs = 3_600_000;

const birthday = { summary: 'Birthday', start: '2024-06-14', end: '2024-06-15' };
const holiday = { summary: 'Holiday', start: '2024-06-10', end: '2024-06-21' };

interface HomeWish {
  readonly calendars?: readonly CalendarWish[];
  readonly version?: Version;
  readonly albums?: readonly AlbumTemplate[];
  readonly sources?: number;
}

/** A household whose one source asks `calendar.family`, with one entry in it. */
async function openHome({ calendars = family, version = '3.1.0', albums = [], sources = 1 }: HomeWish = {}) {
  const assistant = new HomeByHand();
  const calendar = new CalendarByHand(assistant);
  calendar.write('b', birthday);
  const wishes = Array.from({ length: sources }, (_, index) => ({ name: index === 0 ? 'Phone' : `Phone ${index + 1}`, albums, calendars }));
  const home = await TestHousehold.open({ version, sources: wishes, home: assistant });
  return { home, assistant, calendar, [Symbol.asyncDispose]: () => home[Symbol.asyncDispose]() };
}

/** Names of the albums, each with its pictures. */
async function albumsOf(home: TestHousehold): Promise<Readonly<Record<string, readonly string[]>>> {
  const albums = await home.albums();
  const filled = await Promise.all(albums.map(async ({ id, albumName }) => [albumName, await home.members(id)] as const));
  assert.equal(new Set(filled.map(([name]) => name)).size, filled.length, 'no two albums of one name');
  return Object.fromEntries(filled);
}

const idOf = async (home: TestHousehold, name: string): Promise<string> =>
  (await home.albums()).find(({ albumName }) => albumName === name)?.id ?? assert.fail(`no album ${name}`);

for (const version of ['2.7.5', '3.1.0'] as const) {
  describe(`an album by calendar (Immich ${version})`, () => {
    it('takes what was taken during the entry, beside the other albums, and nothing else', async () => {
      await using house = await openHome({ version, albums: byYear });
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

    it('follows its entry once it is renamed and moved, and takes what is in it now', async () => {
      await using house = await openHome({ version });
      const { home, calendar } = house;
      await home.write('IMG_20240614_101010.jpg');
      await home.write('IMG_20240616_101010.jpg');
      await home.once();
      const id = await idOf(home, 'Birthday, 14 June 2024');
      calendar.write('b', { summary: "Ben's birthday", start: '2024-06-16', end: '2024-06-18' });
      home.clock.leap(8 * 24 * hourMs);
      await home.once();
      await home.once();
      // What was put there stays there.
      assert.deepEqual(await albumsOf(home), {
        "Ben's birthday, 16–17 June 2024": ['IMG_20240614_101010.jpg', 'IMG_20240616_101010.jpg'],
      });
      assert.equal(await idOf(home, "Ben's birthday, 16–17 June 2024"), id);
    });

    it('keeps the name that its owner gave it', async () => {
      await using house = await openHome({ version });
      const { home, calendar } = house;
      await home.write('IMG_20240614_101010.jpg');
      await home.once();
      await home.byHand('PATCH', `/albums/${await idOf(home, 'Birthday, 14 June 2024')}`, { albumName: 'Ben is 40' });
      for (const summary of ["Ben's birthday", 'The birthday']) {
        calendar.write('b', { ...birthday, summary });
        home.clock.leap(8 * 24 * hourMs);
        await home.once();
        assert.deepEqual(await albumsOf(home), { 'Ben is 40': ['IMG_20240614_101010.jpg'] });
      }
      // It is the album of that entry all the same.
      await home.write('IMG_20240614_202020.jpg');
      await home.once();
      assert.deepEqual(await albumsOf(home), { 'Ben is 40': ['IMG_20240614_101010.jpg', 'IMG_20240614_202020.jpg'] });
    });
  });
}

describe('an album by calendar', () => {
  it('is that of the shorter entry, and of the owner’s event where that is as short', async () => {
    await using house = await openHome();
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

  it('is one for two sources of one account, and is asked for once', async () => {
    await using house = await openHome({ sources: 2 });
    const { home, calendar } = house;
    await home.write('IMG_20240614_101010.jpg');
    await home.write('IMG_20240614_202020.jpg', 'another', 'Phone 2');
    await home.once();
    assert.deepEqual(await albumsOf(home), { 'Birthday, 14 June 2024': ['IMG_20240614_101010.jpg', 'IMG_20240614_202020.jpg'] });
    assert.deepEqual(calendar.asked, ['2024-06']);
  });

  it('takes pictures that arrive weeks later, while Home Assistant is away and the entry is forgotten there', async () => {
    await using house = await openHome();
    const { home, assistant, calendar } = house;
    await home.write('IMG_20240614_101010.jpg');
    await home.once();
    assistant.goAway();
    calendar.remove('b');
    home.clock.leap(30 * 24 * hourMs);
    await home.write('IMG_20240614_202020.jpg');
    await home.once();
    assert.deepEqual(await albumsOf(home), { 'Birthday, 14 June 2024': ['IMG_20240614_101010.jpg', 'IMG_20240614_202020.jpg'] });
  });

  it('stays when its entry is removed, and takes nothing more', async () => {
    await using house = await openHome();
    const { home, calendar } = house;
    await home.write('IMG_20240614_101010.jpg');
    await home.once();
    calendar.remove('b');
    home.clock.leap(8 * 24 * hourMs);
    await home.once();
    await home.write('IMG_20240614_202020.jpg');
    await home.once();
    assert.deepEqual(await albumsOf(home), { 'Birthday, 14 June 2024': ['IMG_20240614_101010.jpg'] });
  });

  it('waits for a Home Assistant that is away, and nothing else does', async () => {
    await using house = await openHome({ albums: byYear });
    const { home, assistant } = house;
    const whyNow = (): readonly string[] => whyFile(home.path('IMG_20240614_101010.jpg'), home.journal, home.clock.now())?.now ?? [];
    const owed = 'Whether a calendar names an album for it waits for Home Assistant.';
    assistant.goAway();
    await home.write('IMG_20240614_101010.jpg');
    await home.once();
    assert.deepEqual([await albumsOf(home), home.state('IMG_20240614_101010.jpg')], [{ 2024: ['IMG_20240614_101010.jpg'] }, 'safe']);
    assert.ok(whyNow().includes(owed));
    const running = await home.run();
    assistant.comeUp();
    await home.until(() => home.history('IMG_20240614_101010.jpg').filter((state) => state === 'safe').length === 2);
    await running.stop();
    assert.deepEqual(Object.keys(await albumsOf(home)), ['2024', 'Birthday, 14 June 2024']);
    assert.ok(!whyNow().includes(owed));
    const told = home.news().filter(({ kind }) => kind === 'backlog done' || kind === 'batch safe');
    assert.ok(told.length <= 1, `told once: ${JSON.stringify(told)}`);
  });

  it('whose calendar is unknown is told once, and the pictures are safe', async () => {
    await using house = await openHome({ calendars: [{ calendar: 'calendar.famly', only: titlePattern('x') }] });
    const { home, assistant } = house;
    assistant.answers.delete('calendar/event/subscribe');
    await home.write('IMG_20240614_101010.jpg');
    await home.write('IMG_20240714_101010.jpg');
    await home.once();
    assert.equal(home.numbers().safe, 2);
    assert.deepEqual(home.warnings, [
      'calendar.famly cannot be read, so it names no albums; homeroll doctor says more. Home Assistant said nothing of calendar.famly: look there whether its entries are shown.',
    ]);
    assert.equal(assistant.actions.length, 1);
  });

  it('is not asked for while the calendar is unavailable, which is not an empty one', async () => {
    await using house = await openHome();
    const { home, assistant, calendar } = house;
    await home.write('IMG_20240614_101010.jpg');
    await home.once();
    assistant.say('calendar.family', 'unavailable');
    home.clock.leap(8 * 24 * hourMs);
    await home.write('IMG_20240614_202020.jpg');
    await home.once();
    assert.equal(calendar.asked.length, 1);
    assert.equal((await albumsOf(home))['Birthday, 14 June 2024']?.length, 2);
  });

  it('of which its owner took a picture out is not given it again, and one that was deleted stays deleted', async () => {
    await using house = await openHome();
    const { home, calendar } = house;
    await home.write('IMG_20240614_101010.jpg');
    await home.once();
    const id = await idOf(home, 'Birthday, 14 June 2024');
    await home.byHand('DELETE', `/albums/${id}/assets`, { ids: [(await home.asset('IMG_20240614_101010.jpg')).id] });
    calendar.write('b', { ...birthday, summary: 'The birthday' });
    home.clock.leap(8 * 24 * hourMs);
    await home.once();
    assert.deepEqual(await albumsOf(home), { 'The birthday, 14 June 2024': [] });
    await home.byHand('DELETE', `/albums/${id}`);
    await home.write('IMG_20240614_202020.jpg');
    await home.once();
    calendar.write('b', { ...birthday, summary: 'Birthday again' });
    home.clock.leap(8 * 24 * hourMs);
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
      await using house = await openHome();
      const { home, calendar } = house;
      const { id } = (await home.byHand('GET', '/users/me')) as { id: UserId };
      const description = markerLine(albumMarker(id, 'calendar.family\nb\n'));
      await home.byHand('POST', '/albums', { albumName: name, description });
      await home.write('IMG_20240614_101010.jpg');
      await home.once();
      calendar.write('b', { ...birthday, summary: 'The birthday' });
      home.clock.leap(8 * 24 * hourMs);
      await home.once();
      assert.deepEqual(await albumsOf(home), { [then]: ['IMG_20240614_101010.jpg'] });
    });
  }

  it('takes a picture that was being organised when Home Assistant came back', async () => {
    await using house = await openHome({ albums: byYear });
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

  it('takes what was taken before its entry was written down', async () => {
    await using house = await openHome();
    const { home, calendar } = house;
    await home.write('IMG_20240619_101010.jpg');
    await home.once();
    assert.deepEqual(await albumsOf(home), {});
    calendar.write('t', { summary: 'Trip', start: '2024-06-19T08:00:00+02:00', end: '2024-06-19T18:00:00+02:00' });
    home.clock.leap(8 * 24 * hourMs);
    await home.once();
    assert.deepEqual(await albumsOf(home), { 'Trip, 19 June 2024': ['IMG_20240619_101010.jpg'] });
  });

  it('of a month that was asked about is asked about again for new pictures, though not within the hour', async () => {
    await using house = await openHome();
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

  it('asks nothing, and moves no file, when nothing is new', async () => {
    await using house = await openHome({ albums: byYear });
    const { home } = house;
    await home.write('IMG_20240614_101010.jpg');
    await home.once();
    const asked = home.asked.length;
    const history = home.history('IMG_20240614_101010.jpg');
    home.clock.leap(8 * 24 * hourMs);
    await home.once();
    assert.deepEqual(home.history('IMG_20240614_101010.jpg'), history);
    assert.deepEqual(
      home.asked.slice(asked).filter((question) => !/ \/api\/(server|users|api-keys)/.test(question)),
      [],
    );
  });

  it('is never somebody else’s of the same name', async () => {
    await using house = await openHome();
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
