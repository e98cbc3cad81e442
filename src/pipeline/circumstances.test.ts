/** Comings and goings start sources and hold them back: once each, whatever restarts in between. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { HomeByHand } from '../../test/kit/home-by-hand.ts';
import { type HouseholdWish, TestHousehold } from '../../test/kit/household.ts';
import { status, whyFile } from '../desk/index.ts';
import { entityIs, everyoneAway, personHome } from '../domain/index.ts';

// Long, since the clock of these tests runs fast: a busy machine must not make it pass by itself.
const hour = 3_600_000;
const half = hour / 2;
const away = { ...everyoneAway, forMs: hour };
const arrives = { kind: 'circumstance', circumstance: { ...personHome('person.anna'), forMs: hour } } as const;

async function open(wish: HouseholdWish): Promise<TestHousehold & { readonly ha: HomeByHand }> {
  const ha = new HomeByHand();
  return Object.assign(await TestHousehold.open({ home: ha, ...wish }), { ha });
}

const sweeps = (home: TestHousehold): number => home.journal.sources.all()[0]?.sweeps ?? 0;
const given = (home: TestHousehold, kind: 'sweep' | 'resume', name?: string): number =>
  home.journal.orders.give(kind, name, home.clock.now());
/** Long enough for whatever would happen by mistake: two whole rounds of a life that looks for orders. */
async function aMoment(home: TestHousehold): Promise<void> {
  for (const _ of [1, 2]) {
    const id = home.journal.orders.give('retry', 'Nobody', home.clock.now());
    await home.until(() => home.journal.orders.answer(id) !== undefined);
  }
}

/** Says it, and lets it be looked at before time goes on. */
async function hears(home: TestHousehold & { readonly ha: HomeByHand }, id: string, state: string): Promise<void> {
  home.ha.say(id, state);
  await aMoment(home);
}

