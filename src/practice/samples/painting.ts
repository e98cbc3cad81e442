/** Paints landscapes: a sky with its light, and under it hills, mountains, the sea or a town. The same seed, the same picture. */
import { chance, ease, layeredNoise, type Noise } from './noise.ts';
import type { Palette } from './palettes.ts';
import { type Colour, mix, type Pixels } from './pixels.ts';

export interface Scene {
  readonly palette: Palette;
  readonly land: 'hills' | 'mountains' | 'forest' | 'sea' | 'coast' | 'dunes' | 'town';
  readonly seed: number;
  /** Where the sun or moon stands, in shares of the picture's width and height; none: behind clouds or behind us. */
  readonly sun?: { readonly x: number; readonly y: number; readonly size?: number };
  /** How much of the sky is clouded, 0 to 1. */
  readonly clouds?: number;
}

/** A stretch of land in front of another: its upper edge, and its colour at a depth below that edge. All in shares of the height. */
interface Ridge {
  edge(x: number): number;
  /** Where it stands in the water. */
  readonly foot?: number;
  colour(x: number, y: number, depth: number): Colour;
}

/** The view at a place, both from 0 to 1 (x up to the ratio of the sides). */
type View = (x: number, y: number) => Colour;

export function paint(scene: Scene, { width, height }: { readonly width: number; readonly height: number }): Pixels {
  const rgb = new Uint8ClampedArray(width * height * 3);
  const ratio = width / height;
  const sky = skyOf(scene, ratio);
  const water = scene.land === 'sea' || scene.land === 'coast' ? waterOf(scene, sky, ratio) : undefined;
  const ridges = ridgesOf(scene);
  // Edges of all columns first: a row asks for each of them again.
  const edges = ridges.map((ridge) => Float32Array.from({ length: width }, (_, x) => ridge.edge(x / height)));
  const feet = ridges.map(({ foot = 1 }) => foot);
  const coverOf = (index: number, column: number, row: number): number => {
    const isBelowFoot = row / height > (feet[index] ?? 1);
    return isBelowFoot ? 0 : Math.min(1, Math.max(0, row - (edges[index]?.[column] ?? 1) * height + 0.5));
  };
  for (let at = 0; at < width * height; at++) {
    const [column, row] = [at % width, Math.floor(at / width)];
    const [x, y] = [column / height, row / height];
    // Only what can be seen is painted: from the nearest ridge that hides all behind it.
    let index = ridges.length - 1;
    while (index >= 0 && coverOf(index, column, row) < 1) index--;
    let seen: Colour = index >= 0 ? black : water && y > horizon ? water(x, y) : sky(x, y);
    for (index = Math.max(0, index); index < ridges.length; index++) {
      const cover = coverOf(index, column, row);
      const near = cover > 0 && ridges[index]?.colour(x, y, y - (edges[index]?.[column] ?? 1));
      if (near) seen = mix(seen, near, cover);
    }
    // A grain as of film: without it, JPEG shows a smooth sky in bands.
    const grain = (chance(scene.seed, column, row) - 0.5) * 3;
    rgb[at * 3] = seen[0] + grain;
    rgb[at * 3 + 1] = seen[1] + grain;
    rgb[at * 3 + 2] = seen[2] + grain;
  }
  return { width, height, rgb };
}

const horizon = 0.58;
const black: Colour = [0, 0, 0];

