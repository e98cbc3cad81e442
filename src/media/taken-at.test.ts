import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { dateOrigins, toldOrigins } from '../domain/index.ts';
import type { DateCandidate } from './evidence.ts';
import { type Surroundings, takenAt } from './taken-at.ts';

const utc = (text: string): number => Date.parse(`${text}Z`);
const around: Surroundings = { fileName: 'IMG_2041.JPG', modifiedAtMs: utc('2024-08-01T10:00:00'), timeZone: 'Europe/Berlin' };
const exif = (text: string, offset?: string, fraction?: string): DateCandidate => ({ from: 'EXIF', text, offset, fraction });
const changed = (text: string, offset?: string): DateCandidate => ({ from: 'EXIF date of change', text, offset });
const quickTime = (text: string): DateCandidate => ({ from: 'QuickTime creation date', text });
const head = (text: string): DateCandidate => ({ from: 'movie header', epochMs: utc(text) });

describe('when a picture was taken', () => {
  const table: readonly { name: string; dates?: DateCandidate[]; around?: Partial<Surroundings>; expected: [string, string, string] }[] = [
    {
      name: 'is what EXIF says with its zone, kept as the wall clock of the place',
      dates: [exif('2024:07:14 09:21:33', '-04:00', '25')],
      expected: ['2024-07-14T09:21:33', '2024-07-14T13:21:33.250', 'EXIF with time zone'],
    },
    {
      name: 'is read in the owner’s zone where EXIF has none',
      dates: [exif('2024:07:14 09:21:33')],
      expected: ['2024-07-14T09:21:33', '2024-07-14T07:21:33', 'EXIF'],
    },
    {
      name: 'skips a zeroed date and takes the next',
      dates: [exif('0000:00:00 00:00:00'), exif('2024:07:14 09:21:33')],
      expected: ['2024-07-14T09:21:33', '2024-07-14T07:21:33', 'EXIF'],
    },
    {
      name: 'skips a clock that was never set',
      dates: [exif('1970:01:01 00:00:00')],
      expected: ['2024-08-01T12:00:00', '2024-08-01T10:00:00', 'modification time'],
    },
    {
      name: 'ignores an offset that no place on earth has',
      dates: [exif('2024:07:14 09:21:33', '+99:00')],
      expected: ['2024-07-14T09:21:33', '2024-07-14T07:21:33', 'EXIF'],
    },
    {
      name: 'believes the camera even of the future, and old prints of long ago',
      dates: [exif('2031:01:01 00:00:01')],
      expected: ['2031-01-01T00:00:01', '2030-12-31T23:00:01', 'EXIF'],
    },
    {
      name: 'believes the date that a scan of an old print was given',
      dates: [exif('1912:04:15 02:20:00')],
      expected: ['1912-04-15T02:20:00', '1912-04-15T01:20:00', 'EXIF'],
    },
    {
      name: 'is the first of what metadata tells, in the order of its reader',
      dates: [quickTime('2024-07-14T09:21:33+0200'), head('2024-07-14T07:21:40')],
      expected: ['2024-07-14T09:21:33', '2024-07-14T07:21:33', 'QuickTime creation date'],
    },
    {
      name: 'turns a QuickTime date in UTC into the owner’s wall clock',
      dates: [quickTime('2024-07-14T07:21:33Z')],
      expected: ['2024-07-14T09:21:33', '2024-07-14T07:21:33', 'QuickTime creation date'],
    },
    {
      name: 'turns a movie’s head into the owner’s wall clock',
      dates: [head('2024-07-14T23:30:00')],
      expected: ['2024-07-15T01:30:00', '2024-07-14T23:30:00', 'movie header'],
    },
    {
      name: 'skips a QuickTime date that is only a year',
      dates: [quickTime('2024'), head('2024-07-14T07:21:33')],
      expected: ['2024-07-14T09:21:33', '2024-07-14T07:21:33', 'movie header'],
    },
    {
      name: 'does not believe a movie that is younger than its file',
      dates: [head('2036-02-07T06:28:15')],
      around: { fileName: 'VID_20240714_092133.mp4' },
      expected: ['2024-07-14T09:21:33', '2024-07-14T07:21:33', 'file name'],
    },
    {
      name: 'believes the movie where the file’s own change is not believable',
      dates: [head('2024-07-14T07:21:33')],
      around: { modifiedAtMs: utc('1980-01-01T00:00:00') },
      expected: ['2024-07-14T09:21:33', '2024-07-14T07:21:33', 'movie header'],
    },
    {
      name: 'does not believe a movie from before there were any',
      dates: [head('1980-01-01T00:00:00')],
      expected: ['2024-08-01T12:00:00', '2024-08-01T10:00:00', 'modification time'],
    },
    {
      name: 'is rather in any metadata than in the name',
      dates: [{ from: 'XMP', text: '2019-05-01T10:00:00', offset: '+02:00' }],
      around: { fileName: 'IMG-20240714-WA0001.jpg' },
      expected: ['2019-05-01T10:00:00', '2019-05-01T08:00:00', 'XMP'],
    },
    {
      name: 'is in the name when the file is silent',
      around: { fileName: 'IMG-20240714-WA0001.jpg' },
      expected: ['2024-07-14T12:00:00', '2024-07-14T10:00:00', 'file name'],
    },
    {
      name: 'is the last change that EXIF tells of, where the camera’s clock was never set',
      dates: [exif('0000:00:00 00:00:00'), changed('2023:04:05 09:06:56', '+05:30')],
      expected: ['2023-04-05T09:06:56', '2023-04-05T03:36:56', 'EXIF date of change'],
    },
    {
      name: 'is rather in the name than in the last change: a scan is younger than its picture',
      dates: [changed('2024:07:14 09:21:33')],
      around: { fileName: '1987-06-21 Grandma’s garden.jpg' },
      expected: ['1987-06-21T12:00:00', '1987-06-21T10:00:00', 'file name'],
    },
    {
      name: 'is UTC in the names of Google’s camera',
      around: { fileName: 'PXL_20240714_222133123.jpg' },
      expected: ['2024-07-15T00:21:33', '2024-07-14T22:21:33.123', 'file name'],
    },
    {
      name: 'reads an hour that spring skipped as the hour after',
      dates: [exif('2024:03:31 02:30:00')],
      expected: ['2024-03-31T02:30:00', '2024-03-31T01:30:00', 'EXIF'],
    },
    {
      name: 'is the time of modification when nobody knows better',
      around: { modifiedAtMs: utc('2024-08-01T10:00:00') + 0.7 },
      expected: ['2024-08-01T12:00:00', '2024-08-01T10:00:00', 'modification time'],
    },
  ];
  for (const { name, dates = [], around: special, expected } of table) {
    const [local, instant, from] = expected;
    it(name, () => assert.deepEqual(takenAt(dates, { ...around, ...special }), { local, epochMs: utc(instant), from }));
  }

  it('is always found, whatever is written where', () => {
    const digits = fc.stringMatching(/^\d{4}:\d\d:\d\d \d\d:\d\d:\d\d(\.\d+)?([+-]\d\d:\d\d)?$/);
    const written = fc.oneof(fc.string(), digits);
    const candidate: fc.Arbitrary<DateCandidate> = fc.oneof(
      fc.record({
        from: fc.constant('EXIF' as const),
        text: written,
        offset: fc.oneof(fc.string(), fc.stringMatching(/^[+-]\d\d:\d\d$/)),
        fraction: fc.string(),
      }),
      fc.record({ from: fc.constant('EXIF date of change' as const), text: written, offset: fc.string() }),
      fc.record({ from: fc.constant('QuickTime creation date' as const), text: written }),
      fc.record({ from: fc.constant('movie header' as const), epochMs: fc.maxSafeInteger() }),
      fc.record({ from: fc.constantFrom(...toldOrigins), text: written, offset: fc.string() }),
    );
    fc.assert(
      fc.property(fc.array(candidate), fc.string(), fc.double(), (dates, fileName, modifiedAtMs) => {
        const taken = takenAt(dates, { fileName, modifiedAtMs, timeZone: 'Europe/Berlin' });
        assert.match(taken.local, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/);
        assert.ok(Number.isInteger(taken.epochMs));
        assert.ok(dateOrigins.includes(taken.from));
      }),
    );
  });
});
