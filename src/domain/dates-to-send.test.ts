import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { instantOf, wallClock } from '../kernel/index.ts';
import { datesToSend, withOffset } from './dates-to-send.ts';
import { type DateOrigin, dateOrigins, type TakenAt } from './taken-at.ts';

const utc = (text: string): number => Date.parse(`${text}Z`);
const taken = (local: string, from: DateOrigin, zone = 'Europe/Berlin'): TakenAt => ({ local, epochMs: instantOf(local, zone), from });
const years = { noInvalidDate: true, min: new Date('1900-01-01'), max: new Date('2100-01-01') };
const unseen: readonly DateOrigin[] = ['date that Immich ignores', 'file name', 'EXIF date of change', 'modification time'];

/** What Immich shows of a file that tells no date. */
function shown(dates: { createdAtMs: number; modifiedAtMs: number; inSidecar?: string }, receivedMs: number): string {
  if (dates.inSidecar) return dates.inSidecar.slice(0, 19);
  return new Date(Math.min(dates.createdAtMs, dates.modifiedAtMs, receivedMs)).toISOString().slice(0, 19);
}

describe('the dates that go along', () => {
  it('are the instant and the time of change where Immich reads the date in the file', () => {
    const modifiedAtMs = utc('2024-08-01T10:00:00');
    const exif = taken('2024-07-14T09:21:33', 'EXIF');
    assert.deepEqual(datesToSend(exif, { modifiedAtMs, nowMs: modifiedAtMs }), { createdAtMs: utc('2024-07-14T07:21:33'), modifiedAtMs });
  });

  it('are the time of change where nothing is known', () =>
    assert.deepEqual(datesToSend(undefined, { modifiedAtMs: 5, nowMs: 9 }), { createdAtMs: 5, modifiedAtMs: 5 }));

  it('keep half past midnight on the first of March in March, long after', () => {
    const name = taken('2024-03-01T00:30:00', 'file name');
    const dates = datesToSend(name, { modifiedAtMs: utc('2024-02-29T23:30:00'), nowMs: utc('2024-08-01T00:00:00') });
    assert.deepEqual(dates, { createdAtMs: utc('2024-03-01T00:30:00'), modifiedAtMs: utc('2024-03-01T00:30:00') });
  });

  it('keep half past midnight on the first of March in March, a minute later', () => {
    const name = taken('2024-03-01T00:30:00', 'file name');
    const dates = datesToSend(name, { modifiedAtMs: utc('2024-02-29T23:30:00'), nowMs: utc('2024-02-29T23:31:00') });
    assert.equal(dates.inSidecar, '2024-03-01T00:30:00.000+01:00');
  });

  it('write no sidecar where the file may tell a date that could not be read', () => {
    const name = { ...taken('2024-03-01T00:30:00', 'file name'), isUnread: true };
    const dates = datesToSend(name, { modifiedAtMs: utc('2024-02-29T23:30:00'), nowMs: utc('2024-02-29T23:31:00') });
    assert.equal(dates.inSidecar, undefined);
  });

  it('need no sidecar west of Greenwich', () => {
    const name = taken('2024-02-29T19:30:00', 'file name', 'America/New_York');
    assert.deepEqual(datesToSend(name, { modifiedAtMs: utc('2024-03-01T00:30:00'), nowMs: utc('2024-03-01T00:31:00') }), {
      createdAtMs: utc('2024-02-29T19:30:00'),
      modifiedAtMs: utc('2024-03-01T00:30:00'),
    });
  });

  for (const [local, zone, written] of [
    ['2024-07-14T09:21:33', 'America/St_Johns', '2024-07-14T09:21:33.000-02:30'],
    ['2024-07-14T09:21:33', 'UTC', '2024-07-14T09:21:33.000+00:00'],
    ['2024-07-14T09:21:33', 'Pacific/Kiritimati', '2024-07-14T09:21:33.000+14:00'],
    ['1890-07-14T09:21:33', 'Europe/Berlin', '1890-07-14T09:21:33.000+00:53'],
  ] as const) {
    it(`are written with the offset of ${zone} in ${local.slice(0, 4)}`, () =>
      assert.equal(withOffset(taken(local, 'file name', zone)), written));
  }

  it('make Immich show the wall clock, wherever and whenever', () => {
    const zone = fc.constantFrom('Europe/Berlin', 'America/New_York', 'UTC', 'Pacific/Kiritimati', 'Asia/Kathmandu', 'Pacific/Pago_Pago');
    fc.assert(
      fc.property(fc.date(years), fc.date(years), fc.date(years), zone, fc.constantFrom(...unseen), (at, changed, now, place, from) => {
        const local = wallClock(at.getTime(), place);
        const dates = datesToSend({ local, epochMs: at.getTime(), from }, { modifiedAtMs: changed.getTime(), nowMs: now.getTime() });
        assert.equal(shown(dates, now.getTime()), local);
      }),
    );
  });

  it('stay as they are for every other origin', () =>
    fc.assert(
      fc.property(
        fc.constantFrom(...dateOrigins.filter((from) => !unseen.includes(from))),
        fc.integer(),
        fc.integer(),
        (from, at, nowMs) => {
          const dates = datesToSend({ local: '2024-07-14T09:21:33', epochMs: at, from }, { modifiedAtMs: 7, nowMs });
          assert.deepEqual(dates, { createdAtMs: at, modifiedAtMs: 7 });
        },
      ),
    ));
});
