import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { type EntryAlbum, type NamedSpan, planAlbums, planTags } from './album-plan.ts';
import { type Pictured, parseTemplate } from './template.ts';

const picture: Pictured = {
  takenAt: { local: '2024-07-14T00:30:00', epochMs: Date.UTC(2024, 6, 13, 22, 30), from: 'EXIF' },
  path: 'Italy/IMG_1.jpg',
  source: 'Scanner',
};
const templates = (...texts: string[]) => texts.map((text) => ({ template: parseTemplate(text), isAdoptable: false }));
const names = (pictured: Pictured, texts: string[], events: NamedSpan[] = []): string[] =>
  planAlbums(pictured, { templates: templates(...texts), events, language: 'en' }).map(({ name }) => name);

/** The event that a picture taken then is filed by. */
function eventOf(local: string, events: readonly NamedSpan[], entries: readonly EntryAlbum[] = []) {
  const pictured = { ...picture, takenAt: { ...picture.takenAt, local, epochMs: Date.parse(`${local}+02:00`) } };
  return planAlbums(pictured, { templates: [], events, entries, language: 'en' })[0];
}

const summer: NamedSpan = { name: 'Summer', from: '2024-06-01', to: '2024-08-31' };
const italy: NamedSpan = { name: 'Italy', from: '2024-07-14', to: '2024-07-20' };
const party: NamedSpan = { name: 'Party', from: '2024-07-14', to: '2024-07-14' };

describe('the albums of a picture', () => {
  it('follow the templates, by the local date', () =>
    assert.deepEqual(names(picture, ['{year}/{month-name}', 'Scans {year}']), ['2024/July', 'Scans 2024']));
  it('are named once', () => assert.deepEqual(names(picture, ['Italy', '{folder}', ' Italy '], [italy]), ['Italy']));
  it('are one, however the folder is spelt', () => {
    const spelt = (path: string): string[] => names({ ...picture, path }, ['{folder}']);
    assert.deepEqual(spelt('Mu\u0308nchen/a.jpg'), spelt('M\u00fcnchen/a.jpg'));
  });
  it('have names of one line', () => assert.deepEqual(names({ ...picture, path: 'a\n\tb \u0007c/x.jpg' }, ['{folder}']), ['a b c']));
  it('have names of 255 letters at most, emoji whole', () =>
    assert.deepEqual(names({ ...picture, path: `${'🏖'.repeat(300)}/x.jpg` }, ['{folder}']), ['🏖'.repeat(255)]));
  it('leave out what cannot be filled in', () => assert.deepEqual(names(picture, ['{camera}', '{year}']), ['2024']));
  it('are adopted only where the owner says so', () =>
    assert.deepEqual(
      planAlbums(picture, {
        templates: [...templates('A', 'B'), { template: parseTemplate('B'), isAdoptable: true }],
        events: [],
        language: 'en',
      }),
      [
        { name: 'A', isAdoptable: false },
        { name: 'B', isAdoptable: true },
      ],
    ));
});

const dinner: EntryAlbum = {
  entry: { key: 'dinner', revision: 0 },
  name: 'Italy',
  span: { kind: 'times', fromMs: Date.parse('2024-07-14T10:00:00Z'), untilMs: Date.parse('2024-07-14T13:00:00Z') },
};
const whole = (from: string, to: string): EntryAlbum => ({
  entry: { key: 'whole', revision: 0 },
  name: 'Whole days',
  span: { kind: 'days', from, to },
});

describe('an event', () => {
  for (const { name, local, events, expected } of [
    { name: 'takes its first day', local: '2024-07-14T00:00:00', events: [italy], expected: 'Italy' },
    { name: 'takes its last day to the end', local: '2024-07-20T23:59:59', events: [italy], expected: 'Italy' },
    { name: 'leaves the day before', local: '2024-07-13T23:59:59', events: [italy], expected: undefined },
    { name: 'leaves the day after', local: '2024-07-21T00:00:00', events: [italy], expected: undefined },
    { name: 'gives way to a shorter one', local: '2024-07-14T12:00:00', events: [summer, italy, party], expected: 'Party' },
    { name: 'gives way in any order', local: '2024-07-15T12:00:00', events: [italy, summer], expected: 'Italy' },
    {
      name: 'wins over an equal one further down',
      local: '2024-07-14T12:00:00',
      events: [party, { ...party, name: 'x' }],
      expected: 'Party',
    },
  ]) {
    it(name, () => assert.equal(eventOf(local, events)?.name, expected));
  }
  it('is an album beside the others', () => assert.deepEqual(names(picture, ['{year}'], [summer, italy]), ['2024', 'Italy']));

  it('of a calendar is one album, known by its key whatever its name', () =>
    assert.deepEqual(eventOf('2024-07-14T12:00:00', [italy], [dinner]), { name: 'Italy', entry: dinner.entry, isAdoptable: false }));
  it('of a calendar gives way to a shorter one of the list, and to an equally long one', () => {
    assert.equal(eventOf('2024-07-14T12:00:00', [party], [whole('2024-07-14', '2024-07-16')])?.entry, undefined);
    assert.equal(eventOf('2024-07-14T12:00:00', [party], [whole('2024-07-14', '2024-07-14')])?.name, 'Party');
    assert.equal(eventOf('2024-07-16T12:00:00', [italy], [whole('2024-07-14', '2024-07-16')])?.name, 'Whole days');
  });
  it('stands beside an album of the same name that is planned by a template', () =>
    assert.deepEqual(names(picture, ['Italy'], []).concat(eventOf('2024-07-14T12:00:00', [], [dinner])?.name ?? ''), ['Italy', 'Italy']));

  it('is never longer than another that holds the day', () =>
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 1, max: 28 }), fc.integer({ min: 1, max: 28 }))),
        fc.integer({ min: 1, max: 28 }),
        (spans, day) => {
          const date = (of: number): string => `2024-02-${String(of).padStart(2, '0')}`;
          const events = spans.map(([a, b], index) => ({ name: `${index}`, from: date(Math.min(a, b)), to: date(Math.max(a, b)) }));
          const days = ({ from, to }: NamedSpan): number => Number(to.slice(8)) - Number(from.slice(8));
          const name = eventOf(`${date(day)}T12:00:00`, events)?.name;
          const chosen = events.find((event) => event.name === name);
          const holding = events.filter(({ from, to }) => from <= date(day) && date(day) <= to);
          assert.equal(chosen === undefined, holding.length === 0);
          assert.ok(holding.every((event) => chosen && days(chosen) <= days(event)));
        },
      ),
    ));
});

describe('the tags of a picture', () => {
  const tags = (pictured: Pictured, ...texts: string[]) => planTags(pictured, texts.map(parseTemplate), 'en');
  it('follow the templates', () => assert.deepEqual(tags(picture, 'from/{source}', '{year}'), ['from/Scanner', '2024']));
  it('have the levels of the template only', () =>
    assert.deepEqual(tags({ ...picture, source: 'A/B', camera: 'X/Y' }, 'from/{source}/{camera}'), ['from/A-B/X-Y']));
  it('have no empty levels', () => assert.deepEqual(tags(picture, '/from// {source}/'), ['from/Scanner']));
  it('are named once, and not at all when they cannot be filled in', () =>
    assert.deepEqual(tags(picture, 'x', 'x/', '{camera}', '/'), ['x']));
});
