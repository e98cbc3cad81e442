/** Chance as an argument: jitter, draws and ids come from here, so that a simulation can repeat them. */
import { randomBytes, randomUUID } from 'node:crypto';

export interface Random {
  /** A number in [0, 1). */
  next(): number;
}

export interface Ids {
  /** A UUID v4 in lower case. */
  uuid(): string;
}

export const systemRandom: Random = { next: () => randomBytes(6).readUIntBE(0, 6) / 2 ** 48 };
export const systemIds: Ids = { uuid: () => randomUUID() };

/** Repeatable chance from a seed (mulberry32: small, fast, good enough for drawing faults; never for secrets). */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  return {
    next() {
      state = (state + 0x6d2b79f5) >>> 0;
      let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
      mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
      return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
    },
  };
}

/** UUIDs drawn from a repeatable chance. */
export function seededIds(random: Random): Ids {
  const hex = (digits: number): string => Array.from({ length: digits }, () => Math.floor(random.next() * 16).toString(16)).join('');
  return { uuid: () => `${hex(8)}-${hex(4)}-4${hex(3)}-${'89ab'[Math.floor(random.next() * 4)]}${hex(3)}-${hex(12)}` };
}
