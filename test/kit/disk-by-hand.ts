/** The household's folders and what its people do there by hand: write, touch, move, remove. */
import { mkdir, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Config } from '../../src/config/index.ts';
import { bytesNamed } from './halves.ts';
import { ImmichByHand } from './immich-by-hand.ts';

export abstract class DiskByHand extends ImmichByHand {
  abstract get config(): Config;

  folder(source = 'Phone'): string {
    return this.config.sources.find(({ name }) => name === source)?.folder ?? '';
  }

  path(name: string | Buffer, source = 'Phone'): Buffer {
    return Buffer.concat([Buffer.from(`${this.folder(source)}/`), Buffer.from(name)]);
  }

  /** Text becomes a file that says of itself what its name promises, see `halves.ts`. */
  async write(name: string | Buffer, content: string | Buffer = `the bytes of ${name}`, source = 'Phone'): Promise<void> {
    const path = this.path(name, source);
    await mkdir(path.subarray(0, path.lastIndexOf('/')), { recursive: true });
    await writeFile(path, typeof content === 'string' ? bytesNamed(name, content) : content);
  }

  async touch(name: string, mtimeMs = 1_600_000_000_000, source = 'Phone'): Promise<void> {
    await utimes(this.path(name, source), mtimeMs / 1000, mtimeMs / 1000);
  }

  async move(from: string, to: string): Promise<void> {
    await mkdir(dirname(this.path(to).toString()), { recursive: true });
    await rename(this.path(from), this.path(to));
  }

  async remove(name: string, source = 'Phone'): Promise<void> {
    await rm(this.path(name, source), { recursive: true });
  }
}
