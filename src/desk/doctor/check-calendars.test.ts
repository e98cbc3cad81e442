import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { configOf } from '../../../test/kit/config.ts';
import { checkCalendars } from './check-calendars.ts';

const sources = [
  { name: 'Phone', calendars: [{ calendar: 'calendar.family' }] },
  { name: 'Scanner', calendars: [{ calendar: 'calendar.family' }, { calendar: 'calendar.scool' }] },
  { name: 'Camera' },
];
const config = configOf({ url: 'http://i', keys: new Map(), sources, events: [], folder: '/', isRealDisk: false });

function said(entities: Readonly<Record<string, string>>): readonly string[] {
  const known = new Map(Object.entries(entities).map(([id, state]) => [id, { state }]));
  return checkCalendars({ config, entities: known }).map(({ verdict, about, sentence, cure }) =>
    [verdict, about, sentence, ...(cure === undefined ? [] : [cure])].join(' | '),
  );
}

describe('the doctor looks at calendars', () => {
  it('that are there, and guesses what is meant by one that is not', () =>
    assert.deepEqual(said({ 'calendar.family': 'off', 'calendar.school': 'on', 'sensor.scool': '1' }), [
      'ok | Phone and Scanner | Entries of calendar.family name albums, and Home Assistant has it.',
      'problem | Scanner | Home Assistant knows no calendar.scool. Did you mean "calendar.school"? | Correct "calendar" under "albums".',
    ]));
  it('that cannot be read now', () =>
    assert.deepEqual(said({ 'calendar.family': 'unavailable' }), [
      'warning | Phone and Scanner | calendar.family is unavailable in Home Assistant: pictures join the albums of its entries when it is back. | Look at calendar.family there, and at the integration that it comes from.',
      'problem | Scanner | Home Assistant knows no calendar.scool. It has calendar.family. | Correct "calendar" under "albums".',
    ]));
  it('where there is none', () => assert.match(said({})[0] ?? '', /knows no calendar\.family\. \| Add a calendar there/));
  it('only where somebody asks for one', () =>
    assert.deepEqual(checkCalendars({ config: { sources: config.sources.slice(2) }, entities: new Map() }), []));
});
