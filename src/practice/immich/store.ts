/** Where originals lie: the port, its disk for the server, its memory for a simulation. */

/** An original is found by its owner and its asset. */
export interface Place {
  readonly ownerId: string;
  readonly assetId: string;
}

/** What a fault does to bytes that were stored well; the record keeps the right checksum, as in a real Immich. */
export type Damage = { readonly kind: 'truncated'; readonly toBytes: number } | { readonly kind: 'flipped'; readonly at: number };

/** Bytes on their way in. Ends with `keep` or `discard`; what is kept can no more be discarded. */
export interface Receiving {
  /** A promise when the store has to catch up: wait for it before the next chunk. */
  write(chunk: Uint8Array): Promise<void> | undefined;
  /** All bytes are handed over: waits until they are written. */
  flush(): Promise<void>;
  /** Reads back what was flushed; shorter at the end of the file. */
  readAt(offset: number, length: number): Uint8Array;
  /** Moves the bytes to their place in one step, with the damage a fault asked for. */
  keep(place: Place, damage: Damage | undefined): void;
  discard(): void;
}

export interface Original {
  readonly sizeBytes: number;
  readonly modifiedAtMs: number;
  /** `length` bytes from `offset` on. */
  read(offset: number, length: number): Uint8Array | AsyncIterable<Uint8Array>;
}

export interface Store {
  receive(): Receiving;
  /** Undefined when the original is gone. */
  open(place: Place): Original | undefined;
  remove(place: Place): void;
}
