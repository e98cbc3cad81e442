/** Every mistake that is planted, by name. */
import type { FaultyPart } from './faulty-part.ts';

export const mutants: Readonly<Record<string, FaultyPart>> = {};

export function mutantNamed(name: string): FaultyPart {
  const mutant = mutants[name];
  if (!mutant) throw new Error(`no mutant is called "${name}"`);
  return mutant;
}
