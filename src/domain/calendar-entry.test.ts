import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { instantOf, wallClock } from '../kernel/index.ts';
import { daysInWords, entryAlbumName, isWished } from './calendar-entry.ts';
import { isWithin, lengthMs, type Span, shortestAround } from './span.ts';
import { titlePattern } from './title-pattern.ts';

const berlin = (epochMs: number): string => wallClock(epochMs, 'Europe/Berlin');
const days = (from: string, to = from): Span => ({ kind: 'days', from, to });
const times = (from: string, until: string): Span => ({ kind: 'times', fromMs: Date.parse(from), untilMs: Date.parse(until) });
const takenIn = (local: string, zone: string) => ({ local, epochMs: instantOf(local, zone) });

describe('the album of an entry is called', () => {
  for (const [span, expected] of [
    [days('2026-06-14'), 'Trip, 14 June 2026'],
    [days('2026-06-14', '2026-06-20'), 'Trip, 14–20 June 2026'],
    [days('2026-06-28', '2026-07-03'), 'Trip, 28 June – 3 July 2026'],
    [days('2026-12-28', '2027-01-03'), 'Trip, 28 December 2026 – 3 January 2027'],
    [times('2026-06-14T18:00:00+02:00', '2026-06-14T22:00:00+02:00'), 'Trip, 14 June 2026'],
    [times('2026-06-14T18:00:00+02:00', '2026-06-15T00:00:00+02:00'), 'Trip, 14 June 2026'],
    [times('2026-06-14T18:00:00+02:00', '2026-06-15T02:00:00+02:00'), 'Trip, 14–15 June 2026'],
    // In New York it is still the day before.
    [times('2026-06-14T23:00:00Z', '2026-06-14T23:30:00Z'), 'Trip, 15 June 2026'],
    [times('2026-06-14T10:00:00Z', '2026-06-14T10:00:00Z'), 'Trip, 14 June 2026'],
  ] as const) {
    it(expected, () => assert.equal(entryAlbumName({ title: 'Trip', span }, 'en', berlin), expected));
  }
  it('in the language of the household', () => assert.equal(daysInWords('2026-06-14', '2026-06-14', 'de'), '14 Juni 2026'));
});

describe('a picture was taken', () => {
  for (const { name, taken, span, isIn } of [
    {
      name: 'on an all-day entry by its own wall clock',
      taken: takenIn('2026-06-14T00:30:00', 'Asia/Tokyo'),
      span: days('2026-06-14'),
      isIn: true,
    },
    {
      name: 'not on it though it was that day at home',
      taken: takenIn('2026-06-15T00:30:00', 'Asia/Tokyo'),
      span: days('2026-06-14'),
      isIn: false,
    },
    {
      name: 'during hours by the instant, wherever it was',
      taken: takenIn('2026-06-15T01:30:00', 'Asia/Tokyo'),
      span: times('2026-06-14T18:00:00+02:00', '2026-06-14T20:00:00+02:00'),
      isIn: true,
    },
    {
      name: 'at the very beginning',
      taken: takenIn('2026-06-14T18:00:00', 'Europe/Berlin'),
      span: times('2026-06-14T18:00:00+02:00', '2026-06-14T20:00:00+02:00'),
      isIn: true,
    },
    {
      name: 'not at the very end',
      taken: takenIn('2026-06-14T20:00:00', 'Europe/Berlin'),
      span: times('2026-06-14T18:00:00+02:00', '2026-06-14T20:00:00+02:00'),
      isIn: false,
    },
    {
      name: 'in the hour that autumn shows twice, the first time',
      taken: takenIn('2026-10-25T02:30:00', 'Europe/Berlin'),
      span: times('2026-10-25T02:00:00+02:00', '2026-10-25T02:00:00+01:00'),
      isIn: true,
    },
  ]) {
    it(name, () => assert.equal(isWithin(taken, span), isIn));
  }

  it('in the shortest of all that hold it, of equal ones in the first', () =>
    fc.assert(
      fc.property(fc.array(spans(), { maxLength: 8 }), fc.integer({ min: 0, max: 40 * 24 }), (all, hour) => {
        const taken = takenIn(new Date(Date.UTC(2026, 2, 10, hour)).toISOString().slice(0, 19), 'Europe/Berlin');
        const named = all.map((span, index) => ({ span, index }));
        const chosen = shortestAround(taken, named);
        const holding = named.filter(({ span }) => isWithin(taken, span));
        const least = Math.min(...holding.map(({ span }) => lengthMs(span)));
        assert.equal(chosen?.index, holding.find(({ span }) => lengthMs(span) === least)?.index);
      }),
    ));

  it('in an all-day entry exactly on the days that its album names', () =>
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 400 }),
        fc.integer({ min: 0, max: 9 }),
        fc.integer({ min: -2, max: 12 }),
        (start, length, at) => {
          const day = (of: number): string => new Date(Date.UTC(2026, 0, 1 + of)).toISOString().slice(0, 10);
          const taken = takenIn(`${day(start + at)}T12:00:00`, 'Pacific/Auckland');
          assert.equal(isWithin(taken, days(day(start), day(start + length))), at >= 0 && at <= length);
        },
      ),
    ));
});

function spans(): fc.Arbitrary<Span> {
  const moment = fc.integer({ min: 0, max: 40 * 24 });
  return fc.tuple(moment, moment, fc.boolean()).map(([a, b, isAllDay]) => {
    const at = (hour: number): string => new Date(Date.UTC(2026, 2, 10, hour)).toISOString();
    const [from, until] = [at(Math.min(a, b)), at(Math.max(a, b))];
    return isAllDay ? days(from.slice(0, 10), until.slice(0, 10)) : times(from, until);
  });
}

describe('an entry is wished', () => {
  it('by its title, and never without one', () => {
    const only = titlePattern('trip');
    assert.deepEqual(
      ['Trip', 'Dentist', ''].map((title) => [isWished({ title }, { calendar: 'c', only }), isWished({ title }, { calendar: 'c' })]),
      [
        [true, true],
        [false, true],
        [false, false],
      ],
    );
  });
});