function skyOf({ palette, seed, sun, clouds = 0.35 }: Scene, ratio: number): View {
  const [zenith, middle, low] = palette.sky;
  const drift = layeredNoise(seed, 4);
  const sunX = (sun?.x ?? 0) * ratio;
  return (x, y) => {
    const fall = y / horizon;
    let seen = fall < 0.55 ? mix(zenith, middle, ease(fall / 0.55)) : mix(middle, low, ease((fall - 0.55) / 0.45));
    if (palette.hasStars) seen = withStars(seen, { x, y, seed });
    const away = sun ? Math.hypot(x - sunX, y - sun.y) : 9;
    if (sun) seen = mix(seen, palette.sun, 0.55 * Math.exp(-away * away * 14) + 0.18 * Math.exp(-away * 2.2));
    // Clouds lie flat, and flatter towards the horizon.
    const cloud = ease((drift(x * 2.2, y * (5 + 5 * fall)) - 0.78 + clouds * 0.42) * 4);
    if (cloud > 0) seen = mix(seen, mix(palette.cloud, palette.sun, 0.5 * Math.exp(-away * 3)), cloud * 0.75);
    const size = sun?.size ?? 0.035;
    return away > size + 0.01 ? seen : mix(seen, palette.sun, ease((size - away) / 0.012 + 0.5) * (1 - cloud * 0.5));
  };
}

function withStars(sky: Colour, { x, y, seed }: { x: number; y: number; seed: number }): Colour {
  const [cellX, cellY] = [Math.floor(x * 70), Math.floor(y * 70)];
  const brightness = chance(seed + 5, cellX, cellY);
  if (brightness < 0.9) return sky;
  const away = Math.hypot(
    x * 70 - cellX - 0.2 - 0.6 * chance(seed + 6, cellX, cellY),
    y * 70 - cellY - 0.2 - 0.6 * chance(seed + 7, cellX, cellY),
  );
  return mix(sky, [255, 250, 235], ease(1 - away * 5) * (brightness - 0.88) * 8 * Math.max(0, 1 - y / horizon));
}

/** The sea mirrors the sky, darker and in waves that grow towards us; under the sun they glitter. */
function waterOf({ palette, seed, sun }: Scene, sky: View, ratio: number): View {
  const waves = layeredNoise(seed + 40, 3);
  const deep = mix(palette.sky[0], palette.near, 0.35);
  return (x, y) => {
    const nearness = (y - horizon) / (1 - horizon);
    const wave = waves((x - ratio / 2) * (9 - 5 * nearness) + 50, 14 / (nearness + 0.12)) - 0.5;
    const mirrored = sky(x, Math.max(0, horizon - nearness * horizon * 0.85 + wave * 0.1));
    const water = mix(mirrored, deep, 0.25 + 0.4 * nearness - wave * 0.35);
    if (!sun) return water;
    const path = Math.exp(-(((x - sun.x * ratio) / (0.03 + 0.16 * nearness)) ** 2));
    return mix(water, palette.sun, path * ease(wave * 5 + 0.55 - 0.25 * nearness) * 0.85);
  };
}

function ridgesOf(scene: Scene): readonly Ridge[] {
  const { palette, seed, land } = scene;
  const shade = (share: number): Colour => mix(mix(palette.sky[2], palette.far, 0.25 + share), palette.near, share * share);
  const ridge = (share: number, edge: (x: number) => number, mist = 0.3): Ridge => ({
    edge,
    colour: (_x, _y, depth) => mix(shade(share), palette.sky[2], mist * (1 - share) * ease(depth * 4) - 0.1 * share * ease(depth * 3)),
  });
  const rolling = (index: number, layers: number): Noise => layeredNoise(seed + 7 * index, layers);

  if (land === 'sea') return [];
  if (land === 'coast') {
    const [isle, shore] = [rolling(1, 4), rolling(2, 5)];
    return [
      { ...ridge(0.35, (x) => horizon + 0.004 - 0.17 * ease((isle(x * 1.6, 3) - 0.45) * 2.5)), foot: horizon },
      ridge(0.95, (x) => 1.02 - 0.42 * ease((x - 0.75) * 1.25) * (0.6 + 0.5 * shore(x * 4, 1)), 0),
    ];
  }
  if (land === 'mountains') {
    return [0, 1, 2].map((index) => {
      const shape = rolling(index, 6);
      const share = 0.15 + index * 0.4;
      const edge = (x: number): number => 0.68 + index * 0.16 - (0.5 - index * 0.12) * sharp(shape(x * (1.5 + index * 0.5), index * 9));
      const plain = ridge(share, edge);
      return index === 2 ? plain : snowy(plain, { seed: seed + index, light: mix(palette.sun, palette.sky[1], 0.25 - index * 0.1) });
    });
  }
  if (land === 'forest') {
    return [0, 1, 2, 3].map((index) => {
      const [ground, size] = [rolling(index, 3), 34 - index * 8];
      const edge = (x: number): number =>
        0.5 + index * 0.13 + 0.16 * (ground(x * 1.4, index * 5) - 0.5) - firs(x * size, seed + index) / (size * 0.55);
      return ridge(0.2 + index * 0.26, edge);
    });
  }
  if (land === 'dunes') {
    return [0, 1, 2].map((index) => {
      const shape = rolling(index, 2);
      return ridge(0.2 + index * 0.3, (x) => 0.55 + index * 0.15 + 0.26 * (Math.abs(shape(x * 1.1 + index, index) - 0.5) - 0.25), -0.3);
    });
  }
  if (land === 'town')
    return [0, 1].map((index) =>
      townRow(
        scene,
        index,
        ridge(0.5 + index * 0.5, (x) => roofs(x, { seed: seed + index, index }), 0.2),
      ),
    );
  return [0, 1, 2, 3, 4].map((index) => {
    const shape = rolling(index, 4);
    return ridge(
      0.1 + index * 0.22,
      (x) => 0.5 + index * 0.11 + (0.2 - 0.02 * index) * (shape(x * (1 + index * 0.25), index * 7) - 0.55),
      0.45,
    );
  });
}

