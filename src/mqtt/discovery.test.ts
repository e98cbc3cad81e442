/** What Home Assistant is told of the devices, held to a table that reads as the documentation does. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { deviceIdOf } from '../domain/index.ts';
import { type Component, type DiscoveryWish, deviceConfigs } from './discovery.ts';
import { wordsIn } from './words.ts';

const wish: DiscoveryWish = {
  mqtt: { topic: 'homeroll', discovery: 'homeassistant', isPictureShown: true },
  sources: [{ name: "Anna's phone", key: 'annas_phone' }],
  words: wordsIn('en'),
  version: '0.1.0',
  isUpdateShown: true,
  proof: 'as configured',
  pictureType: 'image/jpeg',
};
const home = (change: Partial<DiscoveryWish> = {}) => deviceConfigs({ ...wish, ...change }).get('homeassistant/device/homeroll/config');
const of = (change: Partial<DiscoveryWish>, key: string): Component | undefined => home(change)?.components[key];

/** `sensor.homeroll_safe "Safe" …`: what a person sees, and what an automation leans on. */
function inLine(component: Component): string {
  const { platform, default_entity_id, name, unique_id, availability_topic, icon: _, ...rest } = component;
  assert.equal(default_entity_id, `${platform}.${String(unique_id).replaceAll('-', '_')}`);
  const others = Object.entries(rest).map(([key, value]) => `${key}=${Array.isArray(value) ? value.join('|') : value}`);
  return [`${default_entity_id} "${name}"`, availability_topic === undefined ? 'always' : '', ...others].filter(Boolean).join(' ');
}

const count = 'state_class=measurement unit_of_measurement=pictures suggested_display_precision=0';
const read = (key: string, topic = 'homeroll/state'): string => `state_topic=${topic} value_template={{ value_json.${key} }}`;
const phone = 'homeroll/source/annas_phone';

describe('the device of the household', () => {
  it('has these entities', () =>
    assert.deepEqual(Object.values(home()?.components ?? {}).map(inLine), [
      `sensor.homeroll_safe "Safe" ${count} ${read('safe')}`,
      `sensor.homeroll_waiting "Waiting" ${count} ${read('waiting')}`,
      `sensor.homeroll_blocked "Blocked" ${count} ${read('blocked')}`,
      `sensor.homeroll_stored "Stored" ${count} ${read('stored')}`,
      `sensor.homeroll_bytes_safe "Size of what is safe" device_class=data_size state_class=measurement unit_of_measurement=GB suggested_display_precision=1 ${read('bytes_safe / 1000000000')}`,
      `sensor.homeroll_last_safe_at "Last safe" device_class=timestamp ${read('last_safe_at')}`,
      `sensor.homeroll_oldest_waiting "Oldest waiting" device_class=timestamp ${read('oldest_waiting')}`,
      `sensor.homeroll_speed "Speed" device_class=data_rate state_class=measurement unit_of_measurement=MB/s suggested_display_precision=1 ${read('speed / 1000000')}`,
      `sensor.homeroll_immich_version "Immich version" entity_category=diagnostic ${read('immich_version')}`,
      `binary_sensor.homeroll_problem "Problem" device_class=problem ${read('problem')} json_attributes_topic=homeroll/problems`,
      `binary_sensor.homeroll_immich "Immich" device_class=connectivity entity_category=diagnostic ${read('immich')}`,
      `binary_sensor.homeroll_working "Working" device_class=running ${read('working')}`,
      'binary_sensor.homeroll_connection "Connection" always device_class=connectivity entity_category=diagnostic state_topic=homeroll/availability payload_on=online payload_off=offline',
      'button.homeroll_back_up "Back up now" command_topic=homeroll/back_up/set payload_press=PRESS',
      'button.homeroll_verify "Verify now" command_topic=homeroll/verify/set payload_press=PRESS',
      'button.homeroll_retry "Retry what is blocked" command_topic=homeroll/retry/set payload_press=PRESS',
      `switch.homeroll_paused "Paused" ${read('paused')} command_topic=homeroll/paused/set`,
      `select.homeroll_proof "Proof" entity_category=config ${read('proof')} command_topic=homeroll/proof/set options=as configured|every|sample 5%|checksum`,
      'image.homeroll_picture "Last safe picture" image_topic=homeroll/picture content_type=image/jpeg',
      'event.homeroll_event "News" event_types=batch_safe|blocked|proof_failed|source_away|source_back|key_refused|lost_before_safe state_topic=homeroll/event',
      'update.homeroll_update "Homeroll" entity_category=diagnostic state_topic=homeroll/update',
    ]));

  it('says what it is, and who says so', () => {
    const { device, origin, qos } = home() ?? {};
    assert.deepEqual(device, {
      identifiers: ['homeroll'],
      name: 'Homeroll',
      model: 'Photo backup',
      manufacturer: 'Homeroll',
      sw_version: '0.1.0',
    });
    assert.deepEqual([origin?.name, origin?.sw_version, qos], ['homeroll', '0.1.0', 1]);
  });

  it('has a picture and an update only where they are wanted', () => {
    assert.equal(of({ mqtt: { ...wish.mqtt, isPictureShown: false } }, 'picture'), undefined);
    assert.equal(of({ isUpdateShown: false }, 'update'), undefined);
  });

  it('lets one choose also the proof that was ordered elsewhere', () =>
    assert.deepEqual(of({ proof: 'sample 2%' }, 'proof')?.options, ['as configured', 'every', 'sample 5%', 'checksum', 'sample 2%']));

  it('of a second Homeroll is another device', () => {
    const configs = deviceConfigs({ ...wish, mqtt: { ...wish.mqtt, topic: 'homeroll2' } });
    assert.deepEqual(
      [...configs].map(([topic, { device }]) => [topic, device.name]),
      [
        ['homeassistant/device/homeroll2/config', 'Homeroll homeroll2'],
        ['homeassistant/device/homeroll2-annas_phone/config', "Anna's phone"],
      ],
    );
  });
});

