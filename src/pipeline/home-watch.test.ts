/** What is renamed in Home Assistant is followed; what is missing there is a problem for as long as it is. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { HomeByHand } from '../../test/kit/home-by-hand.ts';
import { LeapClock } from '../../test/kit/leap-clock.ts';
import { TestJournal } from '../../test/kit/test-journal.ts';
import type { Config } from '../config/index.ts';
import { personHome } from '../domain/index.ts';
import { renamedHome } from '../hass/index.ts';
import { seededIds, seededRandom, silentLog } from '../kernel/index.ts';
import { adoptNames, knownNames, missingAtHome } from './home-names.ts';
import { HomeWatch } from './home-watch.ts';
import { recall, remember } from './remembered.ts';

const minute = 60_000;
const source = { name: 'Phone', when: { kind: 'circumstance', circumstance: { ...personHome('person.anna'), forMs: 0 } } };
const tell = [{ kind: 'phone', action: 'mobile_app_anna', about: ['problems'] }];

class Scene implements AsyncDisposable {
  readonly journal: TestJournal;
  readonly hass: HomeByHand;
  readonly clock = new LeapClock(20);
  readonly watch: HomeWatch;
  readonly #ending = new AbortController();
  readonly #running: Promise<void>;

  constructor(journal: TestJournal, hass: HomeByHand) {
    this.journal = journal;
    this.hass = hass;
    this.watch = new HomeWatch({
      ...{ journal: journal.journal, clock: this.clock, log: silentLog, home: hass },
      config: { sources: [source], tell } as unknown as Config,
      news: { ids: seededIds(seededRandom(1)), tellers: [{ name: 'log', wants: () => true }], onNews: () => undefined },
    });
    this.#running = this.watch.run(this.#ending.signal);
  }

  get news(): readonly string[] {
    return this.journal.journal.outbox.all().map(({ kind, facts }) => `${kind} ${facts.entity}`);
  }

  async until(isSo: () => boolean): Promise<void> {
    const giveUpMs = performance.now() + 10_000;
    while (!isSo()) {
      if (performance.now() > giveUpMs) throw new Error(`it never became so: ${isSo}`);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#ending.abort();
    await this.#running;
  }
}

/** Where Anna has a phone. */
function homeWith(ids: readonly string[], actions: readonly string[] = ['mobile_app_anna']): HomeByHand {
  const hass = new HomeByHand();
  let registered = ids;
  hass.answers.set('config/entity_registry/list', () => registered.map((id) => ({ entity_id: id, unique_id: 'anna', platform: 'person' })));
  hass.answers.set('get_services', () => ({ notify: Object.fromEntries(actions.map((name) => [name, {}])) }));
  for (const id of ids) hass.say(id, 'home');
  return Object.assign(hass, {
    rename(to: string) {
      for (const from of registered) hass.forget(from);
      for (const from of registered)
        hass.fire('entity_registry_updated', { data: { action: 'update', entity_id: to, old_entity_id: from } });
      registered = [to];
      hass.say(to, 'home');
    },
  });
}
const rename = (hass: HomeByHand, to: string): void => (hass as HomeByHand & { rename(to: string): void }).rename(to);
const remembers = (journal: TestJournal): boolean => journal.journal.facts.get('names in home assistant') !== undefined;