describe('a source that waits for somebody', () => {
  it('is looked through and worked each time that they come home and stay', async () => {
    await using home = await open({ sources: [{ when: arrives }] });
    await home.write('a.jpg');
    home.ha.say('person.anna', 'not_home');
    const life = await home.run();
    await aMoment(home);
    assert.equal(home.state('a.jpg'), undefined);
    await hears(home, 'person.anna', 'home');
    home.clock.leap(half);
    await aMoment(home);
    assert.equal(sweeps(home), 0);
    home.clock.leap(hour);
    await home.until(() => home.state('a.jpg') === 'safe');
    assert.ok(home.infos.includes('Phone is looked through: person.anna is at home'));

    await home.write('b.jpg');
    await hears(home, 'person.anna', 'not_home');
    home.clock.leap(hour);
    await aMoment(home);
    await hears(home, 'person.anna', 'home');
    home.clock.leap(hour);
    await home.until(() => home.state('b.jpg') === 'safe');
    assert.equal(sweeps(home), 2);
    await life.stop();
  });

  it('is not started by what is so at the very first look, nor by a restart of either side', async () => {
    await using home = await open({ sources: [{ when: arrives }] });
    home.ha.say('person.anna', 'home');
    for (const _ of ['first', 'second']) {
      const life = await home.run();
      home.clock.leap(hour);
      await aMoment(home);
      home.ha.goAway();
      await hears(home, 'person.anna', 'unknown');
      home.clock.leap(hour);
      await aMoment(home);
      home.ha.comeUp();
      await hears(home, 'person.anna', 'unavailable');
      home.clock.leap(hour);
      await aMoment(home);
      await hears(home, 'person.anna', 'home');
      home.clock.leap(hour);
      await aMoment(home);
      await life.stop();
    }
    assert.equal(sweeps(home), 0);
  });

  it('is made up for when they came home while Homeroll was not there, once', async () => {
    await using home = await open({ sources: [{ when: arrives }] });
    home.ha.say('person.anna', 'not_home');
    const before = await home.run();
    await aMoment(home);
    await before.stop();
    home.ha.say('person.anna', 'home');
    const after = await home.run();
    await aMoment(home);
    home.clock.leap(hour);
    await home.until(() => home.journal.sources.all()[0]?.sweptAtMs !== undefined);
    await after.stop();
    const later = await home.run();
    home.clock.leap(hour);
    await aMoment(home);
    assert.equal(sweeps(home), 1);
    await later.stop();
  });

  it('is looked through though Homeroll died between the moment and the look', async () => {
    await using home = await open({ sources: [{ when: arrives }] });
    const { id } = home.journal.sources.ensure('Phone', Buffer.from(home.folder()));
    home.journal.sources.update(id, { runDueAtMs: home.clock.now() - 1 });
    const life = await home.run();
    await home.until(() => home.journal.sources.byId(id).sweptAtMs !== undefined);
    await life.stop();
  });

  it('does not take a schedule that the owner took out for a moment that came', async () => {
    await using home = await open({ sources: [{ when: arrives }] });
    const { id } = home.journal.sources.ensure('Phone', Buffer.from(home.folder()));
    home.journal.sources.update(id, { runDueAtMs: home.clock.now() + hour });
    const life = await home.run();
    home.clock.leap(hour + half);
    await aMoment(home);
    assert.equal(sweeps(home), 0);
    await life.stop();
  });

  it('forgets what it remembered of another circumstance that the owner wrote before', async () => {
    await using home = await open({
      sources: [{ when: { kind: 'circumstance', circumstance: { ...entityIs('switch.a', 'on'), forMs: 0 } } }],
    });
    home.ha.say('switch.a', 'off');
    home.ha.say('switch.b', 'on');
    const before = await home.run();
    await aMoment(home);
    await before.stop();
    home.reconfigure({ when: { kind: 'circumstance', circumstance: { ...entityIs('switch.b', 'on'), forMs: 0 } } });
    const after = await home.run();
    await aMoment(home);
    assert.equal(sweeps(home), 0);
    await after.stop();
  });

  it('is looked through when somebody asks for it', async () => {
    await using home = await open({ sources: [{ when: arrives }] });
    await home.write('a.jpg');
    const life = await home.run();
    given(home, 'sweep', 'Phone');
    await home.until(() => home.state('a.jpg') === 'safe');
    await life.stop();
    await home.write('b.jpg');
    await home.once();
    assert.equal(home.state('b.jpg'), 'safe');
  });
});

