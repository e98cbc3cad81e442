import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { isTimeZone } from '../kernel/index.ts';
import { zoneOfPlace } from './zone-of-place.ts';

describe('the time zone of a place', () => {
  for (const [name, latitude, longitude, zone] of [
    ['Berlin', 52.52, 13.405, 'Europe/Berlin'],
    ['Times Square', 40.758, -73.9855, 'America/New_York'],
    ['Kathmandu', 27.7172, 85.324, 'Asia/Kathmandu'],
    ['Funchal', 32.6669, -16.9241, 'Atlantic/Madeira'],
    ['the Atlantic', 35, -40, 'Etc/GMT+3'],
  ] as const) {
    it(`of ${name} is ${zone}`, () => assert.equal(zoneOfPlace({ latitude, longitude }), zone));
  }

  it('is left open without a place', () => assert.equal(zoneOfPlace(undefined), undefined));

  it('is one that clocks are told in, anywhere on earth', () =>
    fc.assert(
      fc.property(fc.double({ min: -90, max: 90, noNaN: true }), fc.double({ min: -180, max: 180, noNaN: true }), (latitude, longitude) =>
        isTimeZone(zoneOfPlace({ latitude, longitude }) ?? 'UTC'),
      ),
    ));
});