describe('what the configuration names in Home Assistant', () => {
  it('is followed when it is renamed, told once, also by the next life', async () => {
    using journal = new TestJournal();
    const hass = homeWith(['person.anna']);
    {
      await using scene = new Scene(journal, hass);
      await scene.until(() => remembers(journal));
      const seen = renamedHome(hass, scene.watch);
      let changes = 0;
      seen.follow(['person.anna'], () => {
        changes += 1;
      });
      rename(hass, 'person.anna_b');
      await scene.until(() => seen.entity('person.anna')?.state === 'home');
      const before = changes;
      hass.say('person.anna_b', 'not_home');
      assert.deepEqual([seen.entity('person.anna')?.state, changes > before], ['not_home', true]);
      await seen.act({ domain: 'x', action: 'y', entities: ['person.anna'] }, new AbortController().signal);
      assert.deepEqual(hass.actions.at(-1)?.entities, ['person.anna_b']);
      assert.match(journal.journal.outbox.all()[0]?.text ?? '', /^person\.anna is called person\.anna_b in Home Assistant now\./);
      scene.clock.leap(10 * minute);
      await scene.until(() => hass.entity('person.anna_b') !== undefined);
      assert.deepEqual([scene.news, missingAtHome(journal.journal)], [['renamed at home person.anna'], []]);
    }
    await using next = new Scene(journal, hass);
    assert.equal(next.watch.nameNow('person.anna'), 'person.anna_b');
    next.clock.leap(10 * minute);
    await next.until(() => next.watch.nameNow('person.anna') === 'person.anna_b');
    assert.equal(next.news.length, 1);
  });

  it('is found under its new name when that was given while Homeroll was off', async () => {
    using journal = new TestJournal();
    const hass = homeWith(['person.anna']);
    {
      await using scene = new Scene(journal, hass);
      await scene.until(() => remembers(journal));
    }
    rename(hass, 'person.anna_c');
    await using scene = new Scene(journal, hass);
    await scene.until(() => scene.watch.nameNow('person.anna') === 'person.anna_c');
  });

  it('is followed when it is renamed before the first look at what Home Assistant knows it by', async () => {
    using journal = new TestJournal();
    const hass = homeWith(['person.anna']);
    hass.goAway();
    await using scene = new Scene(journal, hass);
    hass.comeUp();
    rename(hass, 'person.anna_b');
    rename(hass, 'person.anna_c');
    await scene.until(() => scene.watch.nameNow('person.anna') === 'person.anna_c');
    assert.match(journal.journal.outbox.all()[0]?.text ?? '', /^person\.anna is called person\.anna_c in Home Assistant now\./);
  });

  it('is a problem when it is missing for five minutes, told once, and none any more when it is back', async () => {
    using journal = new TestJournal();
    const hass = homeWith(['person.anna']);
    await using scene = new Scene(journal, hass);
    await scene.until(() => remembers(journal));
    hass.forget('person.anna');
    hass.answers.set('config/entity_registry/list', () => []);
    hass.answers.set('get_services', () => ({ notify: { mobile_app_anna_2: {} } }));
    hass.fire('entity_registry_updated', { data: { action: 'remove', entity_id: 'person.anna' } });
    await new Promise((resolve) => setTimeout(resolve, 300));
    assert.deepEqual(missingAtHome(journal.journal), []);
    scene.clock.leap(6 * minute);
    await scene.until(() => missingAtHome(journal.journal).length === 2);
    assert.deepEqual(scene.news.toSorted(), ['missing at home notify.mobile_app_anna', 'missing at home person.anna']);
    assert.match(
      missingAtHome(journal.journal).find(({ id }) => id.startsWith('notify'))?.sentence ?? '',
      /Did you mean "notify\.mobile_app_anna_2"\?/,
    );
    hass.say('person.anna', 'home');
    hass.answers.set('get_services', () => ({ notify: { mobile_app_anna: {} } }));
    hass.fire('service_registered', { data: { domain: 'notify', service: 'mobile_app_anna' } });
    await scene.until(() => missingAtHome(journal.journal).length === 0);
    assert.deepEqual(scene.news.slice(2).toSorted(), ['back at home notify.mobile_app_anna', 'back at home person.anna']);
  });

  it('is no problem while Home Assistant is away or starts, and none when nobody names it any more', async () => {
    using journal = new TestJournal();
    const hass = homeWith([]);
    {
      await using scene = new Scene(journal, hass);
      scene.clock.leap(4 * minute);
      hass.goAway();
      scene.clock.leap(10 * minute);
      hass.comeUp();
      await new Promise((resolve) => setTimeout(resolve, 300));
      assert.deepEqual(missingAtHome(journal.journal), []);
      scene.clock.leap(6 * minute);
      await scene.until(() => missingAtHome(journal.journal).length === 1);
    }
    new HomeWatch({
      ...{ journal: journal.journal, clock: new LeapClock(), log: silentLog, home: hass, config: { sources: [], tell: [] } },
      news: { ids: seededIds(seededRandom(1)), tellers: [], onNews: () => undefined },
    });
    assert.deepEqual(missingAtHome(journal.journal), []);
  });

  it('keeps what is remembered of it when its owner writes the new name: what counted last, and the albums of its entries', () => {
    using test = new TestJournal();
    const { journal } = test;
    const identity = { platform: 'x', uniqueId: '1' };
    const names = { 'person.old': { ...identity, now: 'person.anna' }, 'calendar.old': { ...identity, now: 'calendar.new' } };
    journal.facts.set('names in home assistant', JSON.stringify(names));
    const was = { ...personHome('person.old'), forMs: 0 };
    remember(journal, { use: 'trigger', id: test.sourceId }, { of: was, isSo: true });
    const span = { kind: 'days', from: '2026-06-14', to: '2026-06-14' } as const;
    journal.calendarEntries.add({ calendar: 'calendar.old', uid: 'b', occurrence: '' }, { title: 'Birthday', span, key: 'its album' });
    adoptNames(journal, ['person.anna', 'calendar.new']);
    assert.equal(recall(journal, { use: 'trigger', id: test.sourceId }, { ...personHome('person.anna') }), true);
    assert.equal(journal.calendarEntries.named({ calendar: 'calendar.new', uid: 'b', occurrence: '' })?.key, 'its album');
    assert.deepEqual(knownNames(journal), { 'person.anna': identity, 'calendar.new': identity });
  });
});
