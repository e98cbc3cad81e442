/** Reads a file's bytes and makes sure that they are all of one moment: what was judged is what is read. */
import { createHash } from 'node:crypto';
import { type Sha1, sha1 } from '../domain/index.ts';
import type { Disk, OpenFile } from './disk.ts';
import { DiskError } from './disk-error.ts';
import type { StatIdentity } from './filesystem.ts';
import type { PathBytes } from './path-bytes.ts';
import { isUnchanged, type StatKey } from './stat-key.ts';

/** The stat a file was judged by, and how much of it can be believed. */
export interface Judged {
  readonly stat: StatKey;
  readonly identity: StatIdentity;
}

/** The file is no longer the one that was judged: back to settle. */
export class FileChanged extends Error {
  constructor() {
    super('The file changed while it was read. It is taken again once it stands still.');
    this.name = 'FileChanged';
  }
}

export type Hashed =
  | {
      readonly kind: 'hashed';
      readonly sha1: Sha1;
      /** It begins with all of what lay there before, where that was asked. */
      readonly isWrittenOn?: boolean;
    }
  | { readonly kind: 'changed' }
  | { readonly kind: 'vanished' }
  | { readonly kind: 'unreadable'; readonly why: DiskError };

// 256 KiB: as fast as 1 MiB here, and what waits to be collected stays small.
const chunkBytes = 256 * 1024;

/**
 * The bytes of an open file, read ahead by one chunk. The chunks are two buffers used in turn: a chunk is its receiver's until
 * the next one is asked for, and must not be kept longer.
 * @throws FileChanged when the file is another than the judged one, before the first chunk or after the last
 */
export async function* readStable(file: OpenFile, judged: Judged, signal: AbortSignal): AsyncGenerator<Buffer, void> {
  await mustBeUnchanged(file, judged);
  const { sizeBytes } = judged.stat;
  const newBuffer = (): Buffer => Buffer.allocUnsafe(Math.min(sizeBytes, chunkBytes));
  let [ready, spare] = [newBuffer(), newBuffer()];
  const readAt = (position: number, into: Buffer): Promise<number> => {
    const reading = file.read(into, position, Math.min(into.length, sizeBytes - position));
    reading.catch(() => undefined); // it may fail while nobody waits for it yet; who asks for the chunk is told
    return reading;
  };
  let coming: Promise<number> | undefined = sizeBytes > 0 ? readAt(0, ready) : undefined;
  try {
    for (let position = 0; position < sizeBytes; ) {
      const count = await coming;
      signal.throwIfAborted();
      if (!count) throw new FileChanged();
      const chunk = ready.subarray(0, count);
      position += count;
      [ready, spare] = [spare, ready];
      coming = position < sizeBytes ? readAt(position, ready) : undefined;
      yield chunk;
    }
  } finally {
    // The receiver may leave early, and the file must not be closed under a running read.
    await coming?.catch(() => undefined);
  }
  await mustBeUnchanged(file, judged);
}

/**
 * The bytes of an open file for sending. The last chunk is held back until the SHA-1 of all that was read agrees with the judged
 * one, so a receiver that knows the length can never end up with other bytes. A chunk is its receiver's until the next one is asked
 * for: a buffer for each would leave 60 MB and more to be collected while a film is sent.
 * @throws FileChanged before the last byte
 */
export async function* sendable(
  file: OpenFile,
  judged: Judged & { readonly sha1: Sha1 },
  signal: AbortSignal,
): AsyncGenerator<Buffer, void> {
  const hash = createHash('sha1');
  const keep = Buffer.allocUnsafe(Math.min(judged.stat.sizeBytes, chunkBytes));
  let held: Buffer | undefined;
  for await (const chunk of readStable(file, judged, signal)) {
    if (held) yield held;
    hash.update(chunk);
    held = keep.subarray(0, chunk.copy(keep));
  }
  if (hash.digest('hex') !== judged.sha1) throw new FileChanged();
  if (held) yield held;
}

export interface ToHash extends Judged {
  readonly path: PathBytes;
  /** What lay there before. */
  readonly before?: { readonly sizeBytes: number; readonly sha1: Sha1 } | undefined;
}

/** Opens and hashes a file; whatever ends otherwise is told, not thrown, since it must not stop other files. */
export async function hashFile(disk: Disk, file: ToHash, signal: AbortSignal): Promise<Hashed> {
  signal.throwIfAborted();
  const { before } = file;
  try {
    await using open = await disk.open(file.path);
    const hash = createHash('sha1');
    let readBytes = 0;
    let isWrittenOn = false;
    for await (const chunk of readStable(open, file, signal)) {
      const ofBefore = before === undefined ? 0 : before.sizeBytes - readBytes;
      readBytes += chunk.length;
      if (ofBefore > 0 && ofBefore < chunk.length) {
        isWrittenOn = hash.copy().update(chunk.subarray(0, ofBefore)).digest('hex') === before?.sha1;
      }
      hash.update(chunk);
      if (ofBefore === chunk.length) isWrittenOn = readBytes < file.stat.sizeBytes && hash.copy().digest('hex') === before?.sha1;
    }
    return { kind: 'hashed', sha1: sha1(hash.digest('hex')), ...(before && { isWrittenOn }) };
  } catch (error) {
    if (error instanceof FileChanged) return { kind: 'changed' };
    if (!(error instanceof DiskError)) throw error;
    return error.kind === 'vanished' ? { kind: 'vanished' } : { kind: 'unreadable', why: error };
  }
}

async function mustBeUnchanged(file: OpenFile, { stat, identity }: Judged): Promise<void> {
  if (!isUnchanged(stat, await file.stat(), identity)) throw new FileChanged();
}
