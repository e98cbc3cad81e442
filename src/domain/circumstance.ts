/** What may be so or not in a home, as Home Assistant tells it: everybody away, Anna at home, a switch on. Pure. */

export interface Circumstance {
  /** `zone.home`, `person.anna`, `input_boolean.backup` */
  readonly entity: string;
  readonly state: string;
  /** So while the entity is in any state but that one. */
  readonly isOpposite: boolean;
  /** The same in words, to stand after "until" and "when": `everybody is away`. */
  readonly said: string;
}

/** A circumstance that counts only when it has lasted. */
export interface LastingCircumstance extends Circumstance {
  readonly forMs: number;
}

// The state of a zone is how many persons are in it.
const home = { entity: 'zone.home', state: '0' };
export const everyoneAway: Circumstance = { ...home, isOpposite: false, said: 'everybody is away' };
export const someoneHome: Circumstance = { ...home, isOpposite: true, said: 'somebody is at home' };

export function personHome(entity: string): Circumstance {
  return { entity, state: 'home', isOpposite: false, said: `${entity} is at home` };
}

/** In another zone counts as away. */
export function personAway(entity: string): Circumstance {
  return { entity, state: 'home', isOpposite: true, said: `${entity} is away` };
}

export function entityIs(entity: string, state: string): Circumstance {
  return { entity, state, isOpposite: false, said: `${entity} is ${state}` };
}

/** Whether it is so; undefined while nobody knows. @param state what Home Assistant last said of the entity */
export function isSo({ state: wanted, isOpposite }: Circumstance, state: string | undefined): boolean | undefined {
  if (state === undefined || state === 'unknown' || state === 'unavailable') return undefined;
  return (state === wanted) !== isOpposite;
}
