/** The building blocks of ISO base media files (ISO/IEC 14496-12): boxes of boxes, and numbers in them. */

/** A box of a four-letter type around its contents. */
export function box(type: string, ...contents: readonly Buffer[]): Buffer {
  const content = Buffer.concat(contents);
  return Buffer.concat([uint(4, content.length + 8), text(type), content]);
}

/** A box that begins with a version and flags. */
export function fullBox(type: string, [version, flags]: readonly [version: number, flags: number], ...contents: readonly Buffer[]): Buffer {
  return box(type, uint(1, version), uint(3, flags), ...contents);
}

/** Numbers of one width, one after another, the highest byte first. */
export function uint(lengthBytes: number, ...numbers: readonly number[]): Buffer {
  const run = Buffer.alloc(lengthBytes * numbers.length);
  for (const [index, number] of numbers.entries()) run.writeUIntBE(number, index * lengthBytes, lengthBytes);
  return run;
}

export function text(characters: string): Buffer {
  return Buffer.from(characters, 'latin1');
}
