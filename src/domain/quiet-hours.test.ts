import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { nextTimeOfDay, nightAt, parseQuietHours, type QuietHours } from './quiet-hours.ts';

const berlin = 'Europe/Berlin';
const small: QuietHours = { from: '01:00', to: '06:00' };
const overMidnight: QuietHours = { from: '23:00', to: '05:00' };
const at = (iso: string): number => Date.parse(iso);

describe('quiet hours', () => {
  for (const { text, is } of [
    { text: '01:00-06:00', is: small },
    { text: '1:00 - 6:00', is: small },
    { text: '23:00–05:00', is: overMidnight },
    { text: '01:00', is: undefined },
    { text: '01:00-25:00', is: undefined },
    { text: '01:60-02:00', is: undefined },
    { text: '03:00-03:00', is: undefined },
    { text: 'at night', is: undefined },
  ]) {
    it(`are read: ${text}`, () => assert.deepEqual(parseQuietHours(text), is));
  }

  for (const { name, now, hours, start, end } of [
    { name: 'to come', now: '2025-01-06T12:00:00Z', hours: small, start: '2025-01-07T00:00:00Z', end: '2025-01-07T05:00:00Z' },
    { name: 'that are now', now: '2025-01-07T02:00:00Z', hours: small, start: '2025-01-07T00:00:00Z', end: '2025-01-07T05:00:00Z' },
    { name: 'that end now', now: '2025-01-07T05:00:00Z', hours: small, start: '2025-01-08T00:00:00Z', end: '2025-01-08T05:00:00Z' },
    {
      name: 'before midnight',
      now: '2025-01-06T22:30:00Z',
      hours: overMidnight,
      start: '2025-01-06T22:00:00Z',
      end: '2025-01-07T04:00:00Z',
    },
    {
      name: 'after midnight',
      now: '2025-01-07T03:00:00Z',
      hours: overMidnight,
      start: '2025-01-06T22:00:00Z',
      end: '2025-01-07T04:00:00Z',
    },
    { name: 'shortened in spring', now: '2025-03-29T12:00:00Z', hours: small, start: '2025-03-30T00:00:00Z', end: '2025-03-30T04:00:00Z' },
    { name: 'lengthened in autumn', now: '2025-10-25T12:00:00Z', hours: small, start: '2025-10-25T23:00:00Z', end: '2025-10-26T05:00:00Z' },
    {
      name: 'skipped in spring, as there are none',
      now: '2025-03-29T12:00:00Z',
      hours: { from: '02:00', to: '03:00' },
      start: '2025-03-31T00:00:00Z',
      end: '2025-03-31T01:00:00Z',
    },
  ]) {
    it(`(${name})`, () => {
      const { startMs, endMs } = nightAt(at(now), hours, berlin);
      assert.deepEqual(
        [new Date(startMs).toISOString(), new Date(endMs).toISOString()],
        [start, end].map((iso) => iso.replace('Z', '.000Z')),
      );
    });
  }

  it('come again and again, each night with a number of its own, whatever the clocks do', () =>
    fc.assert(
      fc.property(
        fc.constantFrom(berlin, 'America/St_Johns', 'Pacific/Apia', 'Africa/Cairo'),
        fc.constantFrom(small, overMidnight, { from: '00:00', to: '23:59' }, { from: '02:15', to: '02:45' }),
        fc.integer({ min: at('2010-01-01T00:00:00Z'), max: at('2030-01-01T00:00:00Z') }),
        (zone, hours, beginMs) => {
          let night = nightAt(beginMs, hours, zone);
          assert.ok(night.endMs > beginMs && night.endMs > night.startMs);
          for (let count = 0; count < 20; count += 1) {
            const next = nightAt(night.endMs, hours, zone);
            assert.ok(next.number > night.number && next.startMs >= night.endMs && next.startMs - night.startMs < 3 * 86_400_000);
            night = next;
          }
        },
      ),
    ));
});

describe('the next time of day', () => {
  for (const { name, after, is } of [
    { name: 'is today before it', after: '2026-06-14T12:00:00Z', is: '2026-06-14T18:00:00Z' },
    { name: 'is tomorrow at that very moment', after: '2026-06-14T18:00:00Z', is: '2026-06-15T18:00:00Z' },
    { name: 'is an hour later by the sun after clocks went back', after: '2026-10-24T18:00:00Z', is: '2026-10-25T19:00:00Z' },
  ])
    it(name, () => assert.equal(nextTimeOfDay(at(after), '20:00', berlin), at(is)));
});
