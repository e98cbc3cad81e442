/** What a household does on its disk while Homeroll works: pictures arrive, are copied, moved and edited. Drawn from a seed. */
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Random } from '../../src/kernel/index.ts';
import type { Placement } from '../faults/placement.ts';
import type { House } from '../journeys/house.ts';
import { filmOf, stillOf } from '../kit/halves.ts';
import { pick } from '../simulation/chance.ts';
import { newBytes } from '../simulation/pictures.ts';

const folders = ['Harz', 'Alps', 'Camera Uploads', 'Camera Uploads/2024', 'Brocken'];

export class Arrivals {
  readonly #house: House;
  readonly #random: Random;
  /** Those that are no part of a live photo, by their path below the source; what is edited stays the same file. */
  readonly #photos = new Map<string, Buffer>();
  #count = 0;

  constructor(house: House, random: Random) {
    this.#house = house;
    this.#random = random;
  }

  /** How many files came so far. */
  get count(): number {
    return this.#count;
  }

  async come(files: number): Promise<void> {
    for (const wished = this.#count + files; this.#count < wished; ) {
      const kind = this.#random.next();
      if (kind < 0.2) await this.#takeLivePhoto();
      else if (kind < 0.35 && this.#photos.size > 0) await this.#put(this.#newName('JPG'), this.#anyPhoto()[1]);
      else await this.#put(this.#newName(pick(this.#random, ['jpg', 'png', 'webp', 'mp4'])), newBytes(this.#random));
      if (this.#random.next() < 0.1) await this.move();
      if (this.#random.next() < 0.1) await this.edit();
    }
  }

  async move(): Promise<void> {
    if (this.#photos.size === 0) return;
    const [name, bytes] = this.#anyPhoto();
    const target = `${pick(this.#random, folders)}/moved-${this.#random.next().toString(36).slice(2)}-${name.replace(/.*\//, '')}`;
    await mkdir(dirname(this.#house.path(target)), { recursive: true });
    await rename(this.#house.path(name), this.#house.path(target));
    this.#photos.delete(name);
    this.#photos.set(target, bytes);
  }

  async edit(): Promise<void> {
    if (this.#photos.size > 0) await this.#put(this.#anyPhoto()[0], newBytes(this.#random, 'edited '));
  }

  #newName(extension: string): string {
    return `${pick(this.#random, folders)}/IMG_${String(this.#count).padStart(4, '0')}.${extension}`;
  }

  #anyPhoto(): readonly [string, Buffer] {
    return pick(this.#random, [...this.#photos]);
  }

  async #takeLivePhoto(): Promise<void> {
    const still = this.#newName('HEIC');
    await this.#write(still, stillOf(newBytes(this.#random)));
    await this.#write(still.replace('.HEIC', '.MOV'), filmOf(newBytes(this.#random)));
  }

  async #put(name: string, bytes: Buffer): Promise<void> {
    if (this.#photos.has(name)) await writeFile(this.#house.path(name), bytes);
    else await this.#write(name, bytes);
    this.#photos.set(name, bytes);
  }

  async #write(name: string, bytes: Buffer): Promise<void> {
    const path = this.#house.path(name);
    await mkdir(dirname(path), { recursive: true });
    await rm(path, { force: true });
    await writeFile(path, bytes);
    this.#count += 1;
  }
}

/** Where all of these are to be in the end. A half that came by itself may have been filed before its still came. */
export function placementOf(path: string): Placement {
  if (path.endsWith('.MOV')) return { isHidden: true };
  const filed: Placement = { albums: ['Holidays'], tags: ['seen'], isHidden: false };
  return path.endsWith('.HEIC') ? { ...filed, motion: path.replace('.HEIC', '.MOV') } : filed;
}