/** Turns soft noise into crests. */
function sharp(noise: number): number {
  return 1 - Math.abs(noise * 2 - 1);
}

/** Snow above, in patches with light and shade, rock showing through lower down. */
function snowy(ridge: Ridge, { seed, light }: { seed: number; light: Colour }): Ridge {
  const patches = layeredNoise(seed + 60, 4);
  return {
    edge: ridge.edge,
    colour(x, y, depth) {
      const snow = ease((0.13 - depth) * 7 + (patches(x * 9 + y * 5, y * 14) - 0.5) * 2.4);
      return mix(ridge.colour(x, y, depth), light, snow * (0.55 + 0.4 * ease((patches(x * 6 - y * 7, 4) - 0.42) * 5)));
    },
  };
}

/** The height of a row of firs at a place, 0 to 1. */
function firs(x: number, seed: number): number {
  const tree = Math.floor(x);
  const tall = 0.45 + 0.55 * chance(seed, tree, 1);
  const middle = 0.35 + 0.3 * chance(seed, tree, 2);
  const away = Math.abs(x - tree - middle) / 0.5;
  const branches = 0.06 * Math.abs(((away * 9) % 2) - 1);
  return Math.max(0, tall * (1 - away) - branches);
}

const housesPerHeight = 11;

function roofs(x: number, { seed, index }: { seed: number; index: number }): number {
  const across = x * housesPerHeight * (1 - index * 0.3) + index * 0.4;
  const house = Math.floor(across);
  const gable = chance(seed, house, 3) > 0.45 ? 0.05 * (1 - Math.abs((across - house) * 2 - 1)) : 0;
  return 0.62 + index * 0.14 - 0.2 * chance(seed, house, 1) - gable;
}

/** Houses with a few windows lit. */
function townRow({ seed, palette }: Scene, index: number, row: Ridge): Ridge {
  return {
    edge: row.edge,
    colour(x, y, depth) {
      const wall = row.colour(x, y, depth);
      const [across, down] = [x * 46 * (1 - index * 0.3), y * 34 * (1 - index * 0.3)];
      const [column, floor] = [Math.floor(across), Math.floor(down)];
      const isPane = across - column > 0.28 && across - column < 0.72 && down - floor > 0.25 && down - floor < 0.8;
      const isLit = chance(seed + index, column, floor) > 0.66;
      return isPane && depth > 0.035 ? mix(wall, isLit ? [255, 208, 122] : palette.sky[1], isLit ? 0.9 : 0.25) : wall;
    },
  };
}