describe('a source that moves only while everybody is away', () => {
  const limited = {
    sources: [
      { when: { kind: 'new media' }, onlyWhile: away },
      { name: 'Card', when: { kind: 'new media' } },
    ],
  } as const;
  const now = (home: TestHousehold, name: string): string =>
    (whyFile(home.path(name), home.journal, home.clock.now())?.now ?? []).join(' ');

  it('is looked through, and its files rest until it has lasted; others go on', async () => {
    await using home = await open(limited);
    home.ha.say('zone.home', '2');
    await home.write('a.jpg');
    await home.write('c.jpg', 'c', 'Card');
    const life = await home.run();
    await home.until(() => home.state('c.jpg', 'Card') === 'safe' && home.state('a.jpg') !== undefined);
    assert.match(now(home, 'a.jpg'), /It waits until everybody is away\.$/);
    assert.equal(
      status(home.journal, { sources: ['Phone'], immich: { reachable: true, version: null } }).sources[0]?.waitsFor,
      'everybody is away',
    );
    await hears(home, 'zone.home', '0');
    home.clock.leap(half);
    await aMoment(home);
    assert.notEqual(home.state('a.jpg'), 'safe');
    home.clock.leap(hour);
    await home.until(() => home.state('a.jpg') === 'safe');
    assert.ok(home.infos.includes('Phone goes on: everybody is away'));
    assert.equal(status(home.journal, { sources: ['Phone'], immich: { reachable: true, version: null } }).sources[0]?.waitsFor, undefined);
    await life.stop();
  });

  it('rests as soon as somebody is back, also after a restart', async () => {
    await using home = await open(limited);
    const waited = await home.run();
    await hears(home, 'zone.home', '0');
    home.clock.leap(hour);
    await home.until(() => home.infos.includes('Phone goes on: everybody is away'));
    home.ha.say('zone.home', '1');
    await home.until(() => home.infos.includes('Phone rests until everybody is away'));
    await home.write('a.jpg');
    given(home, 'sweep');
    await home.until(() => home.state('a.jpg') !== undefined);
    await aMoment(home);
    assert.notEqual(home.state('a.jpg'), 'safe');
    await waited.stop();
    home.ha.goAway();
    const again = await home.run();
    await aMoment(home);
    assert.notEqual(home.state('a.jpg'), 'safe');
    await again.stop();
  });

  it('holds to what was known last while Home Assistant is away', async () => {
    await using home = await open(limited);
    const life = await home.run();
    await hears(home, 'zone.home', '0');
    home.clock.leap(hour);
    await home.until(() => home.infos.includes('Phone goes on: everybody is away'));
    home.ha.goAway();
    home.ha.say('zone.home', '2');
    await home.write('a.jpg');
    given(home, 'sweep');
    await home.until(() => home.state('a.jpg') === 'safe');
    await life.stop();
  });

  it('begins with what was known last only when it is clear whether Home Assistant is there', async () => {
    await using home = await open(limited);
    const before = await home.run();
    await hears(home, 'zone.home', '0');
    home.clock.leap(hour);
    await home.until(() => home.infos.includes('Phone goes on: everybody is away'));
    home.ha.goAway();
    await before.stop();
    await home.write('a.jpg');
    const after = await home.run();
    await home.until(() => home.state('a.jpg') !== undefined);
    await aMoment(home);
    assert.notEqual(home.state('a.jpg'), 'safe');
    home.ha.goAway();
    await home.until(() => home.state('a.jpg') === 'safe');
    await after.stop();
  });

  it('waits while it was never known, and says that Home Assistant is away', async () => {
    await using home = await open(limited);
    await home.write('a.jpg');
    const life = await home.run();
    home.ha.goAway();
    home.clock.leap(hour);
    await home.until(() => home.state('a.jpg') !== undefined);
    home.clock.leap(hour);
    await aMoment(home);
    assert.notEqual(home.state('a.jpg'), 'safe');
    assert.match(now(home, 'a.jpg'), /Home Assistant has been away for [0-9]+ (minutes|hours?), so nobody knows whether that is so\.$/);
    home.ha.say('zone.home', '1');
    home.ha.comeUp();
    await home.until(() => /It waits until everybody is away\.$/.test(now(home, 'a.jpg')));
    await life.stop();
  });

  it('is not set going by an order, which says so, but by hand', async () => {
    await using home = await open(limited);
    home.ha.say('zone.home', '2');
    await home.write('a.jpg');
    const life = await home.run();
    const orders = [given(home, 'sweep', 'Phone'), given(home, 'resume'), given(home, 'sweep', 'Card')];
    await home.until(() => orders.every((id) => home.journal.orders.answer(id) !== undefined));
    assert.deepEqual(
      orders.map((id) => home.journal.orders.answer(id)),
      [
        'Looks through Phone. The files of Phone go on when everybody is away.',
        'Goes on. The files of Phone go on when everybody is away.',
        'Looks through Card.',
      ],
    );
    await home.until(() => home.state('a.jpg') !== undefined);
    await aMoment(home);
    assert.notEqual(home.state('a.jpg'), 'safe');
    await life.stop();
    await home.once();
    assert.equal(home.state('a.jpg'), 'safe');
  });

  it('says no more that it waits once the owner took the limit out', async () => {
    await using home = await open(limited);
    home.ha.say('zone.home', '2');
    const life = await home.run();
    await aMoment(home);
    await life.stop();
    home.reconfigure({ when: { kind: 'new media' } });
    await home.write('a.jpg');
    const after = await home.run();
    await home.until(() => home.state('a.jpg') === 'safe');
    assert.equal(status(home.journal, { sources: ['Phone'], immich: { reachable: true, version: null } }).sources[0]?.waitsFor, undefined);
    await after.stop();
  });
});
