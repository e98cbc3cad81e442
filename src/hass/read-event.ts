/** Reads an event as Home Assistant sends it. */
import { z } from 'zod';
import type { HomeEvent } from './home-assistant.ts';

const event = z.object({
  data: z.record(z.string(), z.unknown()).optional(),
  context: z.object({ user_id: z.string().nullish() }).optional(),
});

/** Undefined: it is none. */
export function readEvent(said: unknown): HomeEvent | undefined {
  const read = event.safeParse(said).data;
  if (!read) return undefined;
  const userId = read.context?.user_id ?? undefined;
  return { data: read.data ?? {}, ...(userId !== undefined && { userId }) };
}
