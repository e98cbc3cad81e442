/** The disk port for one device, by the messages of the process that reads it. Paths and answers go in batches. */
import type { Disk, FileStat, FolderEntry, FreeSpace, ListWish, OpenFile, RootIdentity } from '../disk.ts';
import type { PathBytes } from '../path-bytes.ts';
import type { Device } from './device.ts';
import type { Answers, Question, Seen } from './messages.ts';
import type { ReadingProcess } from './reading-process.ts';
import { diskErrorFrom, type Speaking } from './remote-errors.ts';

export interface RemoteParts extends Speaking {
  readonly device: Device;
  /** How long one call may take: not more than a command has time for. */
  readonly patienceMs: number;
  /** Names in a folder that lead to other mounts which may fall silent. */
  readonly mountsIn: (folder: PathBytes) => readonly Buffer[];
}

interface Looked {
  readonly path: PathBytes;
  readonly resolve: (stat: FileStat | undefined) => void;
  readonly reject: (error: unknown) => void;
}

// As many as one chunk of a folder.
const mostInBatch = 256;

export class RemoteDisk implements Disk {
  readonly #parts: RemoteParts;
  #batch: Looked[] = [];

  constructor(parts: RemoteParts) {
    this.#parts = parts;
  }

  stat(path: PathBytes): Promise<FileStat | undefined> {
    return new Promise((resolve, reject) => {
      this.#batch.push({ path, resolve, reject });
      if (this.#batch.length === mostInBatch) void this.#lookAtBatch();
      // All that is asked in one go: a walk asks for dozens at once.
      else if (this.#batch.length === 1) queueMicrotask(() => void this.#lookAtBatch());
    });
  }

  async *entries(folder: PathBytes, signal: AbortSignal, { stats = false }: ListWish = {}): AsyncGenerator<readonly FolderEntry[], void> {
    signal.throwIfAborted();
    const { device, patienceMs, mountsIn } = this.#parts;
    const first: Question = { ask: 'list', folder, stats, except: mountsIn(folder) };
    const { answer, by } = await this.#orDiskError(device.askAny(first, patienceMs), folder);
    let { listing, entries } = answer;
    try {
      while (listing !== undefined) {
        signal.throwIfAborted();
        yield entries;
        ({ listing, entries } = await this.#askOf(by, { ask: 'more', listing }, folder));
      }
    } finally {
      if (listing !== undefined) this.#letGo(by, { ask: 'leave', listing });
    }
  }

  async open(path: PathBytes): Promise<OpenFile> {
    const { device, patienceMs } = this.#parts;
    const { answer, by } = await this.#orDiskError(device.askAny({ ask: 'open', path }, patienceMs), path);
    const { file, descriptor } = answer;
    const close = async (): Promise<void> => this.#letGo(by, { ask: 'close', file });
    return {
      stat: () => this.#askOf(by, { ask: 'file', file }, path),
      read: async (into, positionBytes, lengthBytes) =>
        (await this.#askOf(by, { ask: 'read', file, positionBytes, lengthBytes }, path)).copy(into),
      ...(descriptor !== undefined && { procPath: `/proc/${by.pid}/fd/${descriptor}` }),
      close,
      [Symbol.asyncDispose]: close,
    };
  }

  root(path: PathBytes): Promise<RootIdentity | undefined> {
    return this.#orDiskError(this.#parts.device.ask({ ask: 'root', path }, this.#parts.patienceMs), path);
  }

  freeSpace(path: PathBytes): Promise<FreeSpace> {
    return this.#orDiskError(this.#parts.device.ask({ ask: 'space', path }, this.#parts.patienceMs), path);
  }

  async #lookAtBatch(): Promise<void> {
    const batch = this.#batch;
    this.#batch = [];
    if (batch.length === 0) return;
    const { device, patienceMs } = this.#parts;
    const paths = batch.map(({ path }) => path);
    const seen = await device.ask({ ask: 'look', paths }, patienceMs).then(
      (answer): readonly Seen[] => answer,
      (error: unknown) => error,
    );
    for (const [index, { path, resolve, reject }] of batch.entries()) {
      if (!isSeen(seen)) reject(diskErrorFrom(seen, path, this.#parts));
      else this.#settle(seen[index], { path, resolve, reject });
    }
  }

  #askOf<Q extends Question>(by: ReadingProcess, question: Q, path: PathBytes): Promise<Answers[Q['ask']]> {
    return this.#orDiskError(this.#parts.device.askOf(by, question, this.#parts.patienceMs), path);
  }

  /** Nobody waits for what is let go of. */
  #letGo(by: ReadingProcess, question: Question): void {
    this.#parts.device.askOf(by, question, Number.POSITIVE_INFINITY).catch(() => undefined);
  }

  async #orDiskError<T>(asked: Promise<T>, path: PathBytes): Promise<T> {
    try {
      return await asked;
    } catch (error) {
      throw diskErrorFrom(error, path, this.#parts);
    }
  }

  #settle(seen: Seen, { path, resolve, reject }: Looked): void {
    if (seen !== undefined && 'failure' in seen) reject(diskErrorFrom(seen.failure, path, this.#parts));
    else resolve(seen);
  }
}

function isSeen(seen: unknown): seen is readonly Seen[] {
  return Array.isArray(seen);
}
