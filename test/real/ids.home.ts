/** Ids in a real Home Assistant: of two Homerolls at one broker, of sources that are called alike or otherwise, and of what 0.1.0 left behind. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { RealHomeAssistant } from './home-assistant.ts';
import { Homeroll } from './homeroll.ts';
import { waitFor } from './wait-for.ts';

describe('ids in Home Assistant', () => {
  let home: RealHomeAssistant;
  before(async () => {
    home = await RealHomeAssistant.start();
  });
  after(() => home[Symbol.asyncDispose]());

  const publish = (topic: string, payload: string): Promise<unknown> =>
    home.act('mqtt.publish', { data: { topic, payload, retain: true, qos: 1 } });
  const idOf = async (uniqueId: string): Promise<string | undefined> =>
    (await home.entities()).find(({ unique_id }) => unique_id === uniqueId)?.entity_id;

  it('are never shared by two Homerolls, though the topic of one is called like a source of the other', async () => {
    await using first = await Homeroll.at(home, { topic: 'homeroll', sources: [{ name: 'Oma' }, { name: 'Bytes' }, { name: 'Oldest' }] });
    await using second = await Homeroll.at(home, { topic: 'homeroll_oma' });
    for (const name of ['Oma', 'Bytes']) await first.house.write('a.jpg', `of ${name}`, name);
    await second.house.write('b.jpg', 'of the other');
    await second.house.write('c.jpg', 'another of the other');
    first.run();
    await first.shows('safe', '2');
    await first.shows('safe', '1', 'bytes');
    second.run();
    await second.shows('safe', '2');
    await first.shows('safe', '1', 'oma');
    await first.shows('bytes_safe', ({ state }) => Number(state) > 0);

    await home.turn(await second.entity('paused'), 'on');
    await second.shows('paused', 'on');
    await first.shows('paused', 'off', 'oma');
    await home.turn(await first.entity('paused', 'oma'), 'on');
    await first.shows('paused', 'on', 'oma');
    await first.shows('paused', 'off');
    await home.turn(await second.entity('paused'), 'off');
    await second.shows('paused', 'off');
    await first.shows('paused', 'on', 'oma');
    assert.deepEqual(
      (await second.status()).sources.map(({ state }) => state),
      ['present'],
    );
  });

  it('are named to the doctor who uses a topic that another uses already', async () => {
    await using first = await Homeroll.at(home, { topic: 'taken' });
    await using second = await Homeroll.at(home, { topic: 'taken' });
    first.run();
    await first.shows('connection', 'on');
    const { stdout } = await second.house.say('doctor');
    assert.match(stdout.replace(/\s+/g, ' '), /Another Homeroll is at work at the topic "taken" of this broker\./);
    assert.doesNotMatch((await first.house.say('doctor')).stdout.replace(/\s+/g, ' '), /Another Homeroll is at work/);
  });

  it('stay when a source is renamed, and are as Home Assistant itself would make them', async () => {
    await using homeroll = await Homeroll.at(home, { topic: 'renamed', sources: [{ name: '相机' }] });
    await homeroll.house.write('a.jpg', 'a', '相机');
    homeroll.run();
    await homeroll.shows('safe', '1', 'xiang_ji');
    const entity = await homeroll.entity('safe', 'xiang_ji');
    assert.equal(entity, 'sensor.renamed_xiang_ji_safe');
    await homeroll.stop();
    await homeroll.configure({ sources: [{ ...homeroll.house.sources[0], name: 'Мамина камера' }] });
    homeroll.run();
    await waitFor('the device has its new name', async () => (await home.devices()).some(({ name }) => name === 'Мамина камера'));
    assert.equal(await homeroll.entity('safe', 'xiang_ji'), entity);
    await homeroll.shows('safe', '1', 'xiang_ji');
  });

  it('of 0.1.0 move without a ghost, and each entity keeps the id that automations call it by', async () => {
    const availability = { availability_topic: 'moved/availability' };
    const old = {
      device: { identifiers: ['moved_phone'], name: 'Phone', via_device: 'moved', manufacturer: 'Homeroll' },
      origin: { name: 'homeroll', sw_version: '0.1.0' },
      qos: 1,
      components: {
        safe: {
          ...{
            platform: 'sensor',
            unique_id: 'moved_phone_safe',
            default_entity_id: 'sensor.moved_phone_safe',
            name: 'Safe',
            ...availability,
          },
          ...{ state_topic: 'moved/source/phone/state', value_template: '{{ value_json.safe }}' },
        },
        paused: {
          ...{
            platform: 'switch',
            unique_id: 'moved_phone_paused',
            default_entity_id: 'switch.moved_phone_paused',
            name: 'Paused',
            ...availability,
          },
          ...{ state_topic: 'moved/source/phone/state', value_template: '{{ value_json.paused }}' },
          command_topic: 'moved/source/phone/paused/set',
        },
      },
    };
    await publish('homeassistant/device/moved_phone/config', JSON.stringify(old));
    await publish('moved/source/phone/state', '{"safe":7,"paused":"OFF"}');
    await waitFor('the entities of 0.1.0', async () => (await idOf('moved_phone_safe')) === 'sensor.moved_phone_safe');

    await using homeroll = await Homeroll.at(home, { topic: 'moved' });
    await homeroll.house.write('a.jpg');
    homeroll.run();
    await homeroll.shows('safe', '1', 'phone');
    await homeroll.shows('paused', 'off', 'phone');
    assert.deepEqual(
      [await idOf('moved-phone-safe'), await idOf('moved-phone-paused'), await idOf('moved_phone_safe'), await idOf('moved_phone_paused')],
      ['sensor.moved_phone_safe', 'switch.moved_phone_paused', undefined, undefined],
    );
    assert.equal((await home.devices()).filter(({ identifiers }) => identifiers.some(([, id]) => id.startsWith('moved'))).length, 2);
  });

  it('of a topic that was changed meanwhile are gone from Home Assistant', async () => {
    await using homeroll = await Homeroll.at(home, { topic: 'before' });
    homeroll.run();
    await homeroll.shows('connection', 'on');
    await homeroll.stop();
    const { mqtt } = home.started;
    await homeroll.configure({ mqtt: { url: mqtt.url, user: mqtt.username, password: mqtt.password, topic: 'after' } });
    homeroll.run();
    await waitFor('the new device', async () => (await idOf('after_connection')) !== undefined);
    await waitFor('the old one is gone', async () => !(await home.entities()).some(({ unique_id }) => /^before[_-]/.test(unique_id)));
  });
});
