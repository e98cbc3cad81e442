import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { cronProblem, nextRun } from './cron.ts';
import { instantOf, wallClock } from './time.ts';

/** All runs after `from` and up to `to`, as wall clock of the zone. */
function runs(cron: string, zone: string, [from, to]: readonly [string, string]): string[] {
  const told: string[] = [];
  const endMs = instantOf(to, zone);
  for (let atMs = nextRun(cron, zone, instantOf(from, zone)); atMs <= endMs; atMs = nextRun(cron, zone, atMs))
    told.push(wallClock(atMs, zone));
  return told;
}

describe('a schedule', () => {
  for (const { name, cron, zone, span, told } of [
    {
      name: 'at 02:30 runs once, an hour later, on the day without a 02:30',
      cron: '30 2 * * *',
      zone: 'Europe/Berlin',
      span: ['2026-03-28T12:00:00', '2026-03-30T12:00:00'],
      told: ['2026-03-29T03:30:00', '2026-03-30T02:30:00'],
    },
    {
      name: 'at 02:30 runs once, at the first 02:30, on the day with two',
      cron: '30 2 * * *',
      zone: 'Europe/Berlin',
      span: ['2026-10-24T12:00:00', '2026-10-26T12:00:00'],
      told: ['2026-10-25T02:30:00', '2026-10-26T02:30:00'],
    },
    {
      name: 'does not run twice where the skipped time falls on another of its times',
      cron: '30 2,3 * * *',
      zone: 'Europe/Berlin',
      span: ['2026-03-29T00:00:00', '2026-03-29T12:00:00'],
      told: ['2026-03-29T03:30:00'],
    },
    {
      name: 'keeps the order where a half-hour jump shuffles its times',
      cron: '10,35 2 * * *',
      zone: 'Australia/Lord_Howe',
      span: ['2026-10-04T00:00:00', '2026-10-04T12:00:00'],
      told: ['2026-10-04T02:35:00', '2026-10-04T02:40:00'],
    },
    {
      name: 'knows weekdays by name',
      cron: '0 6 * * SUN',
      zone: 'America/New_York',
      span: ['2026-03-01T00:00:00', '2026-03-15T12:00:00'],
      told: ['2026-03-01T06:00:00', '2026-03-08T06:00:00', '2026-03-15T06:00:00'],
    },
  ] as const) {
    it(name, () => assert.deepEqual(runs(cron, zone, span), told));
  }

  it('still runs when asked between the jump of the clock and the skipped time', () => {
    const askedMs = instantOf('2026-03-29T03:10:00', 'Europe/Berlin');
    assert.equal(wallClock(nextRun('30 2 * * *', 'Europe/Berlin', askedMs), 'Europe/Berlin'), '2026-03-29T03:30:00');
  });

  it('does not run again when asked within the second pass of a doubled hour', () => {
    const askedMs = instantOf('2026-10-25T02:30:00', 'Europe/Berlin') + 30 * 60_000;
    assert.equal(wallClock(nextRun('30 2 * * *', 'Europe/Berlin', askedMs), 'Europe/Berlin'), '2026-10-26T02:30:00');
  });

  const zones = ['Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'America/Santiago', 'Asia/Kolkata', 'UTC'];
  const time = fc.record({ hour: fc.integer({ min: 0, max: 23 }), minute: fc.integer({ min: 0, max: 59 }) });

  it('runs once on every day of a year, whatever its time and zone', () =>
    fc.assert(
      fc.property(time, fc.constantFrom(...zones), fc.integer({ min: 2015, max: 2035 }), ({ hour, minute }, zone, year) => {
        const days = runs(`${minute} ${hour} * * *`, zone, [`${year - 1}-12-31T23:59:59`, `${year}-12-31T23:59:59`]).map((at) =>
          at.slice(0, 10),
        );
        assert.equal(new Set(days).size, days.length);
        assert.equal(days.length, year % 4 === 0 ? 366 : 365);
      }),
      { numRuns: 25 },
    ));

  it('gives the same next run wherever it is asked from before it', () =>
    fc.assert(
      fc.property(
        time,
        fc.constantFrom(...zones),
        fc.integer({ min: 0, max: 365 * 24 * 60 }),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        (at, zone, minutes, share) => {
          const cron = `${at.minute} ${at.hour} * * *`;
          const fromMs = Date.UTC(2026, 0, 1) + minutes * 60_000;
          const runMs = nextRun(cron, zone, fromMs);
          assert.ok(runMs > fromMs);
          assert.equal(nextRun(cron, zone, Math.floor(fromMs + (runMs - fromMs) * share)), runMs);
        },
      ),
    ));
});

describe('a text that is no schedule', () => {
  for (const [text, problem] of [
    ['30 2 * *', 'a schedule has five fields: minute, hour, day, month, weekday'],
    ['0 30 2 * * *', 'a schedule has five fields: minute, hour, day, month, weekday'],
    ['2026-01-01T00:00:00', 'a schedule has five fields: minute, hour, day, month, weekday'],
    ['61 2 * * *', 'Invalid value for minute: 61'],
    ['0 0 30 2 *', 'that day never comes'],
    ['@dayly', 'after an @ comes one of hourly, daily, midnight, weekly, monthly, yearly, annually'],
    ['@reboot', 'after an @ comes one of hourly, daily, midnight, weekly, monthly, yearly, annually'],
  ] as const) {
    it(`is told: ${text}`, () => assert.equal(cronProblem(text), problem));
  }
  for (const text of ['30 2 * * *', '*/15 9-17 * * MON-FRI', '@daily', '0 0 L * *']) {
    it(`is not seen in ${text}`, () => assert.equal(cronProblem(text), undefined));
  }
});
