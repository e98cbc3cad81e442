/** The light of a time of day: what the sky, the sun and the land look like in it. */
import { type Colour, colour } from './pixels.ts';

export interface Palette {
  /** From the zenith down to the horizon. */
  readonly sky: readonly [Colour, Colour, Colour];
  readonly sun: Colour;
  readonly cloud: Colour;
  /** The land far away and close by. */
  readonly far: Colour;
  readonly near: Colour;
  readonly hasStars?: boolean;
}

const palette = (sky: [string, string, string], [sun, cloud]: [string, string], [far, near]: [string, string]): Palette => ({
  sky: [colour(sky[0]), colour(sky[1]), colour(sky[2])],
  sun: colour(sun),
  cloud: colour(cloud),
  far: colour(far),
  near: colour(near),
});

export const palettes = {
  dawn: palette(['#3d4f82', '#c98a98', '#fbd3a6'], ['#fff1d0', '#f4b8a8'], ['#a98a9e', '#2c2f4a']),
  morning: palette(['#5b93c7', '#a9cbe0', '#fbe9cf'], ['#fffbe8', '#ffffff'], ['#9db7bf', '#2f5146']),
  noon: palette(['#2d77ba', '#79b6e2', '#d8ecf4'], ['#ffffff', '#ffffff'], ['#8fb3c4', '#2c5d3f']),
  golden: palette(['#5a78ad', '#f0b27a', '#ffe3ae'], ['#fff6d8', '#fbd0a0'], ['#c79a7c', '#4a3a35']),
  autumn: palette(['#6f9fc4', '#d9cdb8', '#f9e6c4'], ['#fff5dc', '#fdf3e4'], ['#c99a6b', '#6b3420']),
  dusk: palette(['#1f1f46', '#7d3f73', '#f59a6a'], ['#ffe0b0', '#c0647a'], ['#7a4a70', '#15132a']),
  night: { ...palette(['#060a1f', '#101f4b', '#31487a'], ['#f3f0e2', '#2a3a68'], ['#24355f', '#060a18']), hasStars: true },
  polar: { ...palette(['#071428', '#0d3a4a', '#2f7d78'], ['#e9f5ee', '#3fae8f'], ['#1d4a5c', '#050d18']), hasStars: true },
  winter: palette(['#7ea9cc', '#bfd6e5', '#f7eee6'], ['#fffaf0', '#ffffff'], ['#b4c8d8', '#4d6a82']),
  storm: palette(['#3b4854', '#71828c', '#c5cdcd'], ['#eef2f2', '#56636d'], ['#7d8b92', '#27343a']),
  sepia: palette(['#b0946c', '#d2bb95', '#efe1c3'], ['#f9f0da', '#f3e6ca'], ['#b59d79', '#4f3d28']),
  grey: palette(['#8a8a88', '#b9b8b4', '#e6e4de'], ['#fafaf6', '#f2f1ec'], ['#a5a4a0', '#33322f']),
} as const satisfies Record<string, Palette>;
