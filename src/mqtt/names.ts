/** By what the devices are known, and the topics that they live below. All of it follows from the configuration alone. Pure. */
import type { MqttConfig } from '../config/index.ts';
import { lettersOf, slugOf } from '../domain/index.ts';

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
  ofSource(sourceId: string): { readonly state: string; command(key: string): string };
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
    ofSource: (sourceId) => ({
      state: `${topic}/source/${sourceId}/state`,
      command: (key) => `${topic}/source/${sourceId}/${key}/set`,
    }),
  };
}

/** In the order of the names. Names that look alike get a few letters of their own. */
export function sourceIdsOf(names: readonly string[]): readonly string[] {
  const slugs = names.map(slugOf);
  return names.map((name, index) => {
    const slug = slugs[index] ?? '';
    return slug !== '' && slugs.filter((other) => other === slug).length === 1 ? slug : `${slug || 'source'}_${lettersOf(name)}`;
  });
}
