/** Finds the owner's file where nobody named one. */
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Surroundings } from './surroundings.ts';

/** Where homeroll.yaml is looked for, in this order: here, the container's /config, the user's own (XDG). */
export function configPlaces(environment: Surroundings['environment']): readonly string[] {
  // The XDG specification: a relative or empty path in the variable is to be ignored.
  const named = environment.XDG_CONFIG_HOME;
  const userConfig = named?.startsWith('/') ? named : join(environment.HOME || homedir(), '.config');
  return [resolve('homeroll.yaml'), '/config/homeroll.yaml', join(userConfig, 'homeroll', 'homeroll.yaml')];
}

/** The first of the usual places that holds a file, or may hold one: whoever reads it says that nobody answers there. Undefined: none does. */
export async function findConfig({ environment, exists }: Surroundings): Promise<string | undefined> {
  for (const place of configPlaces(environment)) if (await exists(place).catch(() => true)) return place;
  return undefined;
}
