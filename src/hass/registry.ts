/** Home Assistant's list of entities: what each is known by, whatever its id is now. */
import { z } from 'zod';
import type { HomeAssistant } from './home-assistant.ts';

export interface RegisteredEntity {
  /** `person.anna`; the household may change it. */
  readonly id: string;
  /** Within its platform: stays for good. */
  readonly uniqueId: string;
  readonly platform: string;
}

const entry = z.object({ entity_id: z.string(), unique_id: z.union([z.string(), z.number()]), platform: z.string().default('') });

/** Not all that it has: some entities are in no list. @throws HomeAssistantError */
export async function registeredEntities(home: Pick<HomeAssistant, 'ask'>, signal: AbortSignal): Promise<readonly RegisteredEntity[]> {
  const answer = await home.ask({ type: 'config/entity_registry/list' }, signal);
  return (Array.isArray(answer) ? (answer as readonly unknown[]) : []).flatMap((raw) => {
    const { data } = entry.safeParse(raw);
    return data ? [{ id: data.entity_id, uniqueId: String(data.unique_id), platform: data.platform }] : [];
  });
}

/** An id that was changed. */
export interface Renamed {
  readonly from: string;
  readonly to: string;
}

const renamed = z.object({ action: z.literal('update'), entity_id: z.string(), old_entity_id: z.string() });

export const registryEvent = 'entity_registry_updated';

/** @param data of a `registryEvent` @returns undefined: it tells of something else */
export function renamedBy(data: Readonly<Record<string, unknown>>): Renamed | undefined {
  const read = renamed.safeParse(data).data;
  return read && { from: read.old_entity_id, to: read.entity_id };
}
