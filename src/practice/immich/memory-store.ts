/** Originals in memory: no file, no timer, no thread, so that a simulation runs on promises alone. */
import type { Clock } from '../../kernel/index.ts';
import { ConnectionLost } from './exchange.ts';
import type { Damage, Original, Place, Receiving, Store } from './store.ts';

export function memoryStore(clock: Clock): Store {
  const originals = new Map<string, { readonly bytes: Uint8Array; readonly modifiedAtMs: number }>();
  const keyOf = ({ ownerId, assetId }: Place): string => `${ownerId}/${assetId}`;

  return {
    receive: () => receiveInMemory((place, bytes) => originals.set(keyOf(place), { bytes, modifiedAtMs: clock.now() })),
    open: (place) => {
      const original = originals.get(keyOf(place));
      return original && fromBytes(original.bytes, original.modifiedAtMs);
    },
    remove: (place) => void originals.delete(keyOf(place)),
  };
}

function fromBytes(bytes: Uint8Array, modifiedAtMs: number): Original {
  return { sizeBytes: bytes.length, modifiedAtMs, read: (offset, length) => bytes.subarray(offset, offset + length) };
}

function receiveInMemory(store: (place: Place, bytes: Uint8Array) => void): Receiving {
  const chunks: Uint8Array[] = [];
  let bytes: Uint8Array | undefined;
  const whole = (): Uint8Array => {
    if (!bytes) throw new ConnectionLost();
    return bytes;
  };
  return {
    write: (chunk) => {
      // The sender may use its buffer again.
      chunks.push(Uint8Array.from(chunk));
      return undefined;
    },
    flush: async () => {
      bytes = Buffer.concat(chunks);
    },
    readAt: (offset, length) => whole().subarray(offset, offset + length),
    keep: (place, damage) => store(place, damaged(whole(), damage)),
    discard: () => void chunks.splice(0),
  };
}

/** The bytes as a failing disk would give them back. */
export function damaged(bytes: Uint8Array, damage: Damage | undefined): Uint8Array {
  if (!damage) return bytes;
  if (damage.kind === 'truncated') return bytes.subarray(0, damage.toBytes);
  const copy = Uint8Array.from(bytes);
  const at = Math.min(damage.at, copy.length - 1);
  const old = copy[at];
  if (old !== undefined) copy[at] = old ^ 1;
  return copy;
}