describe('the device of a source', () => {
  it('belongs to that of the household, and has these entities', () => {
    const config = deviceConfigs(wish).get('homeassistant/device/homeroll-annas_phone/config');
    assert.deepEqual([config?.device.name, config?.device.via_device], ["Anna's phone", 'homeroll']);
    assert.deepEqual(Object.values(config?.components ?? {}).map(inLine), [
      ...(['safe', 'waiting', 'blocked', 'stored'] as const).map(
        (key) => `sensor.homeroll_annas_phone_${key} "${wish.words[key]}" ${count} ${read(key, `${phone}/state`)}`,
      ),
      `sensor.homeroll_annas_phone_unjudged "Not looked at yet" ${count} ${read('unjudged', `${phone}/state`)}`,
      `sensor.homeroll_annas_phone_safe_percent "Safe share" state_class=measurement unit_of_measurement=% ${read('safe_percent', `${phone}/state`)}`,
      `sensor.homeroll_annas_phone_waits_for "Waits for" entity_category=diagnostic ${read('waits_for', `${phone}/state`)}`,
      `sensor.homeroll_annas_phone_last_look "Last look" device_class=timestamp entity_category=diagnostic ${read('last_look', `${phone}/state`)}`,
      `sensor.homeroll_annas_phone_next_run "Next run" device_class=timestamp entity_category=diagnostic ${read('next_run', `${phone}/state`)}`,
      `binary_sensor.homeroll_annas_phone_present "Folder" device_class=connectivity entity_category=diagnostic ${read('present', `${phone}/state`)}`,
      `button.homeroll_annas_phone_back_up "Back up now" command_topic=${phone}/back_up/set payload_press=PRESS`,
      `switch.homeroll_annas_phone_paused "Paused" ${read('paused', `${phone}/state`)} command_topic=${phone}/paused/set`,
    ]);
  });
});

describe('the id of a topic', () => {
  it('is the topic where that is a name, and unlike any other where it is not', () => {
    assert.equal(deviceIdOf('homeroll2'), 'homeroll2');
    const ids = ['photos/homeroll', 'photos_homeroll', 'Photos/homeroll', 'photos-homeroll'].map(deviceIdOf);
    assert.equal(new Set(ids).size, 4);
    for (const id of ids) assert.match(id, /^[a-z0-9_]+$/);
  });
});
