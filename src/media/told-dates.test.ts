import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ExifDate, ExifDateTime } from 'exiftool-vendored';
import { takenAt } from './taken-at.ts';
import { toldBy } from './told-dates.ts';

const at = (text: string, zone?: string): unknown => ExifDateTime.fromEXIF(text, zone);
const around = { fileName: 'a.jpg', modifiedAtMs: Date.UTC(2026, 4, 28), timeZone: 'Europe/Berlin' };

describe('a moment that exiftool tells of a photo stands on the clock that Immich shows', () => {
  for (const { name, tags, local, instant } of [
    {
      name: 'the place’s, for the moment that a receiver of GPS heard',
      tags: { 'Composite:GPSDateTime': at('2011:03:31 23:30:00Z'), zone: 'Asia/Tokyo' },
      ...{ local: '2011-04-01T08:30:00', instant: '2011-03-31T23:30:00Z' },
    },
    {
      name: 'the place’s, for a wall clock that was written elsewhere',
      tags: { 'XMP:DateTimeOriginal': at('2011:03:31 23:30:00.25-05:00'), zone: 'Asia/Tokyo' },
      ...{ local: '2011-04-01T13:30:00', instant: '2011-04-01T04:30:00.250Z' },
    },
    {
      name: 'that of a zone of which only the distance is known',
      tags: { 'Composite:GPSDateTime': at('2011:03:31 23:30:00Z'), zone: 'UTC-3:30' },
      ...{ local: '2011-03-31T20:00:00', instant: '2011-03-31T23:30:00Z' },
    },
    {
      name: 'its own, where both are the same',
      tags: { 'XMP:DateTimeOriginal': at('2011:03:31 23:30:00+02:00'), zone: 'UTC+2' },
      ...{ local: '2011-03-31T23:30:00', instant: '2011-03-31T21:30:00Z' },
    },
    {
      name: 'Greenwich’s, where the moment tells how far away it was heard and nothing else tells a zone',
      tags: { 'XMP:GPSDateTime': at('2011:03:31 23:30:00-05:00') },
      ...{ local: '2011-04-01T04:30:00', instant: '2011-04-01T04:30:00Z' },
    },
    {
      name: 'Greenwich’s, where nothing tells a zone',
      tags: { 'Composite:GPSDateTime': at('2011:03:31 23:30:00Z') },
      ...{ local: '2011-03-31T23:30:00', instant: '2011-03-31T23:30:00Z' },
    },
    {
      name: 'as a wall clock, where a RAW keeps its date as films do',
      tags: { 'QuickTime:CreateDate': at('2011:03:31 23:30:00', 'UTC'), zone: 'UTC' },
      ...{ local: '2011-03-31T23:30:00', instant: '2011-03-31T23:30:00Z' },
    },
    {
      name: 'its own, where it names no zone',
      tags: { 'IPTC:DateTimeCreated': at('2011:03:31 23:30:00') },
      ...{ local: '2011-03-31T23:30:00', instant: '2011-03-31T21:30:00Z' },
    },
    {
      name: 'its own, where the zone has a name that no calendar knows',
      tags: { 'XMP:DateTimeOriginal': at('2011:03:31 23:30:00+02:00'), zone: 'Middle/Earth' },
      ...{ local: '2011-03-31T23:30:00', instant: '2011-03-31T21:30:00Z' },
    },
  ]) {
    it(name, () => {
      const taken = takenAt(toldBy({ 'File:MIMEType': 'image/jpeg', ...tags }).dates, around);
      assert.deepEqual({ local: taken.local, epochMs: taken.epochMs }, { local, epochMs: Date.parse(instant) });
    });
  }
});

describe('of several dates of one name', () => {
  const day = ExifDate.from('2015:06:12');
  const tags = {
    'Composite:DateTimeOriginal': day,
    'XMP:DateTimeOriginal': at('2015:06:12 10:29:26'),
    'XMP:CreateDate': at('2015:06:11 10:29:26'),
  };

  it('exiftool’s own choice counts, as for Immich: be that a day, the next name goes before the others', () => {
    const told = toldBy(tags);
    assert.deepEqual(
      told.dates.map(({ from }) => from),
      ['XMP'],
    );
    assert.equal(takenAt(told.dates, around).local, '2015-06-11T10:29:26');
  });

  it('the others are better than none, and Immich is told of them', () => {
    const { 'XMP:CreateDate': _, ...without } = tags;
    const told = toldBy(without);
    assert.deepEqual(told.dates, []);
    assert.deepEqual(new Set(told.days.map(({ from }) => from)), new Set(['date that Immich ignores']));
    assert.equal(takenAt(told.days, around).local.slice(0, 10), '2015-06-12');
  });

  it('the one that exiftool does not call a copy counts, as for Immich, whichever comes first', () => {
    const told = toldBy({ 'XMP:Copy1:CreateDate': '2014:01:01 01:01:01', 'RIFF:CreateDate': at('2015:06:11 10:29:26') });
    assert.deepEqual(told.dates, [{ from: 'AVI', text: '2015-06-11T10:29:26.000' }]);
  });

  it('a copy is better than none, and Immich is told of it', () => {
    const told = toldBy({ 'XMP:CreateDate': day, 'MakerNotes:Copy1:CreateDate': '2015:06:11 10:29:26' });
    assert.deepEqual(told.dates, []);
    const copy = { from: 'date that Immich ignores', text: '2015-06-11T10:29:26.000' };
    assert.deepEqual(told.days.slice(1), [copy]);
  });

  it('the first copy counts where exiftool leaves out what it is a copy of', () => {
    const told = toldBy({ 'XMP:Copy1:DateTimeOriginal': '2015:06:12 10:29:26-05:00', 'Composite:CreateDate': at('2016:06:12 10:29:26') });
    assert.deepEqual(told.dates[0], { from: 'XMP', text: '2015-06-12T10:29:26.000', offset: '-05:00' });
  });
});
