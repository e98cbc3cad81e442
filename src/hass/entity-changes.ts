/** Reads what `subscribe_entities` sends: states in short form, all of them at first (`a`), then what changed (`c`) and what went (`r`). */
import { z } from 'zod';
import type { HomeEntity } from './home-assistant.ts';

const attributes = z.record(z.string(), z.unknown());
const changes = z.object({
  a: z.record(z.string(), z.object({ s: z.string(), a: attributes.optional() })).optional(),
  r: z.array(z.string()).optional(),
  c: z
    .record(
      z.string(),
      z.object({
        '+': z.object({ s: z.string().optional(), a: attributes.optional() }).optional(),
        '-': z.object({ a: z.array(z.string()).optional() }).optional(),
      }),
    )
    .optional(),
});

export type EntityChanges = z.infer<typeof changes>;

/** Undefined: it is not what it should be. */
export function readChanges(event: unknown): EntityChanges | undefined {
  return changes.safeParse(event).data;
}

/** @param entities changed by it @returns which ones */
export function applyChanges(entities: Map<string, HomeEntity>, { a = {}, r = [], c = {} }: EntityChanges): readonly string[] {
  for (const [id, { s: state, a: its = {} }] of Object.entries(a)) entities.set(id, { state, attributes: its });
  for (const id of r) entities.delete(id);
  for (const [id, { '+': more = {}, '-': less = {} }] of Object.entries(c)) {
    const before = entities.get(id);
    // A change of what nobody has told of: without its beginning it means nothing.
    if (!before) continue;
    const kept = Object.entries(before.attributes).filter(([name]) => !less.a?.includes(name));
    entities.set(id, { state: more.s ?? before.state, attributes: { ...Object.fromEntries(kept), ...more.a } });
  }
  return [...Object.keys(a), ...r, ...Object.keys(c)];
}
