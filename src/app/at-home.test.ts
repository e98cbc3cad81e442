import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { HomeByHand } from '../../test/kit/home-by-hand.ts';
import { LeapClock } from '../../test/kit/leap-clock.ts';
import { nameTellers } from '../tell/index.ts';
import { isHomeAsked, nameInTheHome, phonesOf, untilUp } from './at-home.ts';

const never = new AbortController().signal;

describe('the household in Home Assistant', () => {
  it('has a name there that goes by its topic', () => {
    assert.deepEqual([undefined, { topic: 'homeroll' }, { topic: 'home/cabin-2' }].map(nameInTheHome), [
      'homeroll',
      'homeroll',
      'home_cabin_2',
    ]);
  });

  it('has phones to be told, or not', () => {
    const tellers = nameTellers([{ kind: 'log' }, { kind: 'phone', action: 'mobile_app_anna', about: ['problems'] }]);
    assert.deepEqual(phonesOf(tellers), [{ name: 'phone:mobile_app_anna', action: 'mobile_app_anna' }]);
    assert.deepEqual([isHomeAsked(tellers, [{}]), isHomeAsked(tellers.slice(0, 1), [{}])], [true, false]);
  });

  it('asks Home Assistant for calendars, also where it tells nobody', () =>
    assert.equal(isHomeAsked([], [{}, { calendars: [{ calendar: 'calendar.family' }] }]), true));

  it('waits until Home Assistant is up, and no longer than its patience', async () => {
    const home = new HomeByHand();
    const clock = new LeapClock();
    await untilUp(home, { clock, patienceMs: 1e9 }, never);
    home.goAway();
    let isOver = false;
    const waiting = untilUp(home, { clock, patienceMs: 1e9 }, never).then(() => {
      isOver = true;
    });
    await new Promise((resolve) => setImmediate(resolve));
    assert.equal(isOver, false);
    home.comeUp();
    await waiting;
    home.goAway();
    const patient = untilUp(home, { clock, patienceMs: 1e9 }, never);
    clock.leap(1e9);
    await patient;
  });
});
