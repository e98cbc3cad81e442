/** Finds the entity that shows the last picture. Its id is the household's own choice, so it is looked up by what it is known by. */
import type { HomeAssistant } from '../hass/index.ts';
import { HomeAssistantError, registeredEntities } from '../hass/index.ts';
import type { Clock } from '../kernel/index.ts';

export type FindPicture = (signal: AbortSignal) => Promise<string | undefined>;

// Somebody may rename it, which is no reason to ask for thousands of entities with every message.
const rememberedMs = 3_600_000;

/** @returns the path that a phone can fetch, within Home Assistant; undefined: there is no picture */
export function pictureFinder(home: HomeAssistant | undefined, uniqueId: string | undefined, clock: Clock): FindPicture {
  let found: { readonly atMs: number; readonly path: string | undefined } | undefined;
  return async (signal) => {
    if (!home || uniqueId === undefined) return undefined;
    if (found && clock.elapsed() - found.atMs < rememberedMs) return found.path;
    const entity = await lookUp(home, uniqueId, signal);
    found = { atMs: clock.elapsed(), path: entity === undefined ? undefined : `/api/image_proxy/${entity}` };
    return found.path;
  };
}

async function lookUp(home: HomeAssistant, uniqueId: string, signal: AbortSignal): Promise<string | undefined> {
  try {
    return (await registeredEntities(home, signal)).find((one) => one.uniqueId === uniqueId)?.id;
  } catch (error) {
    // A message without a picture is better than none.
    if (error instanceof HomeAssistantError) return undefined;
    throw error;
  }
}
