import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { dateInName } from './name-date.ts';

describe('the date in a name', () => {
  for (const [name, local] of [
    ['IMG_20240714_092133.jpg', '2024-07-14T09:21:33'],
    ['IMG_20240714_092133~2.jpg', '2024-07-14T09:21:33'],
    ['VID_20240714_092133.mp4', '2024-07-14T09:21:33'],
    ['MVIMG_20190302_180501.jpg', '2019-03-02T18:05:01'],
    ['20240714_092133.jpg', '2024-07-14T09:21:33'],
    ['20240714092133.jpg', '2024-07-14T09:21:33'],
    ['20240714_092133(0).jpg', '2024-07-14T09:21:33'],
    ['signal-2024-07-14-09-21-33-123.jpg', '2024-07-14T09:21:33'],
    ['signal-2024-07-14-092133.jpeg', '2024-07-14T09:21:33'],
    ['Screenshot_2024-07-14-09-21-33.png', '2024-07-14T09:21:33'],
    ['Screenshot_20240714-092133.png', '2024-07-14T09:21:33'],
    ['Screenshot 2024-07-14 at 09.21.33.png', '2024-07-14T09:21:33'],
    ['Screen Shot 2024-07-14 at 9.21.33 PM.png', '2024-07-14T21:21:33'],
    ['Screen Shot 2024-07-14 at 12.05.00\u202fAM.png', '2024-07-14T00:05:00'],
    ['WhatsApp Image 2024-07-14 at 09.21.33.jpeg', '2024-07-14T09:21:33'],
    ['2024-07-14 09.21.33.jpg', '2024-07-14T09:21:33'],
    ['2024-07-14T09:21:33.jpg', '2024-07-14T09:21:33'],
    ['IMG-20240714-WA0001.jpg', '2024-07-14T12:00:00'],
    ['2024-07-14 Anna’s birthday.jpg', '2024-07-14T12:00:00'],
    ['Scan 1987.05.03.tif', '1987-05-03T12:00:00'],
    ['20240714-scan.tif', '2024-07-14T12:00:00'],
  ] as const) {
    it(`is read from ${name}`, () => assert.equal(dateInName(name)?.local, local));
  }

  it('is UTC in the names of Google’s camera', () => {
    assert.deepEqual(dateInName('PXL_20240714_072133123.MP.jpg'), { local: '2024-07-14T07:21:33', millisecond: 123, isUtc: true });
    assert.equal(dateInName('IMG_20240714_072133.jpg')?.isUtc, false);
  });

  for (const [name, isUtc] of [
    ['2024-07-14_07-21-33_UTC.jpg', true],
    ['2024-07-14_07-21-33_UTC_2.jpg', true],
    ['2024-07-14T07-21-33Z.jpg', true],
    ['2024-07-14T07:21:33.123Z.jpg', true],
    ['2024-07-14_07-21-33_Zoo.jpg', false],
    ['2024-07-14_UTC.jpg', false],
  ] as const) {
    it(`is ${isUtc ? 'UTC' : 'the wall clock’s'} in ${name}`, () => assert.equal(dateInName(name)?.isUtc, isUtc));
  }

  for (const name of [
    'IMG_2041.JPG',
    'DSC01234.ARW',
    '_MG_2024.CR2',
    '1720941693123.jpg',
    '2000000000000.jpg',
    'FB_IMG_1720941693123.jpg',
    '20241399_092133.jpg',
    '20240230.jpg',
    '120240714.jpg',
    'a 20240714 b.jpg',
    '1799-01-01.jpg',
    'IMG_20241314_256199.jpg',
    '555-2024-0714.jpg',
    '',
  ]) {
    it(`is not seen in ${name || 'an empty name'}`, () => assert.equal(dateInName(name), undefined));
  }

  it('is never seen in a number of a length that no date has', () =>
    fc.assert(
      fc.property(fc.stringMatching(/^[0-9]{1,20}$/), (digits) => {
        fc.pre(![8, 14, 17].includes(digits.length));
        return dateInName(`IMG_${digits}.jpg`) === undefined;
      }),
    ));

  it('is nonsense never', () =>
    fc.assert(
      fc.property(fc.string(), (name) => dateInName(name) === undefined || !Number.isNaN(Date.parse(`${dateInName(name)?.local}Z`))),
    ));
});
