import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Comparison, compare, type Dated, reasons } from './compare.ts';

type Ours = Dated['ours'];
type Immichs = Dated['immichs'];

const exif = (local: string): Ours => ({ local, from: 'EXIF' });
const named = (local: string): Ours => ({ local, from: 'file name' });
const head = (local: string): Ours => ({ local, from: 'movie header' });
const disk = (local: string): Ours => ({ local, from: 'modification time' });
const shown = (local: string, more: Partial<Immichs> = {}): Immichs => ({ local, by: 'DateTimeOriginal', ...more });
const filmed = (local: string, zone = 'UTC'): Immichs => ({ local, by: 'CreateDate', zone });
const sent = (local: string, more: Partial<Immichs> = {}): Immichs => ({ local, by: 'nothing', ...more });

function dated(ours: Ours, immichs: Immichs, isVideo = false): Dated {
  return { name: 'x', extension: isVideo ? '.mov' : '.jpg', isVideo, modifiedAtMs: Date.UTC(2026, 4, 28), ours, immichs };
}

describe('a picture is held against what Immich shows', () => {
  for (const { name, ours, immichs, isVideo, is } of [
    { name: 'the same second', ours: exif('2024-07-14T09:21:33.500'), immichs: shown('2024-07-14T09:21:33'), is: 'same moment' },
    { name: 'another hour', ours: exif('2024-07-14T09:21:33'), immichs: shown('2024-07-14T07:21:33'), is: 'same month' },
    { name: 'another month', ours: disk('2026-05-28T22:26:40'), immichs: shown('1998-10-24T12:08:57'), is: 'another month' },
    {
      name: 'the same month of another year',
      ours: exif('2023-07-14T09:21:33'),
      immichs: shown('2024-07-14T09:21:33'),
      is: 'another month',
    },
    {
      name: "the turn of a month between the owner's clock and Greenwich's",
      ...{ ours: head('2024-05-01T00:30:00'), immichs: filmed('2024-04-30T22:30:00'), isVideo: true },
      is: "a film's head in UTC",
    },
    {
      name: 'the same where the moment is another one',
      ...{ ours: head('2024-05-01T00:30:00'), immichs: filmed('2024-04-30T23:30:00'), isVideo: true },
      is: "local time in a film's head",
    },
    {
      name: 'a photo, of which no zone is guessed',
      ...{ ours: exif('2024-05-01T00:30:00'), immichs: filmed('2024-04-30T22:30:00') },
      is: 'another month',
    },
    {
      name: 'a wall clock in the head, and the name tells it',
      ...{ ours: named('2024-05-01T00:30:00'), immichs: filmed('2024-04-30T22:30:00'), isVideo: true },
      is: "local time in a film's head",
    },
    {
      name: 'a name that tells another moment',
      ...{ ours: named('2024-05-01T00:30:00'), immichs: filmed('2024-04-30T22:31:00'), isVideo: true },
      is: 'another month',
    },
    {
      name: 'a head that says 1970',
      ...{ ours: disk('2026-05-28T22:26:40'), immichs: filmed('1970-01-01T00:00:00'), isVideo: true },
      is: 'a clock that was never set',
    },
    {
      name: 'a photo that says 1970',
      ...{ ours: exif('2010-02-05T10:00:00'), immichs: shown('1970-01-01T00:00:00') },
      is: 'a clock that was never set',
    },
    {
      name: 'a photo that was taken some days later',
      ...{ ours: exif('2010-02-05T10:00:00'), immichs: shown('1970-01-05T00:00:00') },
      is: 'another month',
    },
    {
      name: 'a head later than the last change',
      ...{ ours: disk('2026-05-28T22:26:40'), immichs: filmed('2036-02-06T00:00:00'), isVideo: true },
      is: 'a clock that was never set',
    },
    {
      name: 'a photo whose clock counted from 1970',
      ...{ ours: exif('2020-08-28T12:00:00'), immichs: shown('1970-01-01T00:00:00') },
      is: 'a clock that was never set',
    },
    {
      name: 'EXIF in a file that exiftool gave up',
      ...{ ours: exif('2099-08-12T19:59:29'), immichs: sent('2026-05-28T20:26:40', { trouble: 'JPEG format error' }) },
      is: 'a broken file',
    },
    {
      name: 'EXIF that exiftool overlooked without a complaint',
      ...{ ours: exif('2099-08-12T19:59:29'), immichs: sent('2026-05-28T20:26:40') },
      is: 'another month',
    },
    {
      name: 'a date of the disk, not shown as it was sent',
      ...{ ours: disk('2026-06-01T00:26:40'), immichs: sent('2026-05-31T22:26:40', { trouble: 'JPEG format error' }) },
      is: 'another month',
    },
  ] satisfies (Pick<Dated, 'ours' | 'immichs'> & { name: string; isVideo?: boolean; is: string })[]) {
    it(`${name}: ${is}`, () => assert.equal(titleOf(compare(dated(ours, immichs, isVideo))), is));
  }

  it('and each reason says why in whole sentences, and has a title of its own', () => {
    assert.equal(new Set(reasons.map(({ title }) => title)).size, reasons.length);
    for (const { why } of reasons) assert.match(why, /^[A-Z].*\.$/);
  });
});

function titleOf(comparison: Comparison): string {
  return typeof comparison === 'string' ? comparison : comparison.title;
}
