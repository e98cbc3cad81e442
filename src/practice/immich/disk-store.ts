/** Originals as files: `DIR/originals/<owner>/<asset>`. Small ones in one write, large ones in big chunks that the sender waits for. */
import {
  closeSync,
  createReadStream,
  fstatSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
  writevSync,
} from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import type { Ids } from '../../kernel/index.ts';
import type { Damage, Original, Place, Receiving, Store } from './store.ts';

// Up to here a file is written and read in one synchronous step: fewer switches between threads than doing it "properly".
const smallBytes = 1 << 20;
const readChunkBytes = 512 << 10;

export function diskStore(dir: string, ids: Ids): Store {
  const originals = join(dir, 'originals');
  const incoming = join(dir, 'incoming');
  // What a killed server was still receiving belongs to nobody.
  rmSync(incoming, { recursive: true, force: true });
  mkdirSync(incoming, { recursive: true });
  const ownersSeen = new Set<string>();
  const pathOf = ({ ownerId, assetId }: Place): string => {
    if (!ownersSeen.has(ownerId)) mkdirSync(join(originals, ownerId), { recursive: true });
    ownersSeen.add(ownerId);
    return join(originals, ownerId, assetId);
  };

  return {
    receive: () => new DiskReceiving(join(incoming, ids.uuid()), pathOf),
    open: (place) => openOriginal(pathOf(place)),
    remove: (place) => rmSync(pathOf(place), { force: true }),
  };
}

class DiskReceiving implements Receiving {
  readonly #path: string;
  readonly #pathOf: (place: Place) => string;
  #waiting: Uint8Array[] = [];
  #waitingBytes = 0;
  #file: FileHandle | undefined;
  #isOnDisk = false;
  #writing: Promise<void> | undefined;
  #isDiscarded = false;

  constructor(path: string, pathOf: (place: Place) => string) {
    this.#path = path;
    this.#pathOf = pathOf;
  }

  write(chunk: Uint8Array): Promise<void> | undefined {
    // The rest of what was broken off: it would open the file anew, and nobody would close it.
    if (this.#isDiscarded) return undefined;
    this.#waiting.push(chunk);
    this.#waitingBytes += chunk.length;
    return this.#waitingBytes > smallBytes ? this.#writeOut() : undefined;
  }

  async flush(): Promise<void> {
    await this.#writing;
    if (this.#file && this.#waitingBytes > 0 && !this.#isDiscarded) await this.#writeOut();
  }

  readAt(offset: number, length: number): Uint8Array {
    if (!this.#file) return this.#joined().subarray(offset, offset + length);
    const bytes = Buffer.allocUnsafe(length);
    return bytes.subarray(0, readSync(this.#file.fd, bytes, 0, length, offset));
  }

  keep(place: Place, damage: Damage | undefined): void {
    if (!this.#file) {
      const fd = openSync(this.#path, 'w+');
      this.#isOnDisk = true;
      if (this.#waitingBytes > 0) writevSync(fd, this.#waiting);
      hurt(fd, damage);
      closeSync(fd);
    } else {
      hurt(this.#file.fd, damage);
      this.#close();
    }
    renameSync(this.#path, this.#pathOf(place));
    this.#isOnDisk = false;
    this.#waiting = [];
  }

  discard(): void {
    this.#isDiscarded = true;
    this.#waiting = [];
    const remove = (): void => this.#remove();
    // Not under a write: it would put the file back.
    if (this.#writing !== undefined) void this.#writing.then(remove, remove);
    else remove();
  }

  #remove(): void {
    this.#close();
    if (this.#isOnDisk) rmSync(this.#path, { force: true });
    this.#isOnDisk = false;
  }

  #writeOut(): Promise<void> {
    const chunks = this.#waiting;
    this.#waiting = [];
    this.#waitingBytes = 0;
    this.#isOnDisk = true;
    this.#writing = this.#append(chunks).finally(() => {
      this.#writing = undefined;
    });
    return this.#writing;
  }

  async #append(chunks: Uint8Array[]): Promise<void> {
    this.#file ??= await open(this.#path, 'w+');
    await this.#file.writev(chunks);
  }

  #joined(): Uint8Array {
    if (this.#waiting.length > 1) this.#waiting = [Buffer.concat(this.#waiting)];
    return this.#waiting[0] ?? Buffer.alloc(0);
  }

  #close(): void {
    // The data is with the kernel already: nothing is lost when closing fails.
    this.#file?.close().catch(() => undefined);
    this.#file = undefined;
  }
}

function openOriginal(path: string): Original | undefined {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat) return undefined;
  return {
    sizeBytes: stat.size,
    modifiedAtMs: stat.mtimeMs,
    read: (offset, length) =>
      length <= smallBytes
        ? readSmall(path, offset, length)
        : createReadStream(path, { start: offset, end: offset + length - 1, highWaterMark: readChunkBytes }),
  };
}

function readSmall(path: string, offset: number, length: number): Uint8Array {
  const bytes = Buffer.allocUnsafe(length);
  const fd = openSync(path, 'r');
  try {
    return bytes.subarray(0, length === 0 ? 0 : readSync(fd, bytes, 0, length, offset));
  } finally {
    closeSync(fd);
  }
}

function hurt(fd: number, damage: Damage | undefined): void {
  if (!damage) return;
  const { size } = fstatSync(fd);
  if (damage.kind === 'truncated') ftruncateSync(fd, Math.min(size, damage.toBytes));
  if (damage.kind === 'truncated' || size === 0) return;
  const at = Math.min(damage.at, size - 1);
  const byte = Buffer.alloc(1);
  readSync(fd, byte, 0, 1, at);
  byte.writeUInt8(byte.readUInt8(0) ^ 1, 0);
  writeSync(fd, byte, 0, 1, at);
}
