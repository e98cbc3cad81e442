/** Homeroll's devices in a real Home Assistant: what they show, what may be pressed, and what becomes of them when somebody goes away. */
import assert from 'node:assert/strict';
import { rename } from 'node:fs/promises';
import { after, before, describe, it } from 'node:test';
import type { FaultPlan } from '../../src/practice/index.ts';
import { RealHomeAssistant } from './home-assistant.ts';
import { Homeroll } from './homeroll.ts';
import { waitFor } from './wait-for.ts';

const counts = ['safe', 'waiting', 'blocked', 'stored'];
const ofTheHousehold = [
  ...counts,
  ...['bytes_safe', 'last_safe_at', 'oldest_waiting', 'speed', 'immich_version'],
  ...['problem', 'immich', 'working', 'connection'],
  ...['back_up', 'verify', 'retry', 'paused', 'proof', 'picture', 'event'],
];
const ofASource = [...counts, 'unjudged', 'safe_percent', 'waits_for', 'last_look', 'next_run', 'present', 'back_up', 'paused'];

describe("Homeroll's devices", () => {
  let home: RealHomeAssistant;
  before(async () => {
    home = await RealHomeAssistant.start();
  });
  after(() => home[Symbol.asyncDispose]());

  const uniqueIdsOf = async (topic: string): Promise<readonly string[]> => {
    const ours = (await home.entities()).filter(
      ({ unique_id }) => /^[_-]/.test(unique_id.slice(topic.length)) && unique_id.startsWith(topic),
    );
    return ours.map(({ unique_id }) => unique_id).toSorted();
  };
  const deviceNames = async (topic: string): Promise<readonly string[]> => {
    const ours = (await home.devices()).filter(({ identifiers }) =>
      identifiers.some(([, id]) => id === topic || id.startsWith(`${topic}-`)),
    );
    return ours.map(({ name }) => name).toSorted();
  };

  it('are the household and each of its sources, with the numbers of the command line', async () => {
    const sources = [{ name: 'Phone' }, { name: "Ben's card" }];
    await using homeroll = await Homeroll.at(home, { topic: 'numbers', sources, mqtt: { picture: true } });
    await homeroll.house.write('a.jpg');
    await homeroll.house.write('b.jpg');
    await homeroll.house.write('c.mp4', 'a film', "Ben's card");
    homeroll.run();
    await homeroll.shows('safe', '3');

    const wanted = [
      ...ofTheHousehold.map((key) => `numbers_${key}`),
      ...['phone', 'bens_card'].flatMap((source) => ofASource.map((key) => `numbers-${source}-${key}`)),
    ];
    await waitFor(
      'all entities',
      async () => (await uniqueIdsOf('numbers')).length >= wanted.length,
      () => uniqueIdsOf('numbers'),
    );
    assert.deepEqual(await uniqueIdsOf('numbers'), wanted.toSorted());
    assert.deepEqual(await deviceNames('numbers'), ["Ben's card", 'Homeroll numbers', 'Phone']);
    const devices = await home.devices();
    const [household] = devices.filter(({ name }) => name === 'Homeroll numbers');
    const vias = devices.filter(({ name }) => ['Phone', "Ben's card"].includes(name)).map(({ via_device_id }) => via_device_id);
    assert.deepEqual(vias, [household?.id, household?.id]);

    const { files, bytes, sources: bySource } = await homeroll.status();
    const size = await homeroll.shows('bytes_safe', () => true);
    assert.equal(size.attributes.unit_of_measurement, 'GB');
    assert.equal(Math.round(Number(size.state) * 1e9), bytes.safe);
    for (const key of counts) assert.equal((await homeroll.shows(key, () => true)).state, String(files[key]), key);
    for (const [index, slug] of ['phone', 'bens_card'].entries()) {
      for (const key of counts) {
        const { state } = await homeroll.shows(key, () => true, slug);
        assert.equal(state, String(bySource[index]?.files[key]), `${key} of ${slug}`);
      }
    }
    for (const [key, state] of [
      ['problem', 'off'],
      ['immich', 'on'],
      ['connection', 'on'],
      ['paused', 'off'],
      ['immich_version', '3.1.0'],
    ] as const) {
      await homeroll.shows(key, state);
    }
    await homeroll.shows('last_safe_at', ({ state }) => Date.parse(state) > Date.now() - 600_000);
    await homeroll.shows('oldest_waiting', 'unknown');
  });

  it('raise no complaint in the log of Home Assistant', async () => {
    const said = (await home.ask({ type: 'system_log/list' })) as readonly { readonly name: string; readonly message: readonly string[] }[];
    assert.deepEqual(
      said.filter(({ name }) => name.includes('mqtt')).map(({ message }) => message),
      [],
    );
  });

  it('have a button that backs up, and a switch that lets everything rest', async () => {
    await using homeroll = await Homeroll.at(home, { topic: 'buttons', sources: [{ name: 'Phone', when: 'manual' }] });
    homeroll.run();
    await homeroll.shows('safe', '0');
    await homeroll.house.write('a.jpg');
    await home.press(await homeroll.entity('back_up', 'phone'));
    await homeroll.isAt('a.jpg', 'safe');
    await homeroll.shows('safe', '1', 'phone');

    const paused = await homeroll.entity('paused');
    await home.turn(paused, 'on');
    await home.waitForState(paused, 'on');
    await homeroll.house.write('b.jpg');
    await home.press(await homeroll.entity('back_up'));
    await homeroll.shows('paused', 'on');
    assert.equal((await homeroll.house.immich.assets()).length, 1);
    await home.turn(paused, 'off');
    await homeroll.isAt('b.jpg', 'safe');
    await homeroll.shows('safe', '2');
    await homeroll.shows('paused', 'off');
  });

  it('have a choice of proof, and buttons that verify and try again', async () => {
    const faults: FaultPlan['faults'] = [{ endpoint: 'POST /assets', from: 1, count: 1, fault: { kind: 'status', status: 400 } }];
    await using homeroll = await Homeroll.at(home, { topic: 'choices', faults, sources: [{ name: 'Phone', when: 'manual' }] });
    const { house } = homeroll;
    await house.write('a.jpg');
    homeroll.run();
    await homeroll.shows('proof', 'as configured');
    await home.select(await homeroll.entity('proof'), 'checksum');
    await homeroll.shows('proof', 'checksum');
    await home.press(await homeroll.entity('back_up'));
    const problem = await homeroll.shows('problem', 'on');
    assert.match(JSON.stringify(problem.attributes), /needs you/);
    await home.press(await homeroll.entity('retry'));
    await homeroll.isAt('a.jpg', 'stored');
    await homeroll.shows('problem', 'off');
    await home.select(await homeroll.entity('proof'), 'as configured');
    await homeroll.shows('proof', 'as configured');
    await home.press(await homeroll.entity('verify'));
    await homeroll.isAt('a.jpg', 'safe');
  });

  it('are unavailable while Homeroll is dead, and come back with it', async () => {
    await using homeroll = await Homeroll.at(home, { topic: 'dead' });
    homeroll.run();
    await homeroll.shows('safe', '0');
    await homeroll.shows('connection', 'on');
    await homeroll.kill();
    await homeroll.shows('safe', 'unavailable');
    await homeroll.shows('paused', 'unavailable', 'phone');
    await homeroll.shows('connection', 'off');
    await homeroll.house.write('a.jpg');
    homeroll.run();
    await homeroll.shows('safe', '1');
    await homeroll.shows('paused', 'off', 'phone');
    await homeroll.shows('connection', 'on');
    await homeroll.stop();
    await homeroll.shows('safe', 'unavailable');
  });

  it('come back after a restart of Home Assistant, and from a broker that has forgotten everything', async () => {
    await using homeroll = await Homeroll.at(home, { topic: 'restarts' });
    homeroll.run();
    await homeroll.shows('safe', '0');
    const { house } = homeroll;
    await home.restart(async () => {
      await waitFor('Homeroll hears that it goes', () => homeroll.said.includes('events wait for it'));
      await rename(house.path(''), `${house.folder}/unplugged`);
      await house.say('resume', '--source', 'Phone');
      await waitFor('it is told', () => house.letterbox.told('source away').length === 1);
    });
    // What happens meanwhile waits until somebody listens.
    await home.waitForState(await homeroll.entity('event'), ({ attributes }) => attributes.event_type === 'source_away');
    await rename(`${house.folder}/unplugged`, house.path(''));
    await house.write('a.jpg');
    await house.say('resume', '--source', 'Phone');
    await homeroll.shows('safe', '1');
    await homeroll.shows('working', 'off');
    await home.breakBroker();
    await homeroll.house.write('b.jpg');
    await homeroll.isAt('b.jpg', 'safe');
    await home.mendBroker();
    await homeroll.shows('safe', '2');
    await homeroll.shows('safe', '2', 'phone');
  });

  it('are gone with the source that they stand for', async () => {
    const [phone, card] = [{ name: 'Phone' }, { name: 'Card' }];
    await using homeroll = await Homeroll.at(home, { topic: 'gone', sources: [phone, card] });
    homeroll.run();
    await homeroll.shows('safe', '0', 'card');
    await homeroll.stop();
    const [kept] = homeroll.house.sources;
    await homeroll.configure({ sources: [kept] });
    homeroll.run();
    await waitFor(
      'the card is gone',
      async () => (await deviceNames('gone')).length === 2,
      () => deviceNames('gone'),
    );
    assert.deepEqual(await deviceNames('gone'), ['Homeroll gone', 'Phone']);
    assert.deepEqual(
      (await uniqueIdsOf('gone')).filter((id) => id.includes('card')),
      [],
    );
    await homeroll.shows('safe', '0', 'phone');
  });

  it('fire one event for a batch, also over restarts', async () => {
    await using homeroll = await Homeroll.at(home, { topic: 'events' });
    await homeroll.house.write('a.jpg');
    await homeroll.house.write('b.jpg');
    // Nothing is safe before Home Assistant has the entity, since events are not kept for who comes later.
    await homeroll.house.server.close();
    homeroll.run();
    const entity = await homeroll.entity('event');
    await homeroll.shows('immich', 'off');
    const fired = new Map<string, unknown>();
    await home.subscribe({ type: 'subscribe_events', event_type: 'state_changed' }, ({ data }) => {
      const { entity_id, new_state } = data as {
        readonly entity_id: string;
        readonly new_state: { state: string; attributes: { event_type?: string } };
      };
      if (entity_id === entity && new_state?.attributes.event_type) fired.set(new_state.state, new_state.attributes);
    });
    await homeroll.house.server.comeBack();
    await waitFor('the event', () => fired.size > 0);
    await homeroll.restart();
    await homeroll.shows('safe', '2');
    await waitFor('the letterbox is empty', () => homeroll.house.letterbox.told('batch safe').length === 1);
    const [attributes] = [...fired.values()] as readonly Readonly<Record<string, unknown>>[];
    assert.equal(attributes?.event_type, 'batch_safe');
    assert.equal(attributes?.sentence, 'All 2 photos from Phone are safe.');
    assert.equal(attributes?.source, 'Phone');
    assert.equal(fired.size, 1);
  });
});
