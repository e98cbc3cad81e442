/** A picture in memory, and the colours it is painted with. */

export interface Pixels {
  readonly width: number;
  readonly height: number;
  /** Red, green, blue, row by row from the top. */
  readonly rgb: Uint8ClampedArray;
}

export type Colour = readonly [red: number, green: number, blue: number];

/** A colour from `#rrggbb`. */
export function colour(hex: string): Colour {
  const [red = 0, green = 0, blue = 0] = Buffer.from(hex.slice(1), 'hex');
  return [red, green, blue];
}

/** From `a` (share 0) to `b` (share 1). */
export function mix(a: Colour, b: Colour, share: number): Colour {
  return [a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share, a[2] + (b[2] - a[2]) * share];
}

/** The same picture a quarter turn to the left: what a phone held upright stores, with the note to turn it back. */
export function turnLeft({ width, height, rgb }: Pixels): Pixels {
  const turned = new Uint8ClampedArray(rgb.length);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const to = ((width - 1 - x) * height + y) * 3;
      turned.set(rgb.subarray((y * width + x) * 3, (y * width + x) * 3 + 3), to);
    }
  }
  return { width: height, height: width, rgb: turned };
}
