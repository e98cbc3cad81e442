import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { DateOrigin, TakenAt } from '../domain/index.ts';
import { instantOf } from '../kernel/index.ts';
import { isSameMoment } from './same-moment.ts';

const home = 'Europe/Berlin';

/** A wall clock somewhere; where a picture does not tell its zone, it is read at home. */
function at(local: string, from: DateOrigin, zone = home): TakenAt {
  return { local, epochMs: instantOf(local, zone), from };
}

/** What a movie's head says: an instant. */
function head(utc: string): TakenAt {
  const epochMs = Date.parse(`${utc}Z`);
  return { local: new Date(epochMs + 2 * 3_600_000).toISOString().slice(0, 19), epochMs, from: 'movie header' };
}

describe('a still and a film are of one moment', () => {
  const noon = at('2024-07-14T12:00:00', 'EXIF');
  for (const { name, still, film, expected } of [
    { name: 'when both say so', still: noon, film: head('2024-07-14T10:00:00'), expected: true },
    { name: 'when the film is dated by its end', still: noon, film: head('2024-07-14T10:00:04'), expected: true },
    { name: 'when the film is dated by its begin', still: noon, film: head('2024-07-14T09:59:56'), expected: true },
    { name: 'not when they are six seconds apart', still: noon, film: head('2024-07-14T10:00:06'), expected: false },
    { name: 'not when they are ten minutes apart', still: noon, film: head('2024-07-14T10:10:00'), expected: false },
    { name: 'when the still was taken far from home: Tokyo', still: noon, film: head('2024-07-14T03:00:01'), expected: true },
    { name: 'when the still was taken far from home: Kathmandu', still: noon, film: head('2024-07-14T06:15:00'), expected: true },
    { name: 'when the still was taken far from home: Adelaide', still: noon, film: head('2024-07-14T02:30:00'), expected: true },
    { name: 'when the film says the wall clock where UTC belongs', still: noon, film: head('2024-07-14T12:00:00'), expected: true },
    { name: 'not when no place on Earth counts like that: a quarter', still: noon, film: head('2024-07-14T09:45:00'), expected: false },
    { name: 'not when no place on Earth counts like that: a day', still: noon, film: head('2024-07-15T12:00:00'), expected: false },
    { name: 'not at the same time of another day', still: noon, film: head('2024-07-16T10:00:00'), expected: false },
    {
      name: 'not an hour apart where the still tells its zone',
      still: at('2024-07-14T12:00:00', 'EXIF with time zone'),
      film: head('2024-07-14T11:00:00'),
      expected: false,
    },
    {
      name: 'when the still tells its zone, and the film the wall clock where UTC belongs',
      still: at('2024-07-14T19:00:00', 'EXIF with time zone', 'Asia/Tokyo'),
      film: head('2024-07-14T19:00:01'),
      expected: true,
    },
    {
      name: 'when both tell the wall clock of a place',
      still: at('2024-07-14T19:00:00', 'EXIF with time zone', 'Asia/Tokyo'),
      film: at('2024-07-14T19:00:00', 'QuickTime creation date', 'Asia/Tokyo'),
      expected: true,
    },
    {
      name: 'when only the film tells its zone',
      still: at('2024-07-14T19:00:00', 'EXIF'),
      film: at('2024-07-14T19:00:00', 'QuickTime creation date', 'Asia/Tokyo'),
      expected: true,
    },
    {
      name: 'not when the name tells it',
      still: at('2024-07-14T12:00:00', 'file name'),
      film: head('2024-07-14T10:00:00'),
      expected: false,
    },
    { name: 'not when the name tells it of the film', still: noon, film: at('2024-07-14T12:00:00', 'file name'), expected: false },
    {
      name: 'not when both were copied in one moment',
      still: at('2024-07-14T12:00:00', 'modification time'),
      film: at('2024-07-14T12:00:00', 'modification time'),
      expected: false,
    },
    {
      name: 'not when both were exported in one moment',
      still: at('2024-07-14T12:00:00', 'EXIF date of change'),
      film: head('2024-07-14T10:00:00'),
      expected: false,
    },
    {
      name: 'not when both tell the day only',
      still: at('2024-07-14T12:00:00', 'IPTC'),
      film: at('2024-07-14T12:00:00', 'other metadata'),
      expected: false,
    },
    {
      name: 'when the film got its wall clock from the still, and told the same before',
      still: at('2024-07-14T12:00:00', 'EXIF with time zone', 'UTC'),
      film: { ...at('2024-07-14T12:00:00', 'movie header'), correctedBy: 'the still', elseShown: '2024-07-14T12:00:02' },
      expected: true,
    },
    {
      name: 'not when the film got its wall clock from the still, and told ten seconds more before',
      still: at('2024-07-14T12:00:00', 'EXIF with time zone', 'UTC'),
      film: { ...at('2024-07-14T12:00:00', 'movie header'), correctedBy: 'the still', elseShown: '2024-07-14T12:00:10' },
      expected: false,
    },
    {
      name: 'when its owner set the clock of both right',
      still: { ...at('2024-07-14T13:00:00', 'EXIF'), correctedBy: 'clock: +1h', elseShown: '2024-07-14T12:00:00' },
      film: { ...head('2024-07-14T11:00:01'), local: '2024-07-14T13:00:01', correctedBy: 'clock: +1h', elseShown: '2024-07-14T10:00:01' },
      expected: true,
    },
    { name: 'not when one says nothing', still: noon, film: undefined, expected: false },
  ]) {
    it(name, () => assert.equal(isSameMoment(still, film), expected));
  }
});
