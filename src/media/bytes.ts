/** How this room sees a file: a few bytes here and there through a port, never more than a budget. */

/** A file's bytes wherever they lie: on a disk, in a simulation, in memory. */
export interface Bytes {
  readonly sizeBytes: number;
  /**
   * Fewer bytes than asked for only at the end of the file. Rejecting (the file cannot be read, or whoever opened it
   * was told to stop) is the one way to make a reader of this room reject.
   */
  readAt(offset: number, lengthBytes: number): Promise<Uint8Array>;
}

/** Careful sight of a file: what lies outside it, or beyond the budget, is not there. */
export interface Peek {
  readonly sizeBytes: number;
  /** Exactly `lengthBytes` bytes, or nothing. */
  at(offset: number, lengthBytes: number): Promise<Buffer | undefined>;
}

/** The dates of the largest real files are found within a few KB; only broken or hostile ones come near this. */
const budgetBytes = 1024 * 1024;

/** A look costs at least this, so that the budget bounds the number of looks as well: 16,384, whatever a file claims. */
const leastCostBytes = 64;

export function peekInto(bytes: Bytes): Peek {
  let leftBytes = budgetBytes;
  return {
    sizeBytes: bytes.sizeBytes,
    async at(offset, lengthBytes) {
      const costBytes = Math.max(lengthBytes, leastCostBytes);
      // Asked this way round, NaN is refused too: it stands for a number that was not in the file.
      const isThere = offset >= 0 && lengthBytes >= 0 && offset + lengthBytes <= bytes.sizeBytes && costBytes <= leftBytes;
      if (!isThere) return undefined;
      leftBytes -= costBytes;
      const seen = await bytes.readAt(offset, lengthBytes);
      return seen.length === lengthBytes ? Buffer.from(seen.buffer, seen.byteOffset, seen.length) : undefined;
    },
  };
}

/** Bytes that are already in memory. */
export function bytesInMemory(content: Uint8Array): Bytes {
  return {
    sizeBytes: content.length,
    readAt: async (offset, lengthBytes) => content.subarray(offset, offset + lengthBytes),
  };
}
