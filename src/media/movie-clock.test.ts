import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { TakenAt } from '../domain/index.ts';
import { wallClock } from '../kernel/index.ts';
import { clueInName, isToldAsInstant, setMovieClock } from './movie-clock.ts';

const berlin = 'Europe/Berlin';
const utc = (text: string): number => Date.parse(`${text}Z`);
/** A head as `takenAt` reads it. */
const head = (text: string, zone = berlin): TakenAt => ({ local: wallClock(utc(text), zone), epochMs: utc(text), from: 'movie header' });
const clue = (local: string) => ({ local, by: 'its name' });

describe('the wall clock of a movie', () => {
  const table: readonly { name: string; head: string; clue: string; durationMs?: number; expected: [string, string] | 'as it was' }[] = [
    {
      name: 'is that of the name where the head tells local time instead of UTC',
      head: '2024-07-14T09:21:33',
      clue: '2024-07-14T09:21:30',
      expected: ['2024-07-14T09:21:30', '2024-07-14T07:21:30'],
    },
    {
      name: 'is that of the name where it was taken in another zone',
      head: '2024-07-14T13:21:33',
      clue: '2024-07-14T09:21:31',
      expected: ['2024-07-14T09:21:31', '2024-07-14T13:21:33'],
    },
    {
      name: 'is that of the name in a zone of three quarters',
      head: '2024-07-14T03:36:33',
      clue: '2024-07-14T09:21:33',
      expected: ['2024-07-14T09:21:33', '2024-07-14T03:36:33'],
    },
    {
      name: 'is found where the head was written when the recording ended',
      head: '2024-07-14T09:25:33',
      durationMs: 240_000,
      clue: '2024-07-14T09:21:33',
      expected: ['2024-07-14T09:21:33', '2024-07-14T07:21:33'],
    },
    {
      name: 'is the owner’s where name and head agree in that',
      head: '2024-07-14T07:21:33',
      clue: '2024-07-14T09:21:31',
      expected: 'as it was',
    },
    {
      name: 'is the owner’s where the name tells another moment',
      head: '2024-07-14T07:21:33',
      clue: '2024-07-14T12:37:31',
      expected: 'as it was',
    },
    {
      name: 'is the owner’s where the name tells another day',
      head: '2024-07-14T07:21:33',
      clue: '2024-07-16T07:21:33',
      expected: 'as it was',
    },
    {
      name: 'is the owner’s where no zone is that far east',
      head: '2024-07-14T07:21:33',
      clue: '2024-07-14T21:36:33',
      expected: 'as it was',
    },
    {
      name: 'is the owner’s where no zone is that far west',
      head: '2024-07-14T19:21:33',
      clue: '2024-07-14T07:06:33',
      expected: 'as it was',
    },
  ];
  for (const { name, head: text, clue: local, durationMs = 0, expected } of table) {
    it(name, () => {
      const found = setMovieClock(head(text), { clues: [clue(local)], durationMs, timeZone: berlin });
      if (expected === 'as it was') return assert.deepEqual(found, head(text));
      const [right, instant] = expected;
      assert.deepEqual(found, { local: right, epochMs: utc(instant), from: 'movie header', correctedBy: 'the wall clock in its name' });
    });
  }

  it('is that of the first clue that tells the same moment', () => {
    const clues = [clue('2023-01-01T00:00:00'), { local: '2024-07-14T09:21:30', by: 'P1010001.JPG' }];
    const found = setMovieClock(head('2024-07-14T09:21:33'), { clues, durationMs: 0, timeZone: berlin });
    assert.equal(found.correctedBy, 'the wall clock in P1010001.JPG');
  });

  for (const [name, from, dates, isInstant] of [
    ['the head tells it', 'movie header', [{ from: 'movie header', epochMs: utc('2024-07-14T09:21:33') }], true],
    ['another head tells it', 'movie header', [{ from: 'movie header', epochMs: 7 }], false],
    ['Apple’s date in UTC tells it', 'QuickTime creation date', [{ from: 'QuickTime creation date', text: '2024-07-14T09:21:33Z' }], true],
    [
      'Apple’s date with its zone tells it',
      'QuickTime creation date',
      [{ from: 'QuickTime creation date', text: '2024-07-14T09:21:33+0200' }],
      false,
    ],
    ['EXIF tells it', 'EXIF', [{ from: 'EXIF', text: '2024:07:14 09:21:33' }], false],
    ['the name tells it', 'file name', [{ from: 'movie header', epochMs: 7 }], false],
  ] as const) {
    it(`is ${isInstant ? 'open' : 'told'} where ${name}`, () =>
      assert.equal(isToldAsInstant({ ...head('2024-07-14T09:21:33'), from }, dates), isInstant));
  }

  it('is right for every zone on earth, whether the head tells UTC or local time', () => {
    const zones = Intl.supportedValuesOf('timeZone');
    fc.assert(
      fc.property(
        fc.date({ noInvalidDate: true, min: new Date('1995-01-01'), max: new Date('2040-01-01') }),
        fc.constantFrom(...zones),
        fc.boolean(),
        fc.integer({ min: -5, max: 5 }),
        (at, zone, isUtc, seconds) => {
          const local = wallClock(at.getTime(), zone);
          const headText = wallClock(at.getTime() + seconds * 1000, isUtc ? 'UTC' : zone);
          const found = setMovieClock(head(headText), { clues: [clue(local)], durationMs: 0, timeZone: berlin });
          assert.ok(Math.abs(utc(found.local) - utc(local)) <= 5_000, `${found.local} for ${local} in ${zone}`);
        },
      ),
    );
  });
});

describe('the clue in a movie’s name', () => {
  for (const [name, local] of [
    ['VID_20240714_092133.mp4', '2024-07-14T09:21:33'],
    ['2024-07-14 09.21.33.mov', '2024-07-14T09:21:33'],
    ['PXL_20240714_072133123.mp4', undefined],
    ['VID-20240714-WA0001.mp4', undefined],
    ['P1010001.MP4', undefined],
  ] as const) {
    it(`${name} is ${local ?? 'none'}`, () => assert.equal(clueInName(name)?.local, local));
  }
});
