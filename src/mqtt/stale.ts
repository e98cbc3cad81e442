/** Which retained configs are ours and not wanted any more, and how Home Assistant forgets them. Pure. */
import { z } from 'zod';
import { type DeviceConfig, originName } from './discovery.ts';

/** What is published, in this order; an empty payload removes. */
export interface Message {
  readonly topic: string;
  readonly payload: string;
}

const shape = z.object({
  origin: z.object({ name: z.literal(originName) }),
  components: z.record(z.string(), z.looseObject({ platform: z.string() })),
});

export interface Question {
  readonly wanted: ReadonlyMap<string, DeviceConfig>;
  /** The topic of our availability: of two Homerolls at one broker each looks after its own. */
  readonly availability: string;
}

/** @param topic where the retained `payload` was found */
export function cleanUp(topic: string, payload: string, { wanted, availability }: Question): readonly Message[] {
  const found = ours(payload, availability);
  if (!found) return [];
  const now = wanted.get(topic);
  if (!now) return [topic, ...sourceStates(found, availability)].map((left) => ({ topic: left, payload: '' }));
  const left = Object.entries(found).filter(([key]) => !(key in now.components));
  if (left.length === 0) return [];
  // Home Assistant forgets a component that stands there with its platform only; one that is merely left out it keeps.
  const bare = Object.fromEntries(left.map(([key, { platform }]) => [key, { platform }]));
  const leaving = { ...now, components: { ...now.components, ...bare } };
  return [leaving, now].map((config) => ({ topic, payload: JSON.stringify(config) }));
}

/** A source that is no more leaves a state behind, too. */
function sourceStates(components: Components, availability: string): readonly string[] {
  const below = availability.replace(/availability$/, 'source/');
  const topics = Object.values(components).map(({ state_topic: topic }) => topic);
  return [...new Set(topics)].filter((topic) => typeof topic === 'string' && topic.startsWith(below)) as string[];
}

type Components = z.infer<typeof shape>['components'];

function ours(payload: string, availability: string): Components | undefined {
  // Most are large, and of others.
  if (!payload.includes(JSON.stringify(availability))) return undefined;
  try {
    const { components } = shape.parse(JSON.parse(payload));
    const isOurs = Object.values(components).some((one) => one.availability_topic === availability || one.state_topic === availability);
    return isOurs ? components : undefined;
  } catch {
    return undefined;
  }
}
