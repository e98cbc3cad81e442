/** Chance for a simulation: every happening, and every part of the world, draws from a stream of its own. */
import { type Random, seededRandom } from '../../src/kernel/index.ts';

/** Leaving one happening out of a week must not change what the others draw: so no two share a stream. */
export function streamOf(seed: number, name: string): Random {
  return seededRandom(mix(seed, name));
}

/** A whole number from 0 to 2^32 that stands for this seed and name (FNV-1a). */
export function mix(seed: number, name: string): number {
  let hash = (0x811c9dc5 ^ seed) >>> 0;
  for (let at = 0; at < name.length; at += 1) hash = Math.imul(hash ^ name.charCodeAt(at), 0x01000193) >>> 0;
  // FNV leaves near names near one another.
  hash = Math.imul(hash ^ (hash >>> 16), 0x7feb352d) >>> 0;
  return (hash ^ (hash >>> 15)) >>> 0;
}

export function pick<T>(random: Random, from: readonly T[]): T {
  const chosen = from[Math.floor(random.next() * from.length)];
  if (chosen === undefined) throw new Error('nothing to pick from');
  return chosen;
}

/** The same one as long as it is there, whatever else comes and goes beside it. */
export function pickByName<T>(random: Random, from: readonly T[], nameOf: (one: T) => string): T | undefined {
  const lot = Math.floor(random.next() * 2 ** 32);
  let chosen: { readonly one: T; readonly rank: number } | undefined;
  for (const one of from) {
    const rank = mix(lot, nameOf(one));
    if (!chosen || rank > chosen.rank) chosen = { one, rank };
  }
  return chosen?.one;
}

export function weighted<T>(random: Random, from: readonly (readonly [weight: number, one: T])[]): T {
  let left = random.next() * from.reduce((total, [weight]) => total + weight, 0);
  for (const [weight, one] of from) {
    left -= weight;
    if (left < 0) return one;
  }
  throw new Error('nothing to draw from');
}

/** A minute at least, mostly short, now and then as long as `mostMs`. */
export function aWhile(random: Random, mostMs: number): number {
  return 60_000 + Math.ceil(random.next() ** 2 * mostMs);
}
