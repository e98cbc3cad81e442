/** Nature's irregularity, from a seed: hills, clouds and waves are all the same gentle noise at different scales. */

/** Smooth noise in the plane, from 0 to 1. */
export type Noise = (x: number, y: number) => number;

/** Several layers of ever finer noise, from 0 to 1. */
export function layeredNoise(seed: number, layers: number): Noise {
  // A table of chances, because skies ask for a hundred million of them.
  const chances = Float32Array.from({ length: 4096 }, (_, index) => chance(seed, index, 0));
  return (x, y) => {
    let [sum, weight, total, scale] = [0, 1, 0, 1];
    for (let layer = 0; layer < layers; layer++) {
      // Shifted apart, so that no two layers meet at a corner of their grids.
      sum += weight * smoothNoise(chances, x * scale + layer * 17.3, y * scale + layer * 9.1);
      total += weight;
      weight *= 0.5;
      scale *= 2.03;
    }
    return sum / total;
  };
}

function smoothNoise(chances: Float32Array, x: number, y: number): number {
  const [left, top] = [Math.floor(x), Math.floor(y)];
  const [across, down] = [ease(x - left), ease(y - top)];
  const above = cornerOf(chances, left, top) * (1 - across) + cornerOf(chances, left + 1, top) * across;
  const below = cornerOf(chances, left, top + 1) * (1 - across) + cornerOf(chances, left + 1, top + 1) * across;
  return above * (1 - down) + below * down;
}

function cornerOf(chances: Float32Array, x: number, y: number): number {
  const mixed = Math.imul(x, 0x9e3779b1) ^ Math.imul(y, 0x85ebca6b);
  return chances[(mixed ^ (mixed >>> 13)) & 4095] as number;
}

/** 0 to 1 and flat at both ends. */
export function ease(share: number): number {
  const inside = Math.min(1, Math.max(0, share));
  return inside * inside * (3 - 2 * inside);
}

/** A number from 0 to 1 that belongs to a place for good. */
export function chance(seed: number, x: number, y: number): number {
  let mixed = Math.imul(seed | 0, 0x9e3779b1) ^ Math.imul(x | 0, 0x85ebca6b) ^ Math.imul(y | 0, 0xc2b2ae35);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x2c1b3c6d);
  mixed = Math.imul(mixed ^ (mixed >>> 12), 0x297a2d39);
  return ((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 32;
}
