import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { HomeByHand } from '../../test/kit/home-by-hand.ts';
import { LeapClock } from '../../test/kit/leap-clock.ts';
import { nameTellers } from '../tell/index.ts';
import { isHomeAsked, nameInTheHome, phonesOf, untilUp } from './at-home.ts';

const never = new AbortController().signal;

describe('the household in Home Assistant', () => {
  it('has a name there that goes by its topic', () => {
    assert.deepEqual([undefined, { topic: 'homeroll' }].map(nameInTheHome), ['homeroll', 'homeroll']);
    const names = ['home/cabin', 'home_cabin', 'Home/cabin'].map((topic) => nameInTheHome({ topic }));
    assert.equal(new Set(names).size, 3);
    for (const name of names) assert.match(name, /^[a-z0-9_]+$/);
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
