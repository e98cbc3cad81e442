import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { instantOf } from '../kernel/index.ts';
import { type ClockCorrection, correct, correctionFor, parseClockShift, withImmich } from './clock-correction.ts';
import { textGlob } from './glob.ts';
import { type DateOrigin, dateOrigins, type TakenAt } from './taken-at.ts';

const zone = 'Europe/Berlin';
const hourMs = 3_600_000;
const taken = (local: string, from: DateOrigin = 'EXIF'): TakenAt => ({ local, epochMs: instantOf(local, zone), from });
const correction = (wish: Partial<ClockCorrection>): ClockCorrection => ({
  ...{ isLocal: false, addMs: 0, isForImmich: false, said: '+1h', where: 'homeroll.yaml:9' },
  ...wish,
});

describe('a shift of a clock', () => {
  for (const [text, ms] of [
    ['+1h', hourMs],
    ['-30m', -hourMs / 2],
    ['- 30 min', -hourMs / 2],
    ['+1.5 hours', 1.5 * hourMs],
    ['+1h 30m', 1.5 * hourMs],
    ['+3652 days 2 h 5 s', 3652 * 24 * hourMs + 2 * hourMs + 5_000],
    ['−1h', -hourMs],
    ['1h', undefined],
    ['+1', undefined],
    ['+0h', undefined],
    ['+1 fortnight', undefined],
    ['+1h 2 fortnights', undefined],
    ['+99999999999999 days', undefined],
    ['local', undefined],
    ['', undefined],
  ] as const) {
    it(`of "${text}" is ${ms ?? 'none'}`, () => assert.equal(parseClockShift(text), ms));
  }
});

describe('the correction of a camera', () => {
  const gopro = correction({ camera: textGlob('HERO*'), said: 'gopro' });
  const canon = correction({ camera: textGlob('Canon PowerShot*'), said: 'canon' });
  const all = correction({ said: 'all' });
  for (const [camera, corrections, said] of [
    ['GoPro HERO8 Black', [gopro, all], 'gopro'],
    ['HERO8 Black', [gopro], 'gopro'],
    ['Canon PowerShot G7', [gopro, canon], 'canon'],
    ['Superhero 3', [gopro], undefined],
    ['Canon EOS R7', [gopro, canon, all], 'all'],
    [undefined, [gopro, canon], undefined],
    [undefined, [all, gopro], 'all'],
    ['GoPro HERO8 Black', [], undefined],
  ] as const) {
    it(`${camera ?? 'of no camera'} is ${said ?? 'none'} among ${corrections.length}`, () =>
      assert.equal(correctionFor(corrections, camera)?.said, said));
  }
});

describe('a corrected date', () => {
  it('is what the clock told, and what is added to it', () =>
    assert.deepEqual(correct(taken('2024-12-31T23:30:00'), correction({ addMs: hourMs }), { isInstant: false, timeZone: zone }), {
      ...taken('2025-01-01T00:30:00'),
      correctedBy: 'clock: +1h (homeroll.yaml:9)',
    }));

  it('is a movie’s head as the wall clock', () => {
    const head: TakenAt = { local: '2024-07-14T11:21:33', epochMs: Date.parse('2024-07-14T09:21:33Z'), from: 'movie header' };
    const { local, epochMs } = correct(head, correction({ isLocal: true }), { isInstant: true, timeZone: zone });
    assert.deepEqual({ local, epochMs }, { local: '2024-07-14T09:21:33', epochMs: Date.parse('2024-07-14T07:21:33Z') });
  });

  it('is a movie’s head as the wall clock, with what is added to it', () => {
    const head: TakenAt = { local: '2024-07-14T11:21:33', epochMs: Date.parse('2024-07-14T09:21:33Z'), from: 'movie header' };
    assert.equal(
      correct(head, correction({ isLocal: true, addMs: -hourMs }), { isInstant: true, timeZone: zone }).local,
      '2024-07-14T08:21:33',
    );
  });

  it('stays for photos of a camera whose movies tell local time', () => {
    const photo = taken('2024-07-14T09:21:33');
    assert.equal(correct(photo, correction({ isLocal: true }), { isInstant: false, timeZone: zone }), photo);
  });

  it('stays where no camera’s clock told it', () => {
    const file = taken('2024-07-14T09:21:33', 'modification time');
    assert.equal(correct(file, correction({ addMs: hourMs }), { isInstant: false, timeZone: zone }), file);
  });

  it('stays where the calendar ends', () => {
    const last = taken('9999-12-31T09:21:33');
    assert.equal(correct(last, correction({ addMs: 48 * hourMs }), { isInstant: false, timeZone: zone }), last);
  });

  it('is always a date, moved by what was added', () =>
    fc.assert(
      fc.property(
        fc.date({ noInvalidDate: true, min: new Date('1900-01-01'), max: new Date('2100-01-01') }),
        fc.integer({ min: -4000 * 24, max: 4000 * 24 }),
        fc.constantFrom(...dateOrigins.filter((from) => from !== 'modification time' && from !== 'sidecar')),
        (date, hours, from) => {
          const local = date.toISOString().slice(0, 19);
          const { local: right } = correct(taken(local, from), correction({ addMs: hours * hourMs }), { isInstant: false, timeZone: zone });
          assert.equal(Date.parse(`${right}Z`) - Date.parse(`${local}Z`), hours * hourMs);
        },
      ),
    ));
});

describe('what becomes of a date in Immich', () => {
  const right = taken('2024-07-14T10:21:33');
  it('is nothing where Immich shows the same', () =>
    assert.equal(withImmich(right, { shown: '2024-07-14T10:21:33', isForImmich: true }), right));

  it('is told where Immich shows another', () =>
    assert.deepEqual(withImmich(right, { shown: '2024-07-14T09:21:33', isForImmich: false }), {
      ...right,
      elseShown: '2024-07-14T09:21:33',
    }));

  it('is a sidecar where the owner says so', () =>
    assert.equal(withImmich(right, { shown: '2024-07-14T09:21:33', isForImmich: true }).isSentAlong, true));

  it('is nothing where Immich shows what it is sent anyway', () => {
    const named = taken('2024-07-14T10:21:33', 'file name');
    assert.equal(withImmich(named, { shown: '2024-07-14T09:21:33', isForImmich: true }), named);
  });
});
