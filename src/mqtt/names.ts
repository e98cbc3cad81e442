/**
 * By what the devices and their entities are known, and the topics that they live below. None can be that of another, in one household or in
 * two: the id of a household holds letters, digits and `_`, and what belongs to a source is parted from it by `-`. Pure.
 */
import type { MqttConfig } from '../config/index.ts';
import { deviceIdOf, lettersOf } from '../domain/index.ts';
import { householdEntities } from './entities.ts';

export interface Topics {
  /** `online` or `offline`, also by the broker when we are gone. */
  readonly availability: string;
  readonly state: string;
  /** The sentences of what needs a person. */
  readonly problems: string;
  readonly event: string;
  readonly picture: string;
  readonly update: string;
  /** Where Home Assistant says that it has started. */
  readonly birth: string;
  /** Where it says that it is gone. */
  readonly farewell: string;
  /** Matches the command topics of all entities. */
  readonly allCommands: readonly string[];
  /** Matches the configs of all devices, of others too. */
  readonly allConfigs: string;
  command(key: string): string;
  config(deviceId: string): string;
  /** What tells one Homeroll from another that uses the same topic. */
  readonly owner: string;
  /** @param key of the source */
  ofSource(key: string): { readonly state: string; command(key: string): string };
}

export function topicsOf(mqtt: Pick<MqttConfig, 'topic' | 'discovery' | 'birth' | 'will'>): Topics {
  const { topic, discovery } = mqtt;
  const { birth = `${discovery}/status`, will = birth } = mqtt;
  return {
    availability: `${topic}/availability`,
    state: `${topic}/state`,
    problems: `${topic}/problems`,
    event: `${topic}/event`,
    picture: `${topic}/picture`,
    update: `${topic}/update`,
    birth,
    farewell: will,
    allCommands: [`${topic}/+/set`, `${topic}/source/+/+/set`],
    allConfigs: `${discovery}/device/+/config`,
    command: (key) => `${topic}/${key}/set`,
    config: (deviceId) => `${discovery}/device/${deviceId}/config`,
    owner: `${topic}/owner`,
    ofSource: (source) => ({
      state: `${topic}/source/${source}/state`,
      command: (key) => `${topic}/source/${source}/${key}/set`,
    }),
  };
}

/** Of a device: begins the topic of its config, and is what Home Assistant knows it by. */
export interface DeviceIds {
  readonly device: string;
  unique(entity: string): string;
  /** What its entities are called where nobody called them otherwise: `sensor.` and this. */
  default(entity: string): string;
}

export function idsOfHousehold(topic: string): DeviceIds {
  const id = householdId(topic);
  return { device: id, unique: (entity) => `${id}_${entity}`, default: (entity) => `${id}_${entity}` };
}

/** @param key of the source */
export function idsOfSource(topic: string, key: string): DeviceIds {
  const id = householdId(topic);
  return { device: `${id}-${key}`, unique: (entity) => `${id}-${key}-${entity}`, default: (entity) => `${id}_${key}_${entity}` };
}

/** `homeroll_oldest` with `waiting` would be `homeroll` with `oldest_waiting`: an id that ends so gets letters of its own. */
function householdId(topic: string): string {
  const id = deviceIdOf(topic);
  return halfKeys.some((half) => id.endsWith(`_${half}`)) ? `${id}_${lettersOf(topic)}` : id;
}

/** `oldest` of `oldest_waiting`, `last` and `last_safe` of `last_safe_at`. */
const halfKeys: readonly string[] = householdEntities.flatMap(({ key }) =>
  key.split('_').flatMap((_, index, words) => (index === 0 ? [] : [words.slice(0, index).join('_')])),
);
