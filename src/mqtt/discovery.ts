/** What Home Assistant is told of the devices: one config for the household, one for each source. Pure. */
import type { MqttConfig } from '../config/index.ts';
import { type Entity, householdEntities, proofs, sourceEntities } from './entities.ts';
import { type DeviceIds, idsOfHousehold, idsOfSource, type Topics, topicsOf } from './names.ts';
import type { KeyedSource } from './source-keys.ts';
import type { Word, Words } from './words.ts';

export type Component = Readonly<Record<string, unknown>> & { readonly platform: string };

export interface DeviceConfig {
  readonly device: Readonly<Record<string, unknown>>;
  readonly origin: { readonly name: string; readonly sw_version: string };
  readonly qos: 1;
  readonly components: Readonly<Record<string, Component>>;
}

export interface DiscoveryWish {
  readonly mqtt: Pick<MqttConfig, 'topic' | 'discovery' | 'isPictureShown'>;
  /** In the owner's order. */
  readonly sources: readonly KeyedSource[];
  readonly words: Words;
  readonly version: string;
  /** Whether there is a newer Homeroll is asked, and shown. */
  readonly isUpdateShown: boolean;
  /** The proof that is in force now, which may be none of those to choose from. */
  readonly proof: string;
  readonly pictureType: string;
}

/** By this the configs are known as ours, together with the topic of our availability. */
export const originName = 'homeroll';
export const [online, offline, on, off, press] = ['online', 'offline', 'ON', 'OFF', 'PRESS'];

/** By the topics that they are published at. */
export function deviceConfigs(wish: DiscoveryWish): ReadonlyMap<string, DeviceConfig> {
  const { mqtt, sources, words, version } = wish;
  const topics = topicsOf(mqtt);
  const household = idsOfHousehold(mqtt.topic);
  const id = household.device;
  const about = { manufacturer: 'Homeroll', sw_version: version };
  const origin = { name: originName, sw_version: version };
  const home = householdEntities.filter(({ key }) => isWanted(key, wish));
  return new Map([
    [
      topics.config(id),
      {
        // One beside it in the same household is told apart by its topic.
        device: { identifiers: [id], name: id === 'homeroll' ? 'Homeroll' : `Homeroll ${mqtt.topic}`, model: words.model, ...about },
        origin,
        qos: 1,
        components: componentsOf(home, { ids: household, place: topics, topics, wish }),
      },
    ],
    ...sources.map(({ name, key }): [string, DeviceConfig] => {
      const ids = idsOfSource(mqtt.topic, key);
      const place = topics.ofSource(key);
      return [
        topics.config(ids.device),
        {
          device: { identifiers: [ids.device], name, model: words.source, via_device: id, ...about },
          origin,
          qos: 1,
          components: componentsOf(sourceEntities, { ids, place, topics, wish }),
        },
      ];
    }),
  ]);
}

function isWanted(key: Word, { mqtt, isUpdateShown }: DiscoveryWish): boolean {
  if (key === 'picture') return mqtt.isPictureShown;
  return key !== 'update' || isUpdateShown;
}

interface Placed {
  readonly ids: DeviceIds;
  /** Where its state lies, and its commands go. */
  readonly place: { readonly state: string; command(key: string): string };
  readonly topics: Topics;
  readonly wish: DiscoveryWish;
}

function componentsOf(entities: readonly Entity[], placed: Placed): Readonly<Record<string, Component>> {
  return Object.fromEntries(entities.map((entity) => [entity.key, componentOf(entity, placed)]));
}

function componentOf(entity: Entity, placed: Placed): Component {
  const { key, platform, is, isCount = false, isAlwaysThere = false } = entity;
  const { ids, topics, wish } = placed;
  return {
    platform,
    unique_id: ids.unique(key),
    default_entity_id: `${platform}.${ids.default(key)}`,
    // The main one bears the name of the device.
    name: wish.words[key],
    ...(isCount && { state_class: 'measurement', unit_of_measurement: wish.words.pictures, suggested_display_precision: 0 }),
    ...is,
    ...(!isAlwaysThere && { availability_topic: topics.availability }),
    ...waysOf(entity, placed),
  };
}

/** Where it is read from, and where it is ordered. */
function waysOf({ key, platform, dividedBy }: Entity, { place, topics, wish }: Placed): Readonly<Record<string, unknown>> {
  const state = { state_topic: place.state, value_template: `{{ value_json.${key}${dividedBy === undefined ? '' : ` / ${dividedBy}`} }}` };
  const command = { command_topic: place.command(key) };
  if (key === 'connection') return { state_topic: topics.availability, payload_on: online, payload_off: offline };
  if (key === 'problem') return { ...state, json_attributes_topic: topics.problems };
  switch (platform) {
    case 'sensor':
    case 'binary_sensor':
      return state;
    case 'button':
      return { ...command, payload_press: press };
    case 'switch':
      return { ...state, ...command };
    case 'select':
      return { ...state, ...command, options: proofs.includes(wish.proof) ? proofs : [...proofs, wish.proof] };
    case 'image':
      return { image_topic: topics.picture, content_type: wish.pictureType };
    case 'event':
      return { state_topic: topics.event };
    case 'update':
      return { state_topic: topics.update };
  }
}
