/** The files that a bench works on: made anew, each with bytes of its own. */
import { randomFillSync } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Pile {
  readonly count: number;
  readonly sizeBytes: number;
  readonly extension: 'jpg' | 'mp4';
}

const openings: Readonly<Record<Pile['extension'], Buffer>> = {
  jpg: Buffer.from('ffd8ffe000104a46494600010100000100010000', 'hex'),
  mp4: Buffer.from('0000001866747970697336d600000200697336d6d6703432', 'hex'),
};

/** Random bytes after the right opening: nothing on the way may compress them, or know them. */
export function makePile(folder: string, { count, sizeBytes, extension }: Pile): readonly string[] {
  mkdirSync(folder, { recursive: true });
  const bytes = Buffer.alloc(sizeBytes);
  return Array.from({ length: count }, (_, number) => {
    randomFillSync(bytes);
    openings[extension].copy(bytes);
    const path = join(folder, `${extension}-${String(number).padStart(5, '0')}.${extension}`);
    writeFileSync(path, bytes);
    return path;
  });
}
